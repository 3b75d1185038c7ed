"""Frister: rooms tell by when somebody is to act, and everybody is reminded once before and once after."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from contacts.enums import CONTACT_FUNCTIONS, Function
from contacts.queries import people_in
from core.models import User
from transfers.models import TransferCase


@dataclass(frozen=True)
class Deadline:
    """Frist: by which day who is to do what, and the page where it is done; `home` is left when it no longer can be.

    `about` tells deadlines apart and stays the same while it is the same thing that is asked
    (»OF-2026-0031:svar:17«); one that is moved to another day reminds anew. `also` is told only once it has passed.
    """

    about: str
    subject: str
    due: date
    what: str
    path: str
    home: str
    people: tuple[User, ...]
    also: tuple[User, ...] = ()

    def key(self, kind: str, user: User) -> str:
        """Return what makes the notice one of a kind."""
        return f"frist:{kind}:{self.about}:{self.due}:{user.pk}"


Provider = Callable[[date], Iterable[Deadline]]
PROVIDERS: list[Provider] = []


def deadline_provider(provide: Provider) -> Provider:
    """Register a function that returns the deadlines still open that fall on a day or before it."""
    PROVIDERS.append(provide)
    return provide


def open_deadlines(until: date) -> list[Deadline]:
    """Return all deadlines that fall on a day or before it, the earliest first."""
    return sorted((found for provide in PROVIDERS for found in provide(until)), key=lambda d: (d.due, d.about))


def people_at_home(cases: Collection[TransferCase]) -> dict[int, tuple[User, ...]]:
    """Return, by case, its nearest leader and the initiator's contact persons, each once; two queries."""
    leaders = people_in([Function.LEADER], (case.department_id or case.initiator_id for case in cases))
    contacts = people_in(CONTACT_FUNCTIONS, (case.initiator_id for case in cases))
    found = {}
    for case in cases:
        home = (*leaders.get(case.department_id or case.initiator_id, ()), *contacts.get(case.initiator_id, ()))
        found[case.pk] = tuple(dict.fromkeys(home))
    return found
