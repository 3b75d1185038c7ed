"""A meeting as it is read, on its page and on paper: dagsorden and referat in the usual Danish order (form 5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.timezone import localtime

from contacts.viewer import Viewer
from core.papers import Paper
from portfolio.meetings import queries
from portfolio.models import AgendaItem, Attendance, AttendanceStatus, Decision, Meeting, MinutesApproval

AGENDA, MINUTES = "Dagsorden", "Referat"


@dataclass(frozen=True)
class Line:
    """Punkt: its number, the item, and what the forum decided on it at this meeting."""

    number: int
    item: AgendaItem
    decisions: list[Decision] = field(default_factory=list)

    @property
    def is_noted(self) -> bool:
        """Whether the orientation was taken note of at this meeting."""
        orientation = self.item.orientation
        return orientation is not None and orientation.noted_in_id == self.item.meeting_id

    @property
    def has_left(self) -> bool:
        """Whether the case is no longer the forum's to decide, so that the item can be taken off."""
        case, meeting = self.item.case, self.item.meeting
        return case is not None and self.item.orientation is None and case.current_forum_id != meeting.forum_id


@dataclass(frozen=True)
class People:
    """Deltagelse: who took part, who sent apologies, and how each side stands against the quorum."""

    rows: list[Attendance]
    quorum: list[queries.QuorumLine]

    @property
    def present(self) -> list[Attendance]:
        """Those who took part."""
        return [row for row in self.rows if row.status == AttendanceStatus.PRESENT]

    @property
    def absent(self) -> list[Attendance]:
        """Those who sent apologies."""
        return [row for row in self.rows if row.status == AttendanceStatus.ABSENT]

    @property
    def is_quorate(self) -> bool:
        """Whether every side is represented as the forum demands."""
        return all(line.is_met for line in self.quorum)


@dataclass(frozen=True)
class Reading:
    """A meeting as it is read, on the page and as PDF."""

    meeting: Meeting
    people: People
    matters: list[Line]
    orientations: list[Line]
    approvals: list[MinutesApproval]

    @property
    def holds_closed(self) -> bool:
        """Whether some item is closed, so that the paper may not be passed on."""
        return any(line.item.is_closed for line in (*self.matters, *self.orientations))

    @property
    def case_ids(self) -> list[int | None]:
        """The cases the viewer reads of here."""
        return [line.item.case_id for line in (*self.matters, *self.orientations)]

    @property
    def open_orientations(self) -> int:
        """How many orientations are not taken note of yet."""
        return sum(line.item.orientation.noted_at is None for line in self.orientations if line.item.orientation)


def reading_of(meeting: Meeting, viewer: Viewer) -> Reading:
    """Return the meeting with everything this viewer may read of it; `meeting` comes from `visible_to`."""
    items, people = queries.agenda(meeting, viewer), queries.attendance(meeting)
    decided = queries.decisions_at(meeting) if meeting.has_begun else []
    lines = list(numbered(items, decided))
    return Reading(
        meeting,
        People(people, queries.counted(meeting, people)),
        [line for line in lines if line.item.orientation is None],
        [line for line in lines if line.item.orientation is not None],
        queries.approvals(meeting) if meeting.minutes_revision else [],
    )


def numbered(items: Iterable[AgendaItem], decided: list[Decision]) -> Iterable[Line]:
    """Give the items with their numbers: the approval of the agenda is number 1."""
    for number, item in enumerate(items, start=2):
        own = [d for d in decided if d.case_id == item.case_id] if item.orientation is None and item.case_id else []
        yield Line(number, item, own)


def paper_of(meeting: Meeting, kind: str) -> Paper:
    """Return what dagsorden or referat says of itself: forum, time, place, who writes, and how far it is approved."""
    place = ", ".join(filter(None, [meeting.place, "videomøde" if meeting.video_link else ""]))
    facts = [
        ("Tid", date_format(localtime(meeting.starts_at), "l j. F Y \\k\\l. H.i")),
        ("Sted", place or "Ikke oplyst"),
        ("Referent", meeting.minute_taker.name if meeting.minute_taker else "Ikke valgt"),
    ]
    if kind == MINUTES:
        facts.append(("Referatet er", "godkendt" if meeting.minutes_approved_at else "ikke godkendt endnu"))
    return Paper(
        kind=f"{kind}, {meeting.forum.short_name}", title=f"{kind}: {meeting.forum}", day=meeting.day,
        facts=tuple(facts), author=meeting.forum.name,
    )  # fmt: skip
