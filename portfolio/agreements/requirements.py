"""What must be true before acts about an agreement; each returns what is missing, in Danish (rules 11 and 12)."""

from __future__ import annotations

from portfolio.agreements.deciding import deciding_forum
from portfolio.agreements.findings import holes
from portfolio.agreements.queries import written
from transfers.models import TransferCase
from transfers.rules import requirement


@requirement("agreement_whole")
def agreement_whole(case: TransferCase) -> list[str]:
    """The seven items of S3 rec. 7 and all else that is not frivilligt is answered; names what is not."""
    found = written(case)
    if not found.draft.is_begun:
        return ["Aftalen er ikke begyndt"]
    return [str(hole) for hole in holes(found.draft, case)]


@requirement("agreement_changed")
def agreement_changed(case: TransferCase) -> list[str]:
    """What is written now is not what was sent out last."""
    agreement = written(case).agreement
    if agreement.issued and not agreement.is_changed:
        return [f"Der er ikke ændret noget siden version {agreement.issued}"]
    return []


@requirement("forum_has_decided")
def forum_has_decided(case: TransferCase) -> list[str]:
    """There is a forum to go back to."""
    return [] if deciding_forum(case) else ["Det forum, der godkendte opgaveflytningen, findes ikke længere"]
