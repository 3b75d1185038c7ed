"""What awaits a contact person in the dialogue; two queries, whatever the number of cases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from contacts.enums import CONTACT_FUNCTIONS, Function
from contacts.models import ContactPerson, Membership
from contacts.periods import in_force
from contacts.viewer import Viewer
from dialogue.responses.queries import PartyStanding, parties_with_responses, standing_of
from transfers.enums import Stage
from transfers.models import TransferCase
from transfers.rooms import Todo
from transfers.rules import Offer
from transfers.workflow import BY_CODE

HERE = (Stage.SUBMITTED, Stage.DIALOGUE)


def todos_for(viewer: Viewer) -> list[Todo]:
    """Return what the viewer is asked for as a party's contact and as the initiator's."""
    held = {m.organisation_id: m for m in viewer.holding(CONTACT_FUNCTIONS) if m.organisation_id}
    party_todos = [as_party(row, held) for row in asked_parties(viewer, held)] if held else []
    stand_in = next(iter(viewer.holding([Function.SECRETARIAT])), None)
    cases = own_cases(viewer, held) if held or stand_in else []
    initiated = [as_initiator(case, held.get(case.initiator_id) or stand_in) for case in cases]
    return [*party_todos, *filter(None, initiated)]


def asked_parties(viewer: Viewer, held: dict[int, Membership]) -> list[PartyStanding]:
    """Return the parties that owe a response or a confirmation in an open dialogue; one query."""
    rows = parties_with_responses().filter(
        Q(response__latest__isnull=True) | Q(response__basis_version__lt=F("newest")),
        organisation__in=held, case__stage=Stage.DIALOGUE, case__dialogue_closed_at__isnull=True,
    )  # fmt: skip
    return [standing_of(party) for party in rows]


def as_party(row: PartyStanding, held: dict[int, Membership]) -> Todo:
    """Return one line for a party: answer, or look at the new version."""
    case, member = row.party.case, held[row.party.organisation_id]
    if row.version is None:
        url = reverse("dialogue:respond", args=[case.number]) + f"?part={row.party.pk}"
        return Todo(
            case.number, case.title, "Afgiv partens svar", url, "Svar", str(member), due=row.party.deadline
        )
    url = reverse("dialogue:response", args=[case.number, row.party.pk])
    what = f"Version {row.newest} – gælder svaret stadig?"
    return Todo(case.number, case.title, what, url, "Se svaret", str(member), due=None)


def own_cases(viewer: Viewer, held: dict[int, Membership]) -> QuerySet[TransferCase]:
    """Return the cases the viewer leads as contact person or stands in for; one query."""
    contacts = ContactPerson.objects.filter(in_force(viewer.today), organisation=OuterRef("initiator"))
    mine = Q(initiator__in=held)
    if viewer.is_secretariat:
        mine |= ~Q(Exists(contacts))
    unanswered = Q(parties__isnull=False, parties__response__latest__isnull=True)
    awaited = unanswered & Q(parties__deadline__gte=viewer.today)
    rows = TransferCase.visible_to(viewer).filter(mine, stage__in=HERE)
    return rows.annotate(awaited=Count("parties", filter=awaited))


def as_initiator(case: Any, member: Membership | None) -> Todo | None:
    """Return one line for the initiator's contact person; None while the parties are awaited."""
    if case.stage == Stage.SUBMITTED:
        received = todo(case, "open_dialogue", "Modtag eller send tilbage", "Modtag", member)
        return replace(received, due=case.contact_deadline)
    if case.dialogue_closed_at:
        return todo(case, "route_to_portfolio", "Vælg forum", "Vælg forum", member)
    return None if case.awaited else todo(case, "close_dialogue", "Luk dialogen", "Luk dialogen", member)


def todo(case: TransferCase, code: str, what: str, button: str, member: Membership | None) -> Todo:
    """Return a line that leads to the page of an act."""
    url = Offer(BY_CODE[code], case).url
    return Todo(case.number, case.title, what, url, button, str(member or ""))
