"""What must be true before acts of the dialogue; each returns what is missing, in Danish."""

from __future__ import annotations

from django.utils.timezone import localdate

from contacts.models import Membership
from dialogue.models import Position
from dialogue.responses.queries import PartyStanding, standing
from transfers.enums import Stage
from transfers.models import TransferCase
from transfers.rules import fits_for, requirement


@requirement("response_to_older_version")
def response_to_older_version(case: TransferCase) -> list[str]:
    """Some submitted response is to an older dialoggrundlag; whose it is, the action checks (rule 3)."""
    return [] if standing(case).older else ["Alle svar gælder den nyeste version af dialoggrundlaget"]


@fits_for("reaffirm_response")
def own_response_is_not_older(case: TransferCase, member: Membership) -> str:
    """Only a party whose own response is to an older dialoggrundlag is asked to confirm it."""
    row = next(iter(standing(case).of([member.organisation_id or 0])))
    if row.version is None:
        return f"{row.organisation} har ikke svaret endnu. Afgiv svar i stedet."
    return "" if row.is_older else f"Svaret fra {row.organisation} gælder allerede den nyeste version."


@requirement("dialogue_still_open")
def dialogue_still_open(case: TransferCase) -> list[str]:
    """The dialogue is not closed yet."""
    return ["Dialogen er allerede lukket"] if case.dialogue_closed_at else []


@requirement("dialogue_closed")
def dialogue_closed(case: TransferCase) -> list[str]:
    """The dialogue is closed, so that the forum can be chosen (rules 5 and 6)."""
    return [] if case.dialogue_closed_at else ["Dialogen skal lukkes først"]


@requirement("dialogue_may_close")
def dialogue_may_close(case: TransferCase) -> list[str]:
    """All have answered, or the deadline of everyone who has not is past (rule 5)."""
    today = localdate()
    return [awaited(row) for row in standing(case).missing if not row.is_overdue(today)]


@requirement("late_parties_heard")
def late_parties_heard(case: TransferCase) -> list[str]:
    """No party that was added late is still within its own deadline without an answer: the forum waits (rule 4)."""
    today = localdate()
    return [awaited(row) for row in standing(case).rows if row.is_awaited_late(today)]


@fits_for("respond")
def party_is_asked_now(case: TransferCase, member: Membership) -> str:
    """Outside the dialogue only a party that was added late, and has not answered, is asked."""
    row = next(iter(standing(case).of([member.organisation_id or 0])), None)
    if case.stage == Stage.DIALOGUE or (row is not None and row.is_late and row.version is None):
        return ""
    return "Dialogen er lukket, og svaret kan ikke ændres nu."


def awaited(row: PartyStanding) -> str:
    """Name a party whose response is still awaited."""
    return f"{row.organisation} har ikke svaret og har frist til den {row.party.deadline:%d.%m.%Y}"


@requirement("all_parties_unaffected")
def all_parties_unaffected(case: TransferCase) -> list[str]:
    """Every party has answered »ikke berørt« (rule 4)."""
    rows = standing(case).rows
    if rows and all(row.position == Position.UNAFFECTED for row in rows):
        return []
    return ["Ikke alle parter har svaret, at de ikke er berørt"]
