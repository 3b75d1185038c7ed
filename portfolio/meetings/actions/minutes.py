"""The minutes on their way to be approved: sent, taken back, approved by click, closed after the deadline."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate, localtime, now

from contacts.viewer import Viewer
from core import parameters
from core.errors import DomainError, Incomplete, NotAllowed
from core.workdays import add_working_days
from portfolio.meetings.actions.writing import keep, locked, record
from portfolio.meetings.notices import tell_minutes
from portfolio.meetings.queries import approvals, present
from portfolio.meetings.rules import may_approve, require_keeper
from portfolio.models import Meeting, MeetingState, MinutesApproval

APPROVAL = "meeting.approval_days"


@transaction.atomic
def send_minutes(*, meeting: Meeting, viewer: Viewer) -> Meeting:
    """Ask the chairs and members who took part to approve the minutes.

    Raises NotAllowed, DomainError, Incomplete when nobody is recorded as present.
    """
    require_keeper(meeting.forum_id, viewer)
    row = locked(meeting, [MeetingState.HELD])
    if not present(row).exists():
        raise Incomplete("Referatet kan ikke sendes endnu.", ["Skriv, hvem der deltog"])
    row.state, row.minutes_sent_at = MeetingState.MINUTES_SENT, now()
    row.minutes_revision += 1
    keep(row, viewer, "minutes_sent", number=row.minutes_revision)
    tell_minutes(row, viewer)
    return row


@transaction.atomic
def take_back_minutes(*, meeting: Meeting, viewer: Viewer) -> Meeting:
    """Take minutes back to be put right; they are approved anew when they are sent again. Raises as `send_minutes`."""
    require_keeper(meeting.forum_id, viewer)
    row = locked(meeting, [MeetingState.MINUTES_SENT])
    row.state = MeetingState.HELD
    return keep(row, viewer, "minutes_taken_back")


@transaction.atomic
def approve_minutes(*, meeting: Meeting, viewer: Viewer, minutes_revision: int | None = None) -> Meeting:
    """Approve the minutes as one who took part; when all have, they are approved and frozen.

    `minutes_revision` is the sending the user read. Raises NotAllowed, DomainError.
    """
    row = locked(meeting, [MeetingState.MINUTES_SENT])
    if not may_approve(row, viewer):
        raise NotAllowed("Kun formænd og medlemmer, der deltog i mødet, godkender referatet.")
    if minutes_revision not in (None, row.minutes_revision):
        raise DomainError("Referatet er sendt igen, siden du åbnede siden. Læs det, og godkend igen.")
    MinutesApproval.objects.get_or_create(meeting=row, user=viewer.user, minutes_revision=row.minutes_revision)
    record(row, viewer, "minutes_approved_by_one")
    approved = {approval.user_id for approval in approvals(row)}
    return finish(row, viewer) if approved >= {p.user_id for p in present(row)} else row


@transaction.atomic
def close_minutes(*, meeting: Meeting, viewer: Viewer) -> Meeting:
    """Close the approval after its deadline; the minutes say who approved. Raises NotAllowed, DomainError."""
    require_keeper(meeting.forum_id, viewer)
    row = locked(meeting, [MeetingState.MINUTES_SENT])
    if localdate() <= approval_deadline(row):
        raise DomainError("Fristen for at godkende referatet er ikke udløbet endnu.")
    return finish(row, viewer)


def approval_deadline(meeting: Meeting) -> date:
    """Return the last day on which minutes that were sent can be approved one by one."""
    sent = localtime(meeting.minutes_sent_at) if meeting.minutes_sent_at else localtime()
    return add_working_days(sent.date(), parameters.whole(APPROVAL))


def finish(row: Meeting, viewer: Viewer) -> Meeting:
    """Let the minutes be approved; the last change the database lets through."""
    row.state, row.minutes_approved_at = MeetingState.MINUTES_APPROVED, now()
    return keep(row, viewer, "minutes_approved", number=row.minutes_revision)
