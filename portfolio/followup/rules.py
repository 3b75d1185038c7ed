"""Who states which figures, and when a follow-up may end (rule 13; S4.6)."""

from __future__ import annotations

from contacts.models import Membership
from portfolio.followup.queries import newest, party_of
from portfolio.models import FollowUpOutcome
from transfers.models import TransferCase
from transfers.rules import fits_for, requirement

NO_FIGURES = "Aftalen gælder ikke for jer, så I har ingen tal at oplyse."


@fits_for("state_own_outcome")
def has_figures(case: TransferCase, member: Membership) -> str:
    """Only parties the agreement holds for, or that give the task or contribute, have figures of their own."""
    return "" if party_of(case, member.organisation_id) else NO_FIGURES


@requirement("followed_up")
def followed_up(case: TransferCase) -> list[str]:
    """A follow-up ends when the last one says that the agreement goes on."""
    last = newest(case)
    if last is None:
        return ["Registrér mindst én opfølgning"]
    if last.outcome == FollowUpOutcome.CONTINUE:
        return []
    return ["Den seneste opfølgning skal have udfaldet »Fortsæt«. Skal aftalen ophøre, så bring den til ophør"]
