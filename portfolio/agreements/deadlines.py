"""By when parties are to answer an agreement and to report ready, for reminders (rule 12)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from contacts.enums import CONTACT_FUNCTIONS, Function
from contacts.queries import people_in
from core.models import User
from portfolio.agreements.todos import MAY_OWE_READINESS, OWES_ANSWER, Duty, answer_owed, readiness_owed, with_days
from portfolio.models import AgreementParty
from transfers.models import TransferCase
from transfers.reminders import Deadline, people_at_home

Owed = Sequence[tuple[Any, Duty]]


@dataclass(frozen=True)
class Asked:
    """What parties are asked for: who does it in each, and what the initiator is told when a day has passed."""

    code: str
    of: Callable[[Any], Duty | None]
    functions: tuple[Function, ...]
    lacking: str


ANSWER = Asked("aftale", answer_owed, (Function.SIGNATORY,), "Svar på aftalen mangler")
READINESS = Asked("klar", readiness_owed, CONTACT_FUNCTIONS, "Klarmelding mangler")


def agreement_deadlines(until: date) -> Iterator[Deadline]:
    """Give each party's own deadlines, and for each case what the initiator is told once after them."""
    near = Q(awaits_until__lte=until) | Q(confirm_by__lte=until) | Q(ready_by__lte=until)
    rows = list(with_days(AgreementParty.unscoped.filter(OWES_ANSWER | MAY_OWE_READINESS)).filter(near))
    for asked in (ANSWER, READINESS):
        duties = ((row, asked.of(row)) for row in rows)
        owed = [(row, duty) for row, duty in duties if duty is not None and duty.due <= until]
        people = people_in(asked.functions, (row.organisation_id for row, _ in owed))
        yield from (of_party(asked, row, duty, people.get(row.organisation_id, ())) for row, duty in owed)
        yield from of_cases(asked, owed)


def of_party(asked: Asked, row: Any, duty: Duty, people: Sequence[User]) -> Deadline:
    """Return what one party is reminded of; a new version asks anew."""
    case = row.agreement.case
    return Deadline(
        about=f"{case.number}:{asked.code}:{row.pk}:{row.agreement.issued}", subject=str(case), due=duty.due,
        what=duty.what, path=reverse(f"portfolio:{duty.route}", args=[case.number]),
        home=reverse("portfolio:agreement", args=[case.number]), people=tuple(people),
    )  # fmt: skip


def of_cases(asked: Asked, owed: Owed) -> Iterator[Deadline]:
    """Give, once per case and day however many parties are late, what leader and contact person are told after it."""
    late: dict[tuple[int, date], TransferCase] = {
        (row.agreement.case_id, duty.due): row.agreement.case for row, duty in owed
    }
    home = people_at_home(list(late.values()))
    for (key, due), case in late.items():
        place = reverse("portfolio:agreement", args=[case.number])
        yield Deadline(
            about=f"{case.number}:{asked.code}", subject=str(case), due=due, what=asked.lacking, path=place,
            home=place, people=(), also=home[key],
        )  # fmt: skip
