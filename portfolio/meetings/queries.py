"""Facts about meetings: lists, agendas, who takes part, what may be taken up, and what the forum decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.utils.timezone import now

from contacts.enums import Function, Side
from contacts.models import Forum, ForumQuorum, Membership
from contacts.periods import in_force
from contacts.viewer import Viewer
from portfolio.models import (
    AgendaItem,
    Attendance,
    AttendanceStatus,
    Decision,
    DecisionState,
    Meeting,
    MeetingState,
    MinutesApproval,
    Orientation,
)
from portfolio.models.meeting import AHEAD, CLOSED
from transfers.models import TransferCase

COUNTING = (Function.CHAIR, Function.MEMBER)


def listed(viewer: Viewer) -> QuerySet[Meeting]:
    """Return the viewer's meetings with their number of items."""
    return Meeting.visible_to(viewer).annotate(item_count=Count("items"))


def upcoming(viewer: Viewer) -> QuerySet[Meeting]:
    """Return the meetings still to be held, the next one first."""
    return listed(viewer).filter(state__in=AHEAD).order_by("starts_at", "pk")


def past(viewer: Viewer) -> QuerySet[Meeting]:
    """Return the meetings that were held or called off, newest first."""
    return listed(viewer).exclude(state__in=AHEAD).order_by("-starts_at", "-pk")


def next_planned(forum: Forum) -> Meeting | None:
    """Return the forum's next meeting whose agenda is not sent yet."""
    return Meeting.objects.filter(forum=forum, state=MeetingState.PLANNED).order_by("starts_at").first()


def following(meeting: Meeting) -> Meeting | None:
    """Return the forum's meeting after this one."""
    rows = Meeting.objects.filter(forum=meeting.forum_id, starts_at__gt=meeting.starts_at)
    return rows.exclude(state=MeetingState.CANCELLED).order_by("starts_at").first()


def agenda(meeting: Meeting, viewer: Viewer) -> list[AgendaItem]:
    """Return the items in order; orientations come after all else, as minutes have them."""
    items = list(AgendaItem.visible_at(meeting, viewer))
    return [i for i in items if i.orientation is None] + [i for i in items if i.orientation is not None]


def item_at(meeting: Meeting, viewer: Viewer, pk: int) -> AgendaItem | None:
    """Return one item of a meeting, or None."""
    return AgendaItem.visible_at(meeting, viewer).filter(pk=pk).first()


def item_for(case: TransferCase, viewer: Viewer) -> AgendaItem | None:
    """Return the case's item on the newest agenda of the forum that has it now."""
    rows = AgendaItem.visible_within(case, viewer).filter(orientation__isnull=True)
    rows = rows.filter(meeting__forum=case.current_forum_id).exclude(meeting__state=MeetingState.CANCELLED)
    return rows.order_by("-meeting__starts_at").first()


# --- What may be taken up -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Proposals:
    """Forslag: what waits for the forum and does not stand on an agenda ahead."""

    cases: list[TransferCase]
    orientations: list[Orientation]

    def __bool__(self) -> bool:
        return bool(self.cases or self.orientations)


def proposals(meeting: Meeting, viewer: Viewer) -> Proposals:
    """Return the cases now before the forum and its open orientations, but for those on an agenda ahead."""
    cases = TransferCase.visible_to(viewer).filter(current_forum=meeting.forum_id)
    return Proposals(
        list(cases.exclude(Exists(ahead(meeting.forum).filter(case=OuterRef("pk"), orientation=None)))),
        list(open_orientations(meeting.forum)),
    )


def ahead(forum: Forum) -> QuerySet[AgendaItem]:
    """Return the items of the forum's meetings still to be held."""
    return AgendaItem.unscoped.filter(meeting__forum=forum, meeting__state__in=AHEAD)


def open_orientations(forum: Forum) -> QuerySet[Orientation]:
    """Return what the forum has not taken note of, but for what stands on an agenda ahead."""
    rows = Orientation.unscoped.filter(forum=forum, noted_at__isnull=True).select_related("case", "about")
    return rows.exclude(Exists(ahead(forum).filter(orientation=OuterRef("pk"))))


