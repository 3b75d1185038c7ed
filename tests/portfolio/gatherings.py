"""Meetings as forums hold them, for the small region of `tests.world`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from contacts.models import ForumQuorum
from portfolio.meetings.actions import plan_meeting, record_attendance, send_agenda, take_up
from portfolio.meetings.queries import roster
from portfolio.models import AttendanceStatus, Meeting, Orientation
from tests.world import World
from transfers.models import TransferCase

SOON, RECENTLY = timedelta(days=10), timedelta(microseconds=1)
EVERYBODY = ("chair", "secretary", "member")


def planned(world: World, forum: str = "psg", after: timedelta = SOON, **values: Any) -> Meeting:
    """A meeting that is planned by the forum's secretary."""
    return plan_meeting(
        forum=world.forums[forum], viewer=world.viewer(f"{forum}_secretary"), starts_at=now() + after,
        place="Regionshuset", **values,
    )  # fmt: skip


def held(
    world: World, *cases: TransferCase, forum: str = "psg", present: tuple[str, ...] = EVERYBODY,
    orientation: Orientation | None = None, earlier: int = 0,
) -> Meeting:  # fmt: skip
    """A meeting that has just begun, or a moment earlier, with this on its agenda, and these members there."""
    secretary = world.viewer(f"{forum}_secretary")
    meeting = planned(world, forum, -RECENTLY * (1 + earlier))
    for case in cases:
        take_up(meeting=meeting, viewer=secretary, case=case)
    if orientation is not None:
        take_up(meeting=meeting, viewer=secretary, orientation=orientation)
    if meeting.items.exists():
        send_agenda(meeting=meeting, viewer=secretary)
    attend(world, meeting, forum, present)
    meeting.refresh_from_db()
    return meeting


def attend(world: World, meeting: Meeting, forum: str, present: tuple[str, ...]) -> Meeting:
    """Record who is there; the others sent their apologies."""
    there = {world.users[f"{forum}_{role}"].pk for role in present}
    statuses = {
        member.pk: AttendanceStatus.PRESENT if member.user_id in there else AttendanceStatus.ABSENT
        for member in roster(meeting)
    }
    secretary = world.viewer(f"{forum}_secretary")
    return record_attendance(meeting=meeting, viewer=secretary, statuses=statuses)


def demand(world: World, forum: str = "psg", **minimums: int) -> None:
    """Let the forum ask for so many of each side."""
    for side, minimum in minimums.items():
        ForumQuorum.objects.create(forum=world.forums[forum], side=side, minimum=minimum)
