"""The deadlines of contact persons and parties, for reminders (rules 2 and 4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from contacts.enums import CONTACT_FUNCTIONS
from contacts.queries import people_in, secretariat_users
from dialogue.basis.queries import whether_received
from dialogue.responses.queries import parties_with_responses
from transfers.enums import Stage
from transfers.models import TransferCase
from transfers.reminders import Deadline


def contact_deadlines(until: date) -> Iterator[Deadline]:
    """Give the cases that wait for their contact person; once the day has passed the secretariat is told too."""
    rows = TransferCase.unscoped.filter(stage=Stage.SUBMITTED, contact_deadline__lte=until)
    cases: list[Any] = list(rows.select_related("initiator").annotate(**whether_received()))
    people, office = people_in(CONTACT_FUNCTIONS, (case.initiator_id for case in cases)), secretariat_users()
    for case in cases:
        yield Deadline(
            about=f"{case.number}:modtag", subject=str(case), due=case.contact_deadline or until,
            what="Åbn dialogen" if case.received_as else "Modtag eller send tilbage",
            path=reverse("dialogue:open", args=[case.number]),
            home=case.get_absolute_url(), people=tuple(people.get(case.initiator_id, office)), also=tuple(office),
        )  # fmt: skip


def response_deadlines(until: date) -> Iterator[Deadline]:
    """Give the parties in open dialogues that have not answered."""
    parties = list(
        parties_with_responses().filter(
            response__latest__isnull=True, deadline__lte=until, case__stage=Stage.DIALOGUE,
            case__dialogue_closed_at__isnull=True,
        )
    )  # fmt: skip
    people = people_in(CONTACT_FUNCTIONS, (party.organisation_id for party in parties))
    for party in parties:
        yield Deadline(
            about=f"{party.case.number}:svar:{party.pk}", subject=str(party.case), due=party.deadline,
            what="Afgiv partens svar", home=party.case.get_absolute_url(),
            path=reverse("dialogue:respond", args=[party.case.number]) + f"?part={party.pk}",
            people=tuple(people.get(party.organisation_id, ())),
        )  # fmt: skip
