"""Naming a co-author of the mini-MTV, and taking it back."""

from __future__ import annotations

from django.utils.timezone import now

from contacts.models import Membership
from contacts.viewer import Viewer
from core.errors import DomainError
from minimtv.co_authors.queries import candidates, held_by, writing_now
from minimtv.models import CoAuthor
from minimtv.queries import forget
from transfers.actions import Step, perform
from transfers.models import TransferCase


def add_co_author(
    *, case: TransferCase, viewer: Viewer, member: Membership, capacity_id: int | None = None
) -> CoAuthor:
    """Let a person at an affected party read and write the mini-MTV; only those who see the case can be named.

    Raises DomainError for anybody else, and for who writes already; else as `perform`.
    """
    with perform("add_co_author", case=case, viewer=viewer, capacity_id=capacity_id) as step:
        place = member.organisation
        if place is None or not candidates(step.case).filter(pk=member.pk).exists():
            raise DomainError(f"{member.user.name} kan ikke vælges, eller skriver allerede med. Vælg en anden.")
        row = CoAuthor(case=step.case, user=member.user, organisation=place, named_by=viewer.user)
        row.save()
        settle(step, row, [member])
    forget(case)
    return row


def remove_co_author(*, case: TransferCase, viewer: Viewer, key: str, capacity_id: int | None = None) -> CoAuthor:
    """Take a co-author off: what is not signed off is closed to them from now on; what they wrote stays.

    Raises DomainError for one who does not write in this case; else as `perform`.
    """
    with perform("remove_co_author", case=case, viewer=viewer, capacity_id=capacity_id) as step:
        row = writing_now(step.case, key)
        if row is None:
            raise DomainError("Personen skriver ikke længere med på mini-MTV'en.")
        row.ended_at = now()
        row.save()
        settle(step, row, held_by(row))
    forget(case)
    return row


def settle(step: Step, row: CoAuthor, told: list[Membership]) -> None:
    """Tell the history which row it was, and the person themselves."""
    step.facts = {"co_author": row.pk, "organisation": row.organisation_id}
    step.told = told
    forget(step.case)
