"""Reminders: once before a deadline and once after it, to those who are to act, on working days only."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine

from contacts.enums import Function
from core.actions import set_parameter
from core.models import User
from notifications.models import Notice
from tests import scenario
from tests.world import World
from transfers.actions.reminding import remind
from transfers.models import Party
from transfers.tasks import remind_of_deadlines

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 9, 7)
DUE = date(2026, 9, 24)  # a Thursday


at_nine = time_machine.travel(datetime(2026, 9, 7, 9, tzinfo=ZoneInfo("Europe/Copenhagen")), tick=False)


def told(start: str) -> Counter[User]:
    """Who was told something that begins like this, and how often."""
    return Counter(notice.user for notice in Notice.objects.filter(event__startswith=start).select_related("user"))


@at_nine
def test_rule_04_parties_are_reminded_once_before_their_deadline_and_once_after_it(world: World) -> None:
    case = scenario.dialogue_case(world, deadline=DUE)
    scenario.respond(world, case, "plo")
    assert remind(MONDAY) == 0
    assert remind(date(2026, 9, 18)) == 0  # Friday: four working days before
    assert remind(date(2026, 9, 20)) == 0  # Sunday
    before = [world.users[key] for key in ("aalborg_contact", "aalborg_deputy", "rebild_contact")]
    assert remind(date(2026, 9, 21)) == 3
    assert remind(date(2026, 9, 21)) == remind(date(2026, 9, 22)) == remind(DUE) == 0
    assert told("Påmindelse: Afgiv partens svar") == dict.fromkeys(before, 1)
    scenario.respond(world, case, "aalborg")
    assert remind(date(2026, 9, 25)) == 1
    assert remind(date(2026, 9, 28)) == 0
    assert told("Overskredet: Afgiv partens svar – fristen var tor 24.9.") == {world.users["rebild_contact"]: 1}


@at_nine
def test_a_deadline_that_is_moved_reminds_anew(world: World) -> None:
    case = scenario.dialogue_case(world, deadline=DUE)
    assert remind(DUE) == 4
    Party.unscoped.filter(case=case).update(deadline=DUE + timedelta(days=14))
    assert remind(DUE) == 0
    assert remind(DUE + timedelta(days=14)) == 4


@at_nine
def test_rule_02_the_contact_person_is_reminded_and_then_the_secretariat_sees_it(world: World) -> None:
    case = scenario.submitted_case(world)
    due = case.contact_deadline
    assert due == date(2026, 9, 21)
    assert remind(due) == 2
    assert remind(due + timedelta(days=1)) == 3
    assert told("Overskredet") == dict.fromkeys((world.users[r] for r in ("contact", "deputy", "secretariat")), 1)


@at_nine
def test_how_long_before_is_data_and_holds_from_the_next_run(world: World) -> None:
    scenario.dialogue_case(world, deadline=DUE)
    assert remind_of_deadlines() == 0
    by = world.users["secretariat"]
    set_parameter(key="deadline.reminder_days", value=Decimal(20), valid_from=MONDAY, by=by)
    assert remind_of_deadlines() == 4


@at_nine
def test_nobody_is_reminded_whose_time_in_the_function_is_over(world: World) -> None:
    scenario.dialogue_case(world, deadline=DUE)
    world.users["aalborg_deputy"].memberships.filter(function=Function.DEPUTY).update(valid_to=date(2026, 9, 4))
    world.users["rebild_contact"].is_active = False
    world.users["rebild_contact"].save()
    assert remind(DUE) == 2
    assert told("Påmindelse") == dict.fromkeys((world.users[r] for r in ("aalborg_contact", "plo_contact")), 1)
