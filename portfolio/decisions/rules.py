"""Which decisions a forum may take on a case now, who records them, and who may correct one (rules 8 to 10)."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.timezone import localdate

from contacts.models import Membership
from contacts.viewer import Viewer
from core.errors import DomainError, Incomplete, NotAllowed
from dialogue.responses.queries import standing
from portfolio.meetings.rules import asks_for_meeting, lacking_quorum
from portfolio.models import Decision, Procedure
from portfolio.models.decision import RECORDERS
from transfers.enums import Who
from transfers.models import TransferCase
from transfers.rules import Circle, Offer, offers_of
from transfers.workflow import DECISION, Act, acts_from

NEEDED = {
    "kind": "Vælg, hvad forummet har besluttet",
    "text": "Skriv beslutningen",
    "reason": "Skriv begrundelsen",
    "decided_on": "Skriv, hvornår beslutningen er taget",
}
NAME_MEETING = "Vælg det møde, hvor beslutningen blev truffet"
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


def missing_at_meeting(decision: Decision) -> list[str]:
    """Return what a decision at a meeting lacks (rule 9); nothing for one in written procedure.

    A forum without demands on its quorum may decide without naming a meeting. To adjourn, a forum needs a meeting
    but no quorum: that too few came is a reason to adjourn (fortolkning).
    """
    meeting = decision.meeting
    if decision.procedure != Procedure.MEETING:
        return []
    if meeting is None:
        return [NAME_MEETING] if asks_for_meeting(decision.forum_id) else []
    wrong = []
    if meeting.forum_id != decision.forum_id or not meeting.has_begun or meeting.is_closed:
        wrong.append("Vælg et møde, som forummet har holdt, og hvis referat ikke er godkendt endnu")
    if decision.decided_on != meeting.day:
        wrong.append(f"Skriv mødets dato, {date_format(meeting.day, 'j. F Y')}, som den dag beslutningen er taget")
    return wrong + ([] if decision.kind == "adjourn" else lacking_quorum(meeting))


def require_whole(decision: Decision) -> None:
    """Raise Incomplete for what a published decision needs, DomainError for a day to come."""
    missing = [words for name, words in NEEDED.items() if not str(getattr(decision, name) or "").strip()]
    if missing:
        raise Incomplete("Beslutningen kan ikke offentliggøres endnu.", missing)
    require_past(decision.decided_on)


def require_past(day: date | None) -> None:
    """Raise DomainError for a day to come."""
    if day is not None and day > localdate():
        raise DomainError("Beslutningen kan ikke være taget på en dag, der ikke er kommet endnu.")


def require_quorate(draft: Decision) -> None:
    """Raise Incomplete unless the forum could decide as the draft says: at a quorate meeting of its own (rule 9)."""
    missing = missing_at_meeting(draft)
    if missing:
        raise Incomplete("Beslutningen kan ikke offentliggøres endnu.", missing)


def effect(act: Act, case: TransferCase) -> str:
    """Return what a decision will do, with the number of parties that get a message."""
    number = len(standing(case).rows)
    parties = f"{number} part" if number == 1 else f"{number} parter"
    if "alle parter" in act.effect:
        return act.effect.replace("alle parter", parties)
    return f"{act.effect} {parties} får besked." if Who.PARTY_CONTACT in act.tells else act.effect
