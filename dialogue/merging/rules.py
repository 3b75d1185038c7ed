"""Who the initiator of the other case is, and what must be true before cases are merged."""

from __future__ import annotations

from contacts.enums import CONTACT_FUNCTIONS, Function
from contacts.models import Membership
from dialogue.merging.queries import open_proposal
from transfers.enums import Who
from transfers.models import TransferCase
from transfers.rules import RELATIONS, Circle, relation, requirement
from transfers.workflow import MERGEABLE

INITIATOR = (Who.LEADER, Who.INITIATOR_CONTACT)


def homes_of_other(case: TransferCase) -> set[int]:
    """Return the organisations in which the initiator of the other case is found."""
    proposal = open_proposal(case)
    return {proposal.into.initiator_id, proposal.into.home.pk} if proposal else set()


@relation(Who.MERGE_PARTNER, homes_of_other)
def is_merge_partner(circle: Circle, member: Membership) -> bool:
    """Tell whether a membership is leader or contact person for the case this one is proposed to be merged into."""
    if member.function not in (Function.LEADER, *CONTACT_FUNCTIONS):
        return False
    proposal = open_proposal(circle.case)
    return proposal is not None and any(RELATIONS[who](Circle(proposal.into), member) for who in INITIATOR)


@requirement("no_open_merge")
def no_open_merge(case: TransferCase) -> list[str]:
    """One proposal at a time."""
    return ["Der er allerede et forslag om sammenlægning, som venter på svar"] if open_proposal(case) else []


@requirement("merge_proposed")
def merge_proposed(case: TransferCase) -> list[str]:
    """There is a proposal to answer or take back."""
    return [] if open_proposal(case) else ["Der er ikke noget forslag om sammenlægning"]


@requirement("merge_possible")
def merge_possible(case: TransferCase) -> list[str]:
    """The case that lives on is not before a forum and not closed."""
    proposal = open_proposal(case)
    if proposal is None or proposal.into.stage in MERGEABLE:
        return []
    return ["Den anden sag er kommet så langt, at sagerne ikke kan lægges sammen"]
