"""The history: every step stands there, nothing in it can be changed, and what is done behind the triggers is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localdate
from pytest_django import Settings

from core.errors import NotAllowed
from portfolio.routing.actions import route
from tests import scenario
from tests.tampering import tamper
from tests.world import World, draft_case
from transfers.actions import do_plain
from transfers.enums import Stage, Who
from transfers.history import broken_links
from transfers.models import JournalEntry, Placement
from transfers.workflow import ACTS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept(settings: Settings, tmp_path: Path) -> None:
    """No heads are kept yet."""
    settings.HISTORY_ROOT = tmp_path


def test_an_untouched_history_holds(world: World) -> None:
    draft_case(world)
    call_command("verify_history")


def test_a_changed_fact_is_found(world: World) -> None:
    case = draft_case(world)
    tamper("UPDATE transfers_journalentry SET facts = '{}' WHERE case_id = %s AND number = 1", case.pk)
    assert broken_links(case) == [1]
    with pytest.raises(CommandError):
        call_command("verify_history")


def test_a_removed_entry_is_found(world: World) -> None:
    case = draft_case(world)
    tamper("DELETE FROM transfers_journalentry WHERE case_id = %s AND number = 1", case.pk)
    assert broken_links(case) == [2]


def test_rule_16_every_step_tells_who_for_whom_when_what_and_why(world: World) -> None:
    case = scenario.submitted_case(world)
    do_plain("return_to_leader", case=case, viewer=world.viewer("deputy"), seen=None, reason="Økonomien mangler.")
    entries = list(JournalEntry.unscoped.filter(case=case).order_by("number"))
    assert [entry.kind for entry in entries] == ["screening_filed", "start_basis", "submit_basis", "return_to_leader"]
    assert [entry.number for entry in entries] == [1, 2, 3, 4]
    last = entries[-1]
    assert (last.actor, last.on_behalf_of) == (world.users["deputy"], world.organisations["hospital"])
    assert (last.capacity, last.stage_from, last.stage_to) == ("deputy", "submitted", "draft")
    assert (last.happened_on, last.note.text) == (localdate(), "Økonomien mangler.")


@pytest.mark.parametrize("statement", [
    "UPDATE transfers_journalentry SET facts = '{}'",
    "DELETE FROM transfers_journalentry",
    "TRUNCATE transfers_journalentry CASCADE",
    "UPDATE transfers_journalnote SET text = 'En anden grund'",
    "DELETE FROM transfers_journalnote",
])  # fmt: skip
def test_rule_16_nothing_in_the_history_can_be_changed_or_removed(world: World, statement: str) -> None:
    case = draft_case(world)
    do_plain("withdraw", case=case, viewer=world.viewer("leader"), seen=None, reason="Løst på anden vis.")
    connection.check_constraints()  # what waits for the commit has been asked, so that the table itself answers
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert broken_links(case) == []


def test_rule_02_no_act_leads_from_the_leader_straight_to_a_forum() -> None:
    before_the_contact = {Stage.SCREENING, Stage.DRAFT}
    for act in ACTS:
        if before_the_contact & set(act.sources):
            assert act.target in (None, Stage.DRAFT, Stage.SUBMITTED, Stage.CLOSED), act.code
        if act.target in (Stage.LOCAL_FORUM, Stage.PORTFOLIO) and Stage.DIALOGUE in act.sources:
            assert set(act.who) <= {Who.INITIATOR_CONTACT, Who.STAND_IN}, act.code


@pytest.mark.parametrize("code", ["route_to_local_forum", "route_to_portfolio"])
def test_rule_02_a_leader_cannot_put_a_case_before_a_forum(world: World, code: str) -> None:
    forum = world.forums["local"] if code == "route_to_local_forum" else None
    for case in (draft_case(world), scenario.submitted_case(world)):
        for role in ("leader", "colleague", "contact"):
            with pytest.raises(NotAllowed):
                route(case=case, viewer=world.viewer(role), code=code, forum=forum, reason="Det haster.")
        assert not Placement.unscoped.filter(case=case).exists()
