"""At the meeting: who takes part, what is taken note of, and what is written down (rules 8 and 9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from contacts.models import Membership
from contacts.viewer import Viewer
from core.errors import DomainError
from portfolio.meetings.actions.agenda import carry_over
from portfolio.meetings.actions.writing import keep, locked, record
from portfolio.meetings.queries import decisions_at, roster
from portfolio.meetings.rules import lacking_quorum, require_keeper
from portfolio.models import AgendaItem, Attendance, AttendanceStatus, Meeting, MeetingState, Orientation
from portfolio.models.meeting import AHEAD, UNDER_WAY
from transfers import history
from transfers.actions import locked_case

ADJOURN = "adjourn"
KEPT = (*AHEAD, MeetingState.HELD)


@transaction.atomic
def record_attendance(
    *, meeting: Meeting, viewer: Viewer, statuses: Mapping[int, str], guests: str = "", revision: int | None = None
) -> Meeting:
    """Keep who takes part: membership id → present, absent or nothing. From its start on the meeting counts as held.

    Raises NotAllowed, Stale, TextRefused, and DomainError when a published decision would lose its quorum (rule 9).
    """
    require_keeper(meeting.forum_id, viewer)
    row = locked(meeting, KEPT, revision)
    Attendance.objects.filter(meeting=row).delete()
    Attendance.objects.bulk_create(
        taking_part(row, member, statuses[member.pk]) for member in roster(row) if statuses.get(member.pk)
    )
    if any(d.kind != ADJOURN for d in decisions_at(row)) and lacking_quorum(row):
        raise DomainError("Mødet har truffet beslutninger. Forummet skal fortsat være beslutningsdygtigt.")
    row.guests = guests
    was_ahead, row.state = row.is_ahead, MeetingState.HELD if row.has_begun else row.state
    keep(row, viewer, "attendance")
    if was_ahead and not row.is_ahead:
        carry_over(row.forum)
    return row


def taking_part(meeting: Meeting, member: Membership, status: str) -> Attendance:
    """Return one member's attendance, not stored, with side and function as they are that day."""
    return Attendance(
        meeting=meeting, membership=member, user=member.user, side=member.side, function=member.function,
        status=AttendanceStatus(status),
    )  # fmt: skip


@transaction.atomic
def note_orientations(*, meeting: Meeting, viewer: Viewer, items: Iterable[AgendaItem] | None = None) -> int:
    """Take note of orientations on the agenda: all that are open, or those of these items; returns how many (rule 8).

    It is done at the meeting, by the forum's chair or secretary, and stands in each case's history. Raises
    NotAllowed, DomainError before the meeting.
    """
    member = require_keeper(meeting.forum_id, viewer)
    row = locked(meeting, UNDER_WAY)
    if not row.has_begun:
        raise DomainError("Mødet er ikke begyndt. Orienteringer tages til efterretning på mødet.")
    wanted = None if items is None else {item.pk for item in items}
    listed = AgendaItem.unscoped.filter(meeting=row, orientation__noted_at__isnull=True, orientation__isnull=False)
    listed = listed.select_related("meeting")
    chosen = [item for item in listed.order_by("case", "pk") if wanted is None or item.pk in wanted]
    for item in chosen:
        take_note(item, viewer, member)
    record(row, viewer, "orientations_noted", count=len(chosen))
    return len(chosen)


def take_note(item: AgendaItem, viewer: Viewer, member: Membership) -> None:
    """Take note of one orientation and append it to its case's history."""
    orientation = Orientation.unscoped.select_for_update(of=("self",)).get(items=item)
    case = locked_case(orientation.case_id)
    orientation.noted_at, orientation.noted_by, orientation.noted_in = now(), viewer.user, item.meeting
    orientation.save()
    history.append(
        case=case, kind="note_orientation", actor_id=viewer.user.pk, capacity=member, stage_from=case.stage,
        facts={"orientation": orientation.pk, "meeting": item.meeting_id}, happened_on=item.meeting.day,
    )  # fmt: skip


@transaction.atomic
def write_minutes(
    *, meeting: Meeting, viewer: Viewer, texts: Mapping[int, str], revision: int | None = None, **values: Any
) -> Meeting:
    """Keep what is written: item id → text, and the meeting's agenda_note and other_business.

    Raises NotAllowed, Stale, DomainError before the meeting is held, TextRefused.
    """
    require_keeper(meeting.forum_id, viewer)
    row = locked(meeting, [MeetingState.HELD], revision)
    for item in AgendaItem.unscoped.filter(meeting=row, pk__in=texts.keys()):
        if item.minutes != texts[item.pk]:
            item.minutes = texts[item.pk]
            item.save()
    for name in values.keys() & {"agenda_note", "other_business"}:
        setattr(row, name, values[name])
    return keep(row, viewer, "minutes_written")
