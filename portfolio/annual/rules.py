"""Who does what with the annual status and its survey (design: access; rule 14)."""

from __future__ import annotations

from contacts.enums import CONTACT_FUNCTIONS, ForumLevel, Function
from contacts.models import Membership
from contacts.naming import named
from contacts.viewer import Viewer
from core.errors import NotAllowed
from portfolio.models import AnnualStatus
from portfolio.models.annual import EditionState
from portfolio.models.decision import RECORDERS
from portfolio.models.survey import Group

ORDERING = "Kun sekretariatet bestiller den årlige status, skriver dens tekst og styrer spørgeskemaet."
LEVELS = {EditionState.DRAFT: ForumLevel.PORTFOLIO, EditionState.ADOPTED: ForumLevel.ADMINISTRATIVE}
RECORDING = {
    EditionState.DRAFT: "Kun formand eller sekretær i Porteføljestyregruppen registrerer vedtagelsen.",
    EditionState.ADOPTED: "Kun formand eller sekretær i Den Administrative Styregruppe registrerer beslutningen.",
}


def may_order(viewer: Viewer) -> bool:
    """Tell whether the viewer orders editions and writes their words: the secretariat."""
    return viewer.is_secretariat


def require_order(viewer: Viewer) -> None:
    """Raise NotAllowed for everybody but the secretariat."""
    if not may_order(viewer):
        raise NotAllowed(ORDERING)


def recorders(state: EditionState, viewer: Viewer) -> list[Membership]:
    """Return the memberships by which the viewer registers what a forum did with a draft, or with an adopted one."""
    level = LEVELS[state]
    return [m for m in viewer.holding(RECORDERS) if m.forum is not None and m.forum.level == level]


def require_recorder(state: EditionState, viewer: Viewer, capacity_id: int | None = None) -> Membership:
    """Return the membership the viewer registers by. Raises NotAllowed when it is not theirs to do."""
    able = [m for m in recorders(state, viewer) if capacity_id in (None, m.pk)]
    if not able:
        raise NotAllowed(named(RECORDING[state]))
    return able[0]


def step_open(status: AnnualStatus, *, is_newest: bool = True) -> str:
    """Return what comes next for an edition: send, adopt, decide, correct, or nothing."""
    if not is_newest or not status.is_made:
        return ""
    if status.state == EditionState.DRAFT:
        return "adopt" if hasattr(status, "submission") else "send"
    return "correct" if status.state == EditionState.DECIDED else "decide"


def may_take(step: str, viewer: Viewer) -> bool:
    """Tell whether the next step is the viewer's."""
    if step == "send":
        return may_order(viewer)
    if not step:
        return False
    return bool(recorders(EditionState.DRAFT if step == "adopt" else EditionState.ADOPTED, viewer))


def group_of(viewer: Viewer) -> Group | None:
    """Return as what the viewer answers the survey: a contact person before a leader; None for those not asked."""
    if viewer.holding(CONTACT_FUNCTIONS):
        return Group.CONTACT
    return Group.LEADER if viewer.holding([Function.LEADER]) else None


