"""Who a co-author is, and what must be true before one is taken off."""

from __future__ import annotations

from contacts.models import Membership
from minimtv.models.co_author import co_authors_of
from transfers.enums import Who
from transfers.models import TransferCase
from transfers.rules import Circle, relation, requirement


def nowhere_else(case: TransferCase) -> set[int]:
    """Return no further organisation: co-authors are found at the parties."""
    return set()


@relation(Who.CO_AUTHOR, nowhere_else)
def is_co_author(circle: Circle, member: Membership) -> bool:
    """Tell whether a membership is that of a named person, in the organisation they were named for."""
    return member.forum_id is None and (member.user_id, member.organisation_id) in co_authors_of(circle.case)


@requirement("has_co_authors")
def has_co_authors(case: TransferCase) -> list[str]:
    """Somebody writes with the initiator."""
    return [] if co_authors_of(case) else ["Ingen hos parterne skriver med på mini-MTV'en"]
