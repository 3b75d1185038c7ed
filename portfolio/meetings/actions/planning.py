"""Planning a meeting: time, place and minute taker; changing and calling it off."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from contacts.enums import Function
from contacts.models import Forum, Membership
from contacts.periods import in_force
from contacts.viewer import Viewer
from core.errors import DomainError
from core.models import User
from portfolio.meetings.actions.agenda import carry_over
from portfolio.meetings.actions.writing import keep, locked, record
from portfolio.meetings.notices import tell_cancelled
from portfolio.meetings.rules import require_planner
from portfolio.models import Meeting, MeetingState
from portfolio.models.meeting import AHEAD

WRITABLE = frozenset({"starts_at", "place", "video_link", "minute_taker"})


@transaction.atomic
def plan_meeting(*, forum: Forum, viewer: Viewer, starts_at: datetime, **values: Any) -> Meeting:
    """Plan a meeting; open orientations and adjourned cases stand on its agenda at once (rules 8 and 9).

    `values` are place, video_link and minute_taker (an account). Raises NotAllowed, DomainError when the forum
    meets at that time already, TextRefused.
    """
    require_planner(forum.pk, viewer)
    Forum.objects.select_for_update(of=("self",)).get(pk=forum.pk)  # two who plan at once queue up here
    require_free(forum, starts_at)
    known: dict[str, Any] = {"minute_taker": secretary_of(forum, localtime(starts_at).date())}
    known |= {name: values[name] for name in values.keys() & WRITABLE}
    meeting = Meeting(forum=forum, starts_at=starts_at, planned_by=viewer.user, **known)
    meeting.save()
    record(meeting, viewer, "planned")
    carry_over(forum)
    return meeting


@transaction.atomic
def change_meeting(*, meeting: Meeting, viewer: Viewer, revision: int | None = None, **values: Any) -> Meeting:
    """Change time, place or minute taker of a meeting ahead. Raises as `plan_meeting`, and Stale."""
    require_planner(meeting.forum_id, viewer)
    row = locked(meeting, AHEAD, revision)
    for name in values.keys() & WRITABLE:
        setattr(row, name, values[name])
    require_free(row.forum, row.starts_at, row.pk)
    return keep(row, viewer, "changed")


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, viewer: Viewer) -> Meeting:
    """Call a meeting off; what waits goes on to the forum's next agenda. Raises NotAllowed, DomainError."""
    require_planner(meeting.forum_id, viewer)
    row = locked(meeting, AHEAD)
    was_sent = row.state == MeetingState.AGENDA_SENT
    row.state = MeetingState.CANCELLED
    keep(row, viewer, "cancelled")
    carry_over(row.forum)
    if was_sent:
        tell_cancelled(row, viewer)
    return row


def secretary_of(forum: Forum, day: date) -> User | None:
    """Return the forum's secretary on a day, who writes the minutes unless somebody else is named."""
    rows = Membership.objects.filter(in_force(day), forum=forum, function=Function.SECRETARY).select_related("user")
    found = rows.order_by("pk").first()
    return found.user if found else None


def require_free(forum: Forum, starts_at: datetime, but: int | None = None) -> None:
    """Raise DomainError when the forum has another meeting at that time."""
    same = Meeting.objects.filter(forum=forum, starts_at=starts_at).exclude(state=MeetingState.CANCELLED)
    if any(meeting.pk != but for meeting in same):
        raise DomainError("Forummet har allerede et møde på det tidspunkt. Vælg et andet tidspunkt.")
