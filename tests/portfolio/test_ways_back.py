"""How a closed case is opened again: by the forum that rejected it, else by the secretariat (the table of stages)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from contacts.enums import Function, Side
from core.errors import DomainError, Incomplete, NotAllowed
from dialogue.basis.actions import submit_dialogue_basis
from dialogue.models import BasisVersion
from dialogue.responses.actions.parties import close_dialogue, open_dialogue
from portfolio.decisions.actions import take_up_again
from portfolio.models import Decision, DecisionState
from tests import scenario
from tests.world import World, screened_case
from transfers.actions import conclude_screening, do_plain
from transfers.enums import Result
from transfers.models import Party, TransferCase

pytestmark = pytest.mark.django_db
OTHERWISE = [r for r in Result if r not in (Result.REJECTED, Result.MERGED, Result.NOT_NEEDED)]


def closed_as(world: World, result: str) -> TransferCase:
    """A case that went through a dialogue, was sent back by a forum and ended otherwise than by rejection."""
    case = scenario.portfolio_case(world)
    scenario.decide(world, case, "return_to_dialogue")
    close_dialogue(case=case, viewer=world.viewer("contact"), seen=None, capacity_id=None, reason="")
    do_plain("withdraw", case=case, viewer=world.viewer("leader"), seen=None, reason="Løst på anden vis.")
    TransferCase.unscoped.filter(pk=case.pk).update(result=result)
    case.refresh_from_db()
    return case


def reopen(world: World, case: TransferCase, role: str = "secretariat") -> TransferCase:
    return do_plain("reopen", case=case, viewer=world.viewer(role), seen=None, reason="Der er kommet nye tal.")


def taken_up(world: World, case: TransferCase, role: str = "psg_chair", day: date | None = None) -> Decision:
    return take_up_again(
        case=case, viewer=world.viewer(role), text="Sagen tages op igen.", reason="Nye tal.",
        decided_on=day or localdate(),
    )  # fmt: skip


def rejected_case(world: World) -> TransferCase:
    case = scenario.portfolio_case(world)
    scenario.decide(world, case, "reject")
    return case


def test_a_reopened_case_begins_anew_and_its_next_submission_is_the_next_version(world: World) -> None:
    case = closed_as(world, Result.WITHDRAWN)
    assert case.returned_by == world.forums["psg"]
    assert case.dialogue_closed_at is not None
    case = reopen(world, case)
    assert (case.stage, case.result) == ("draft", "")
    assert not TransferCase.unscoped.exclude(returned_by=None, dialogue_closed_at=None).filter(pk=case.pk).exists()
    submit_dialogue_basis(case=case, viewer=world.viewer("leader"))
    assert list(BasisVersion.unscoped.filter(basis__case=case).values_list("number", flat=True)) == [1, 2]
    later = localdate() + timedelta(days=60)
    open_dialogue(
        case=case, viewer=world.viewer("contact"), organisations=[world.organisations["thisted"]], deadline=later
    )
    parties = Party.unscoped.filter(case=case)
    assert (parties.count(), set(parties.values_list("deadline", flat=True))) == (4, {later})
    with pytest.raises(Incomplete, match="Luk dialogen"):
        close_dialogue(case=case, viewer=world.viewer("contact"), seen=None, capacity_id=None, reason="")


def test_every_other_result_is_reopened_by_the_secretariat_alone(world: World) -> None:
    case = closed_as(world, Result.WITHDRAWN)
    for result in OTHERWISE:
        TransferCase.unscoped.filter(pk=case.pk).update(stage="closed", result=result)
        case.refresh_from_db()
        with pytest.raises(NotAllowed):
            reopen(world, case, "psg_chair")
        assert (reopen(world, case).stage, case.result) == ("draft", ""), result


def test_a_case_without_need_of_a_basis_is_reopened_as_a_draft_that_can_be_sent(world: World) -> None:
    case = screened_case(world, needs_basis=False, not_needed_reason="Drøftet.")
    conclude_screening(case=case, viewer=world.viewer("leader"))
    assert case.result == Result.NOT_NEEDED
    reopen(world, case)
    scenario.fill_basis(world, case)
    submit_dialogue_basis(case=case, viewer=world.viewer("leader"))
    assert case.stage == "submitted"


def test_a_merged_case_is_not_opened_beside_the_other(world: World) -> None:
    case = closed_as(world, Result.MERGED)
    with pytest.raises(Incomplete) as refusal:
        reopen(world, case)
    assert refusal.value.missing == ["Sagen er lagt sammen med en anden sag. Arbejd videre i den"]


def test_rule_10_only_a_new_decision_of_the_forum_takes_up_what_it_rejected(world: World) -> None:
    case = rejected_case(world)
    with pytest.raises(Incomplete):
        reopen(world, case)
    for role in ("das_chair", "psg_member", "local_chair", "secretariat", "leader"):
        with pytest.raises(NotAllowed):
            taken_up(world, case, role)
    with pytest.raises(DomainError, match="før den blev afvist"):
        taken_up(world, case, day=localdate() - timedelta(days=1))
    decision = taken_up(world, case)
    assert (case.stage, case.result) == ("draft", "")
    assert (decision.state, decision.kind) == (DecisionState.PUBLISHED, "take_up_again")
    assert list(Decision.unscoped.filter(case=case).values_list("kind", flat=True)) == ["reject", "take_up_again"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.unscoped.filter(pk=decision.pk).update(text="Noget andet.")


def test_the_successor_of_the_forum_takes_up_what_it_rejected(world: World) -> None:
    case = rejected_case(world)
    successor = world.forum("new_psg", "Sundhedsrådets styregruppe", "portfolio")
    world.person("new_chair", Function.CHAIR, "region", "new_psg", Side.REGION)
    old = world.forums["psg"]
    old.successor, old.valid_to = successor, localdate() - timedelta(days=1)
    old.save()
    with pytest.raises(NotAllowed):
        taken_up(world, case)
    assert taken_up(world, case, "new_chair").forum == successor
