"""When agreements are to be followed up: for Mine opgaver and for reminders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from contacts.enums import CONTACT_FUNCTIONS, Function
from contacts.models import Membership
from contacts.viewer import Viewer
from portfolio.followup.queries import to_follow_up
from transfers.enums import Stage
from transfers.models import TransferCase
from transfers.queries import days_after
from transfers.reminders import Deadline, people_at_home
from transfers.rooms import Todo

NOTICE = "followup.notice_days"
WHAT = "Følg op på aftalen"


def place(case: TransferCase) -> str:
    """Return where a case is followed up."""
    return reverse("portfolio:follow_up_edit", args=[case.number])


def held_by(viewer: Viewer) -> dict[int | None, Membership]:
    """Return the organisations the viewer follows up for, as leader or contact person."""
    return {m.organisation_id: m for m in reversed(viewer.holding([Function.LEADER, *CONTACT_FUNCTIONS]))}


def follow_ups_to_hold(viewer: Viewer) -> Q | None:
    """Return the agreements the viewer is to follow up soon, as leader or initiator's contact."""
    held = held_by(viewer)
    mine = Q(department__in=held) | Q(initiator__in=held)
    return mine & Q(stage=Stage.ACTIVE, follow_up_on__lte=days_after(NOTICE, viewer)) if held else None


def follow_up_to_hold(case: Any, viewer: Viewer) -> Todo:
    """Return one line, for the leader before the contact person."""
    held = held_by(viewer)
    member = held.get(case.department_id) or held[case.initiator_id]
    return Todo(case.number, case.title, WHAT, place(case), "Følg op", str(member), case.follow_up_on)


def follow_up_deadlines(until: date) -> Iterator[Deadline]:
    """Give the follow-ups that are due: to the leader and the initiator's contact person (rule 13)."""
    cases = list(to_follow_up(TransferCase.unscoped.select_related("initiator"), until))
    people = people_at_home(cases)
    for case in cases:
        yield Deadline(
            about=f"{case.number}:opfoelgning", subject=str(case), due=case.follow_up_on, what=WHAT,
            path=place(case), home=case.get_absolute_url(), people=people[case.pk],
        )  # fmt: skip
