"""What a meeting asks of its members and of its secretary, for Mine opgaver."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from contacts.enums import Function
from contacts.models import Membership
from contacts.periods import in_force
from contacts.viewer import Viewer
from core import parameters
from core.workdays import add_working_days
from portfolio.meetings.queries import COUNTING
from portfolio.models import Attendance, AttendanceStatus, Meeting, MeetingState, MinutesApproval
from portfolio.models.meeting import CLOSED
from transfers.rooms import Todo

WEIGHT = {Function.CHAIR: 1, Function.SECRETARY: 2}
AGENDA, MINUTES, APPROVAL = "meeting.agenda_days", "meeting.minutes_days", "meeting.approval_days"


def meetings_that_wait(viewer: Viewer) -> list[Todo]:
    """Return what awaits the viewer in the forums they sit in; two queries, none for others."""
    seats = {m.forum_id: m for m in sorted(viewer.memberships, key=by_weight) if m.forum_id}
    if not seats:
        return []
    days = {key: int(value) for key, value in parameters.values([AGENDA, MINUTES, APPROVAL]).items()}
    found = (todo(row, seats[row.forum_id], days) for row in awaiting(viewer, list(seats)))
    return [line for line in found if line is not None]


def awaiting(viewer: Viewer, forums: list[int]) -> QuerySet[Meeting]:
    """Return the forums' meetings in which somebody must act, with what this viewer has to do with them."""
    own = Attendance.objects.filter(
        meeting=OuterRef("pk"), user=viewer.user, status=AttendanceStatus.PRESENT, function__in=COUNTING
    )
    approved = MinutesApproval.objects.filter(
        meeting=OuterRef("pk"), user=viewer.user, minutes_revision=OuterRef("minutes_revision")
    )
    secretary = Membership.objects.filter(in_force(), forum=OuterRef("forum"), function=Function.SECRETARY)
    rows = Meeting.objects.filter(forum__in=forums).exclude(state__in=CLOSED)
    rows = rows.annotate(took_part=Exists(own), approved=Exists(approved), has_secretary=Exists(secretary))
    return rows.select_related("forum").order_by("starts_at", "pk")


def by_weight(member: Membership) -> int:
    """Order memberships so that the secretary's comes last and is the one that counts in a forum."""
    return WEIGHT.get(Function(member.function), 0)


def todo(meeting: Any, member: Membership, days: dict[str, int]) -> Todo | None:
    """Return the line of one meeting: the minutes to approve first, else what its secretary has to do."""
    if meeting.state == MeetingState.MINUTES_SENT and meeting.took_part and not meeting.approved:
        due = add_working_days(localtime(meeting.minutes_sent_at).date(), days[APPROVAL])
        return line(meeting, member, "Godkend referat", step(meeting, "godkend-referat"), "Godkend", due)
    keeps = member.function == Function.SECRETARY or (member.function == Function.CHAIR and not meeting.has_secretary)
    return kept_by(meeting, member, days) if keeps else None


def kept_by(meeting: Meeting, member: Membership, days: dict[str, int]) -> Todo | None:
    """Return what the one who keeps the minutes has to do: send the agenda, write, or close the approval."""
    if (meeting.is_ahead and meeting.has_begun) or meeting.state == MeetingState.HELD:
        place = "portfolio:attendance" if meeting.is_ahead else "portfolio:minutes"
        due = add_working_days(meeting.day, days[MINUTES])
        return line(meeting, member, "Skriv referat", reverse(place, args=[meeting.pk]), "Skriv", due)
    if meeting.state == MeetingState.PLANNED:
        due = add_working_days(meeting.day, -days[AGENDA])
        return line(meeting, member, "Send dagsorden", meeting.get_absolute_url(), "Se dagsordenen", due)
    if meeting.minutes_sent_at is None or meeting.state != MeetingState.MINUTES_SENT:
        return None
    due = add_working_days(localtime(meeting.minutes_sent_at).date(), days[APPROVAL])
    if due >= localdate():
        return None
    close = step(meeting, "afslut-godkendelse")
    return line(meeting, member, "Afslut godkendelsen af referatet", close, "Afslut", due)


def line(meeting: Meeting, member: Membership, what: str, url: str, button: str, due: date) -> Todo:
    """Return one line of Mine opgaver about a meeting."""
    title = f"Møde i {meeting}"
    return Todo(meeting.forum.short_name, title, what, url, button, str(member), due=due)


def step(meeting: Meeting, code: str) -> str:
    """Return the address of a step that is asked about once."""
    return reverse("portfolio:meeting_step", args=[meeting.pk, code])
