"""Who is told of an act: case number and title only, and a link that asks for sign-in."""

from __future__ import annotations

from collections.abc import Iterable

from contacts.models import Membership
from notifications.actions import queue_notice
from transfers.history import TOLD
from transfers.models import JournalEntry, TransferCase
from transfers.rules import Circle
from transfers.workflow import Act


def addressees(act: Act, case: TransferCase) -> list[Membership]:
    """Return the people the table says are told, as the case stands now."""
    return Circle(case).people(act.tells) if act.tells else []


def queue(act: Act, case: TransferCase, entry: JournalEntry, people: Iterable[Membership]) -> None:
    """Put one notice per person in the outbox, except to the one who did it; sent once (key per entry)."""
    users = {m.user_id: m.user for m in people if m.user_id != entry.actor_id}
    for user in users.values():
        queue_notice(
            user=user,
            key=f"{case.number}:{entry.number}:{user.pk}",
            subject=str(case),
            event=TOLD.get(entry.kind, act.label),
            path=case.get_absolute_url(),
        )
