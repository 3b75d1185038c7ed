"""Whom a case waits for while its agreement is made, and once it holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dialogue.responses.waiting import NAMED
from portfolio.agreements.queries import PartyStanding, Written, live_since, was_sent, written
from portfolio.models import PartyAnswer
from transfers.models import TransferCase
from transfers.rooms import Waiting

THEN_LIVE = "Aftalen gælder for hver modtager for sig, når den er bekræftet, og modtageren har meldt sig klar."
THEN_ENDS = "Parterne følger op på de aftalte indikatorer."


def named(rows: Sequence[PartyStanding]) -> str:
    """Name the parties; from the fifth on only their number."""
    names = [str(row.row.organisation) for row in rows]
    if len(names) > NAMED:
        names = [*names[: NAMED - 1], f"{len(names) - NAMED + 1} andre"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} og {names[-1]}"


def waits_for_agreement(case: TransferCase) -> Waiting:
    """The leader who writes it; then those who have not answered; then those who have not reported ready."""
    if not was_sent(case):
        text = "Lederen og initiativtagers kontaktperson skriver aftalen, og parterne skriver deres egen del."
        return Waiting(text, afterwards="Derefter bekræfter parternes aftalebemyndigede aftalen.")
    found = written(case)
    return still_open(found) or refused(found)


def still_open(found: Written) -> Waiting | None:
    """Return who still has to confirm or report ready; None when nobody has."""
    asked = [row for row in found.rows if row.owes_answer]
    if asked:
        text = f"Aftalen venter på svar fra {len(asked)} af {len(bound(found))} parter: {named(asked)}."
        return Waiting(text, due=due_of(asked, found), afterwards=THEN_LIVE)
    unready = [row for row in found.receivers if row.owes_readiness]
    if unready and all(row.has_confirmed for row in found.needed_by_all):
        text = f"{named(unready)} skal melde sig klar."
        return Waiting(text, due=found.issued.ready_by if found.issued else None, afterwards=THEN_LIVE)
    return None


def bound(found: Written) -> list[PartyStanding]:
    """Return the parties that are asked at all."""
    return [row for row in found.rows if row.is_included]


def due_of(asked: Sequence[PartyStanding], found: Written) -> date | None:
    """Return when the first answer is due: the deadline, or for all that wait for politics the first of their days."""
    days = [row.row.awaits_until for row in asked if row.row.awaits_until]
    if len(days) == len(asked):
        return min(days)
    return found.issued.confirm_by if found.issued else None


def refused(found: Written) -> Waiting:
    """All have answered, and no receiver can go live: say why, and who can do something about it."""
    against = [row for row in found.rows if row.row.answer == PartyAnswer.DECLINED]
    why = f"{named(against)} har ikke tiltrådt aftalen." if against else "Ingen modtager er kommet i gang."
    text = f"{why} Initiativtager kan sende en ny version, sende sagen tilbage til forummet eller afslutte uden aftale."
    return Waiting(text)


def waits_active(case: TransferCase) -> Waiting:
    """For how many receivers it holds, and who is still on the way."""
    found = written(case)
    live = f"Aftalen gælder for {len(live_since(found.rows))} af {len(found.receivers)} modtagere."
    waiting = still_open(found) if found.issued else None
    if waiting is None:
        return Waiting(live, afterwards=THEN_ENDS)
    return Waiting(f"{live} {waiting.text}", due=waiting.due, afterwards=THEN_ENDS)
