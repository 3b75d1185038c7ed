"""What must be true before acts about the mini-MTV; each returns what is missing, in Danish (rule 7)."""

from __future__ import annotations

from minimtv.document import listed
from minimtv.queries import Standing, standing
from transfers.models import TransferCase
from transfers.rules import requirement

NAMED_ONE_BY_ONE = 3


def count(standing: Standing) -> str:
    """Return how many questions are open, in words."""
    return f"{len(standing.unanswered)} spørgsmål ubesvaret"


@requirement("mini_mtv_answered")
def mini_mtv_answered(case: TransferCase) -> list[str]:
    """All questions answered, or not relevant with a reason, and not signed off as it stands already."""
    now = standing(case)
    if now.is_complete:
        return [f"Mini-MTV er allerede godkendt som version {now.version}"]
    if not now.is_begun:
        return ["Mini-MTV er ikke begyndt"]
    if len(now.unanswered) > NAMED_ONE_BY_ONE:
        return [f"{count(now)}: {listed(now.unanswered)}"]
    return [f"Spørgsmål {number}: ikke besvaret" for number in now.unanswered]


@requirement("mini_mtv_complete")
def mini_mtv_complete(case: TransferCase) -> list[str]:
    """A version is signed off since a forum last asked for more, and nothing was changed after it."""
    now = standing(case)
    if now.is_returned and now.is_complete:
        return ["Forummet har bedt om en udbygget mini-MTV. Udbyg den, og godkend en ny version"]
    if now.is_complete:
        return []
    if now.unanswered:
        return [f"Mini-MTV mangler: {count(now)}"]
    if now.version:
        return [f"Mini-MTV er ændret efter version {now.version} og skal godkendes igen af kontaktpersonen"]
    return ["Mini-MTV er ikke godkendt af kontaktpersonen"]


@requirement("mini_mtv_missing")
def mini_mtv_missing(case: TransferCase) -> list[str]:
    """There is something to wait for: the mini-MTV is not complete."""
    now = standing(case)
    if not now.is_complete:
        return []
    return [f"Mini-MTV er allerede godkendt som version {now.version}. Vælg forum nu"]