def adjourned_cases(forum: Forum) -> QuerySet[TransferCase]:
    """Return the cases the forum has adjourned last, but for those on an agenda ahead."""
    newest = Decision.unscoped.filter(
        case=OuterRef("pk"), placement__ended_at__isnull=True, state=DecisionState.PUBLISHED
    ).order_by("-published_at")
    rows = TransferCase.unscoped.filter(current_forum=forum).annotate(last=Subquery(newest.values("kind")[:1]))
    return rows.filter(last="adjourn").exclude(Exists(ahead(forum).filter(case=OuterRef("pk"), orientation=None)))


# --- Who takes part -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class QuorumLine:
    """Beslutningsdygtighed for one side: how many are there, and how many must be."""

    side: Side
    present: int
    minimum: int

    @property
    def is_met(self) -> bool:
        """Whether enough of the side take part."""
        return self.present >= self.minimum


def roster(meeting: Meeting) -> QuerySet[Membership]:
    """Return the forum's members on the day of the meeting, side by side."""
    rows = Membership.objects.filter(in_force(meeting.day), forum=meeting.forum_id, user__is_active=True)
    return rows.select_related("user", "organisation", "forum").order_by("side", "function", "pk")


def attendance(meeting: Meeting) -> list[Attendance]:
    """Return who is known to come, came, or sent their apologies."""
    return list(Attendance.objects.filter(meeting=meeting).select_related("user", "membership__organisation"))


def present(meeting: Meeting) -> QuerySet[Attendance]:
    """Return the chairs and members who took part: they count, and they approve the minutes."""
    rows = Attendance.objects.filter(meeting=meeting, status=AttendanceStatus.PRESENT, function__in=COUNTING)
    return rows.select_related("user", "membership__organisation")


def quorum(meeting: Meeting) -> list[QuorumLine]:
    """Return each side that must be represented; an empty list where the forum asks for nobody. Two queries."""
    return counted(meeting, attendance(meeting))


def counted(meeting: Meeting, rows: Iterable[Attendance]) -> list[QuorumLine]:
    """Return each side that must be represented, counting the chairs and members who took part once each; one query."""
    there = (row for row in rows if row.status == AttendanceStatus.PRESENT and row.function in COUNTING)
    people = {(row.user_id, row.side) for row in there}
    sides = Counter(side for _, side in people)
    return [QuorumLine(Side(row.side), sides[row.side], row.minimum) for row in asked_of(meeting.forum_id)]


def asked_of(forum_id: int) -> QuerySet[ForumQuorum]:
    """Return what the forum asks of each side to be quorate."""
    return ForumQuorum.objects.filter(forum_id=forum_id, minimum__gt=0).order_by("side")


def whether_quorum_is_asked() -> dict[str, Any]:
    """Return, for a query of cases, whether the forum that has the case must be quorate to decide."""
    asked = ForumQuorum.objects.filter(forum=OuterRef("current_forum"), minimum__gt=0)
    return {"quorum_is_asked": Exists(asked)}


# --- Minutes --------------------------------------------------------------------------------------------


def approvals(meeting: Meeting) -> list[MinutesApproval]:
    """Return who has approved the minutes as they were last sent."""
    rows = MinutesApproval.objects.filter(meeting=meeting, minutes_revision=meeting.minutes_revision)
    return list(rows.select_related("user"))


def decisions_at(meeting: Meeting) -> list[Decision]:
    """Return what was decided at the meeting and published, without later corrections."""
    rows = Decision.unscoped.filter(meeting=meeting, state=DecisionState.PUBLISHED, corrects__isnull=True)
    return list(rows.select_related("correction", "case"))


def meetings_to_decide_at(forum_id: int, case: TransferCase) -> list[Meeting]:
    """Return the meetings at which a forum may have decided on a case: those with the case, then the newest, first."""
    rows = Meeting.objects.filter(forum=forum_id, starts_at__lte=now())
    rows = rows.exclude(state__in=CLOSED)
    on_agenda = AgendaItem.unscoped.filter(meeting=OuterRef("pk"), case=case, orientation__isnull=True)
    return list(rows.annotate(has_case=Exists(on_agenda)).select_related("forum").order_by("-has_case", "-starts_at"))
