"""Who a case waits for while it is with the contact person and in dialogue."""

from __future__ import annotations

from collections.abc import Sequence

from dialogue.basis.queries import received_as
from dialogue.responses.queries import PartyStanding, standing
from transfers.models import TransferCase
from transfers.rooms import Waiting

NAMED = 4
AFTERWARDS = "Når alle har svaret, vælger kontaktpersonen forum."


def waits_submitted(case: TransferCase) -> Waiting:
    """The initiator's contact person receives the dialoggrundlag or returns it; a leader who is that too has it."""
    both = received_as(case)
    return Waiting(
        f"Lederen er også {both} og har modtaget dialoggrundlaget ved at indsende det. Nu skal dialogen åbnes."
        if both
        else "Kontaktpersonen modtager dialoggrundlaget eller sender det tilbage.",
        due=case.contact_deadline,
        afterwards="Når dialogen åbnes, får de berørte parter en frist til at svare.",
    )


def waits_in_dialogue(case: TransferCase) -> Waiting:
    """The parties that have not answered and the nearest deadline; then closing; then the choice of forum."""
    if case.dialogue_closed_at:
        return Waiting("Dialogen er lukket. Kontaktpersonen vælger forum.")
    now = standing(case)
    if not now.missing:
        everyone = f"{now.rows[0].organisation} har" if len(now.rows) == 1 else "alle parter har"
        text = f"I dialog – {everyone} svaret. Kontaktpersonen lukker dialogen."
        return Waiting(text, afterwards=AFTERWARDS)
    text = f"I dialog – venter på {len(now.missing)} af {len(now.rows)} parter: {named(now.missing)}."
    return Waiting(text, due=min(row.party.deadline for row in now.missing), afterwards=AFTERWARDS)


def named(rows: Sequence[PartyStanding]) -> str:
    """Name the parties; from the fifth on only their number."""
    names = [str(row.organisation) for row in rows]
    if len(names) > NAMED:
        names = [*names[: NAMED - 1], f"{len(names) - NAMED + 1} andre"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} og {names[-1]}"
