"""Which decisions a forum may take on a case now, who records them, and who may correct one (rules 8 to 10)."""

from __future__ import annotations

from contacts.models import Membership
from contacts.viewer import Viewer
from core.errors import NotAllowed
from dialogue.responses.queries import standing
from portfolio.models import Decision
from portfolio.models.decision import RECORDERS
from transfers.enums import Who
from transfers.models import TransferCase
from transfers.rules import Circle, Offer, offers_of
from transfers.workflow import DECISION, Act, acts_from

ASKING = ("return_to_dialogue", "return_to_mini_mtv", "send_to_local_forum", "return_to_portfolio", "adjourn")


def decision_acts(case: TransferCase) -> list[Act]:
    """Return the decisions of the workflow table in the case's stage."""
    return [act for act in acts_from(case.stage) if act.page == DECISION]


def decision_offers(case: TransferCase, viewer: Viewer) -> list[Offer]:
    """Return the decisions this viewer may record on the case, blocked ones with their reasons."""
    return list(offers_of([act.code for act in decision_acts(case)], case, viewer).values())


def capacities(case: TransferCase, viewer: Viewer) -> list[Membership]:
    """Return the memberships by which the viewer records what the forum decides: its chair or secretary."""
    circle = Circle(case)
    return list(dict.fromkeys(m for act in decision_acts(case) for m in circle.capacities(act, viewer)))


def require_recorder(case: TransferCase, viewer: Viewer) -> None:
    """Raise NotAllowed unless the viewer is chair or secretary of the forum that has the case."""
    if not capacities(case, viewer):
        raise NotAllowed("Kun formand eller sekretær i det forum, der har sagen, registrerer beslutninger.")


def correctors(decision: Decision, viewer: Viewer) -> list[Membership]:
    """Return the memberships by which the viewer may correct a published decision: chair or secretary then as now."""
    if decision.is_draft or hasattr(decision, "correction"):
        return []
    return viewer.holding(RECORDERS, forum_id=decision.forum_id)


def require_corrector(decision: Decision, viewer: Viewer, capacity_id: int | None = None) -> Membership:
    """Return the membership the viewer corrects by. Raises NotAllowed when it is not theirs to correct."""
    able = [m for m in correctors(decision, viewer) if capacity_id in (None, m.pk)]
    if not able:
        raise NotAllowed("Kun formand eller sekretær i det forum, der besluttede, kan rette beslutningen.")
    return able[0]


def effect(act: Act, case: TransferCase) -> str:
    """Return what a decision will do, with the number of parties that get a message."""
    number = len(standing(case).rows)
    parties = f"{number} part" if number == 1 else f"{number} parter"
    if "alle parter" in act.effect:
        return act.effect.replace("alle parter", parties)
    return f"{act.effect} {parties} får besked." if Who.PARTY_CONTACT in act.tells else act.effect
