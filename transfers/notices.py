"""Who is told of an act: case number and title only, and a link that asks for sign-in."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from contacts.models import Membership
from contacts.naming import named
from core.models import User
from notifications.actions import queue_notice
from transfers.history import TOLD
from transfers.models import JournalEntry, TransferCase
from transfers.rules import Circle
from transfers.workflow import LEADS, Act


def addressees(act: Act, case: TransferCase) -> list[Membership]:
    """Return the people the table says are told, as the case stands now."""
    return Circle(case).people(act.tells) if act.tells else []


def queue(act: Act, case: TransferCase, entry: JournalEntry, people: Iterable[Membership]) -> None:
    """Put one notice per person in the outbox, except to the one who did it; sent once (key per entry).

    It leads to the page where that person acts next, and to the case where nothing is asked.
    """
    circle, home = Circle(case), case.get_absolute_url()
    held: dict[User, list[Membership]] = {}
    for member in people:
        held.setdefault(member.user, []).append(member)
    for user, members in held.items():
        if user.pk != entry.actor_id:
            queue_notice(
                user=user, key=f"{case.number}:{entry.number}:{user.pk}", subject=str(case),
                event=named(TOLD.get(entry.kind, act.label)), path=way(act, circle, members) or home, fallback=home,
            )  # fmt: skip


def way(act: Act, circle: Circle, members: Iterable[Membership]) -> str:
    """Return the address the table names for one of these people after the act; empty when it names none."""
    routes = (route for who, route in LEADS.get(act.code, {}).items() for m in members if circle.holds(who, m))
    return next((reverse(route, args=[circle.case.number]) for route in routes), "")
