"""Who may report opgaveglidning, and who may do what to a report in which state (rule 15)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from contacts.enums import CONTACT_FUNCTIONS, Function
from contacts.models import Membership
from contacts.viewer import Viewer
from core.errors import NotAllowed
from dialogue.models import ReportState, UnannouncedTransfer

NEW, ANSWERED = ReportState.NEW, ReportState.ANSWERED
Finder = Callable[[UnannouncedTransfer, Viewer], list[Membership]]


def may_report(viewer: Viewer) -> list[Membership]:
    """Return the memberships by which the viewer may report: anyone's in an organisation."""
    return [m for m in viewer.memberships if m.organisation is not None and m.forum_id is None]


def answers_for(report: UnannouncedTransfer, viewer: Viewer) -> list[Membership]:
    """Return the memberships by which the viewer is the responsible organisation's contact person or deputy."""
    return viewer.holding(CONTACT_FUNCTIONS, organisation_id=report.responsible_id)


def looks_after(report: UnannouncedTransfer, viewer: Viewer) -> list[Membership]:
    """Return the memberships in the secretariat."""
    return viewer.holding([Function.SECRETARIAT])


@dataclass(frozen=True)
class Right:
    """One act on a report: the button, where it is done, in which states, by whom."""

    label: str
    route: str
    by: dict[str, tuple[Finder, ...]]
    primary: bool = False


# The contact person closes what is answered; the secretariat also what should not have been sent. It never answers.
RIGHTS: dict[str, Right] = {
    "answer": Right("Svar på meldingen", "dialogue:report_answer", {NEW: (answers_for,)}, primary=True),
    "make_case": Right(
        "Gør meldingen til en sag", "dialogue:report_case", {NEW: (answers_for,), ANSWERED: (answers_for,)}
    ),
    "close": Right(
        "Afslut meldingen", "dialogue:report_close", {NEW: (looks_after,), ANSWERED: (answers_for, looks_after)}
    ),
}


def capacities(code: str, report: UnannouncedTransfer, viewer: Viewer) -> list[Membership]:
    """Return the memberships by which the viewer may do an act to a report now."""
    finders = RIGHTS[code].by.get(report.state, ())
    return [m for find in finders for m in find(report, viewer)]


def offered(report: UnannouncedTransfer, viewer: Viewer) -> list[Right]:
    """Return the acts the viewer may do to a report now, the most likely first."""
    return [right for code, right in RIGHTS.items() if capacities(code, report, viewer)]


def require(code: str, report: UnannouncedTransfer, viewer: Viewer) -> Membership:
    """Return the membership the viewer acts by. Raises NotAllowed with a Danish reason."""
    able = capacities(code, report, viewer)
    if able:
        return able[0]
    if report.state not in RIGHTS[code].by:
        raise NotAllowed(f"Det kan ikke gøres nu. Meldingen er i tilstanden »{report.get_state_display()}«.")
    raise NotAllowed("Det har du ikke adgang til at gøre med meldingen.")
