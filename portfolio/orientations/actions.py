"""Telling the Porteføljestyregruppe, inside the act that gives the reason for it."""

from collections.abc import Callable

from contacts.enums import ForumLevel
from contacts.models import Organisation
from portfolio.models import Orientation, OrientationKind
from transfers.actions import the_forum
from transfers.models import TransferCase

AFTERWARDS: list[Callable[[Orientation], None]] = []


def after_orientation(act: Callable[[Orientation], None]) -> Callable[[Orientation], None]:
    """Register what happens to a new orientation: upper rooms hook in here."""
    AFTERWARDS.append(act)
    return act


def orient(case: TransferCase, kind: OrientationKind, about: Organisation | None = None) -> Orientation:
    """Put an orientation on the Porteføljestyregruppe's next agenda; called in the transaction of the act itself.

    `about` is the party it concerns, where it concerns one. Raises DomainError when no such forum is in force.
    """
    forum = the_forum(ForumLevel.PORTFOLIO)
    orientation = Orientation.unscoped.create(case=case, forum=forum, kind=kind, about=about)
    for act in AFTERWARDS:
        act(orientation)
    return orientation
