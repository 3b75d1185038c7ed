"""The one write path: lock, recheck, write, history, notices."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from core.errors import DomainError, NotAllowed, Stale, TextRefused
from notifications.models import Notice
from tests.world import CASE_DATA, YES, World, draft_case, screened_case
from transfers import access, history
from transfers.actions import (
    change_screening,
    conclude_screening,
    do_plain,
    file_screening,
    may_screen,
    perform,
)
from transfers.models import JournalEntry, TransferCase

pytestmark = pytest.mark.django_db


def test_all_no_is_recorded_and_closed(world: World) -> None:
    case = screened_case(world, consequences=False, new_competences=False, utensils=False, needs_basis=None)
    conclude_screening(case=case, viewer=world.viewer("leader"))
    assert (case.stage, case.result) == ("closed", "not_needed")
    assert [e.kind for e in JournalEntry.unscoped.filter(case=case)] == ["screening_filed", "close_screening"]


def test_a_yes_without_need_takes_a_written_reason(world: World) -> None:
    case = screened_case(world, needs_basis=False, not_needed_reason="")
    with pytest.raises(DomainError):
        conclude_screening(case=case, viewer=world.viewer("leader"))
    change_screening(
        case=case, viewer=world.viewer("leader"), case_data={}, answers={"not_needed_reason": "Kun et nyt skema."}
    )
    conclude_screening(case=case, viewer=world.viewer("leader"))
    assert case.result == "not_needed"


def test_a_yes_with_need_becomes_a_draft(world: World) -> None:
    assert draft_case(world).stage == "draft"


def test_a_colleague_fills_in_but_does_not_conclude(world: World) -> None:
    case = screened_case(world, role="colleague")
    with pytest.raises(NotAllowed):
        conclude_screening(case=case, viewer=world.viewer("colleague"))
    assert TransferCase.unscoped.get(pk=case.pk).stage == "screening"


def test_numbers_run_without_gaps_and_a_repeated_post_makes_one_case(world: World) -> None:
    first, second = screened_case(world), screened_case(world)
    assert int(second.number[-4:]) == int(first.number[-4:]) + 1
    viewer = world.viewer("leader")
    assert first.request_key is not None
    again = file_screening(
        viewer=viewer, membership=may_screen(viewer)[0], case_data={}, answers={}, request_key=first.request_key
    )
    assert again.pk == first.pk


def test_a_stale_page_changes_nothing(world: World) -> None:
    case = draft_case(world)
    with pytest.raises(Stale):
        do_plain("withdraw", case=case, viewer=world.viewer("leader"), seen=case.version - 1, reason="Fortrudt")
    assert TransferCase.unscoped.get(pk=case.pk).stage == "draft"


def test_withdrawing_takes_a_reason_and_is_undone_by_the_secretariat(world: World) -> None:
    case = draft_case(world)
    with pytest.raises(DomainError):
        do_plain("withdraw", case=case, viewer=world.viewer("leader"), seen=None, reason="  ")
    do_plain("withdraw", case=case, viewer=world.viewer("leader"), seen=None, reason="Løst på anden vis")
    assert (case.stage, case.result) == ("closed", "withdrawn")
    do_plain("reopen", case=case, viewer=world.viewer("secretariat"), seen=None, reason="Fejl")
    assert (case.stage, case.result) == ("draft", "")


def break_off(case: TransferCase, world: World) -> None:
    with perform("withdraw", case=case, viewer=world.viewer("leader"), reason="x") as step:
        step.case.title = "Andet"
        raise ZeroDivisionError


def test_a_failing_act_leaves_no_trace(world: World) -> None:
    case = draft_case(world)
    before = JournalEntry.unscoped.filter(case=case).count()
    with pytest.raises(ZeroDivisionError):
        break_off(case, world)
    assert JournalEntry.unscoped.filter(case=case).count() == before
    assert TransferCase.unscoped.get(pk=case.pk).title != "Andet"


def test_a_cpr_number_is_refused_below_the_forms(world: World) -> None:
    case = draft_case(world)
    with pytest.raises(TextRefused):
        do_plain("withdraw", case=case, viewer=world.viewer("leader"), seen=None, reason="Patient 010190-1234")
    assert TransferCase.unscoped.get(pk=case.pk).stage == "draft"


def test_the_database_refuses_to_change_or_remove_history(world: World) -> None:
    case = draft_case(world)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for statement in (
        "UPDATE transfers_journalentry SET kind = 'x'",
        "DELETE FROM transfers_journalentry",
        "TRUNCATE transfers_journalentry CASCADE",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert history.broken_links(case) == []


def test_grants_equal_what_should_give_them(world: World) -> None:
    draft_case(world)
    assert access.drift() == {"missing": set(), "unfounded": set()}


def test_the_sort_date_of_a_grant_is_the_case_s(world: World) -> None:
    case = draft_case(world)
    assert {g.sort_date for g in case.grants.all()} == {case.sort_date}


def test_a_leader_of_another_department_does_not_see_the_case(world: World) -> None:
    case = draft_case(world)
    assert not TransferCase.visible_to(world.viewer("other_leader")).filter(pk=case.pk).exists()
    assert TransferCase.visible_to(world.viewer("contact")).filter(pk=case.pk).exists()


def test_those_the_table_names_are_told_once(world: World) -> None:
    case = draft_case(world)
    do_plain("withdraw", case=case, viewer=world.viewer("leader"), seen=None, reason="Løst")
    told = set(Notice.objects.values_list("user__email", flat=True))
    assert told == {"contact@test.invalid", "deputy@test.invalid"}


def test_a_screening_that_cannot_be_concluded_is_not_stored_by_halves(world: World) -> None:
    viewer = world.viewer("colleague")
    with pytest.raises(NotAllowed):
        file_screening(
            viewer=viewer, membership=may_screen(viewer)[0], case_data=dict(CASE_DATA), answers=dict(YES),
            request_key=uuid4(), conclude=True,
        )  # fmt: skip
    assert not TransferCase.unscoped.exists()
