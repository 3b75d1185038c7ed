"""The meetings at which the forums of the demonstration decide."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils.timezone import get_current_timezone, now

from contacts.enums import Function
from contacts.models import Forum
from contacts.viewer import Viewer, viewer_for
from portfolio.demo.story import Story
from portfolio.meetings.actions import (
    approve_minutes,
    note_orientations,
    plan_meeting,
    record_attendance,
    send_agenda,
    send_minutes,
    take_up,
)
from portfolio.meetings.queries import present, roster
from portfolio.models import AttendanceStatus, Meeting
from transfers.models import TransferCase

BEGINS = time(8, 0)


def meeting_on(story: Story, case: TransferCase, day: date) -> Meeting:
    """Hold a meeting of the forum that has the case, in the morning of a day, or now when it met that morning."""
    forum = Forum.objects.get(placements__case=case, placements__ended_at__isnull=True)
    starts_at = datetime.combine(day, BEGINS, get_current_timezone())
    if Meeting.objects.filter(forum=forum, starts_at=starts_at).exists():
        starts_at = now()
    return hold(forum, starts_at, story.holder(Function.SECRETARY, forum=forum), case)


def hold(forum: Forum, starts_at: datetime, secretary: Viewer, case: TransferCase) -> Meeting:
    """Plan a meeting with a case on its agenda, send it, and let everybody take part."""
    meeting = plan_meeting(forum=forum, viewer=secretary, starts_at=starts_at, place="Regionshuset, Aalborg")
    take_up(meeting=meeting, viewer=secretary, case=case)
    send_agenda(meeting=meeting, viewer=secretary)
    there = {member.pk: AttendanceStatus.PRESENT for member in roster(meeting)}
    held = record_attendance(meeting=meeting, viewer=secretary, statuses=there)
    note_orientations(meeting=held, viewer=secretary)
    return held


def finish(meeting: Meeting, secretary: Viewer) -> None:
    """Send the minutes, and let all who took part approve them."""
    send_minutes(meeting=meeting, viewer=secretary)
    for user in {row.user_id: row.user for row in present(meeting)}.values():
        approve_minutes(meeting=meeting, viewer=viewer_for(user))
