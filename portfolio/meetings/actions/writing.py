"""What every change of a meeting shares: its row locked, its state and revision checked, the change recorded."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from contacts.viewer import Viewer
from core.errors import DomainError, Stale
from core.history import record_change
from portfolio.models import AgendaItem, Meeting

CHANGED = "Mødet er ændret af en anden, siden du åbnede siden. Se, hvad der er ændret, og gem igen."


def locked(meeting: Meeting, states: Collection[str], revision: int | None = None) -> Meeting:
    """Return the meeting with its row locked for the rest of the transaction.

    Raises DomainError in a state that is not among these, Stale when it is not at the revision the user saw.
    """
    row = Meeting.objects.select_for_update(of=("self",)).select_related("forum").get(pk=meeting.pk)
    if row.state not in states:
        raise DomainError(f"Det kan ikke gøres nu. Mødet har tilstanden »{row.get_state_display()}«.")
    if revision is not None and revision != row.revision:
        raise Stale(CHANGED)
    return row


def keep(row: Meeting, viewer: Viewer, kind: str, **facts: Any) -> Meeting:
    """Store a changed meeting as its next revision, and what was done in the history of configuration."""
    row.revision += 1
    row.save()
    record(row, viewer, kind, **facts)
    return row


def record(row: Meeting, viewer: Viewer, kind: str, **facts: Any) -> None:
    """Append what was done with a meeting, ids and dates only, to the history of configuration."""
    record_change(
        subject_type=Meeting._meta.label_lower, subject_id=row.pk, kind=kind, actor=viewer.user,
        facts={"forum": row.forum_id, "state": row.state} | facts,
    )  # fmt: skip


def next_position(meeting: Meeting) -> int:
    """Return the place after the last item."""
    last = AgendaItem.unscoped.filter(meeting=meeting).order_by("-position").first()
    return last.position + 1 if last else 1
