"""What awaits a contact person in the dialogue, as a party's and as the initiator's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from contacts.enums import CONTACT_FUNCTIONS, Function
from contacts.models import ContactPerson, Membership
from contacts.periods import in_force
from contacts.viewer import Viewer
from dialogue.basis.queries import whether_received
from dialogue.responses.queries import PartyStanding, parties_with_responses, standing_of
from transfers.enums import Stage
from transfers.models import Party, TransferCase
from transfers.rooms import Todo
from transfers.rules import Offer
from transfers.workflow import ASKED, BY_CODE

HERE = (Stage.SUBMITTED, Stage.DIALOGUE)


def todos_for(viewer: Viewer) -> list[Todo]:
    """Return what the viewer is asked for as a party's contact."""
    held = held_by(viewer)
    return [as_party(row, held) for row in asked_parties(viewer, held)] if held else []


def held_by(viewer: Viewer) -> dict[int, Membership]:
    """Return the organisations the viewer is contact person of, with the membership."""
    return {m.organisation_id: m for m in viewer.holding(CONTACT_FUNCTIONS) if m.organisation_id}


def asked_parties(viewer: Viewer, held: dict[int, Membership]) -> list[PartyStanding]:
    """Return the parties that owe a response or a confirmation in an open dialogue; one query."""
    unanswered = Q(response__latest__isnull=True)
    running = Q(case__stage=Stage.DIALOGUE, case__dialogue_closed_at__isnull=True)
    late = Q(case__stage__in=ASKED, added_at__gt=F("case__dialogue_closed_at"))
    asked = running & (unanswered | Q(response__basis_version__lt=F("newest"))) | late & unanswered
    rows = parties_with_responses().filter(asked, organisation__in=held)
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


def own_cases(viewer: Viewer) -> Q | None:
    """Return which cases the viewer leads as contact person or stands in for."""
    held = held_by(viewer)
    if not held and not viewer.is_secretariat:
        return None
    contacts = ContactPerson.objects.filter(in_force(viewer.today), organisation=OuterRef("initiator"))
    mine = Q(initiator__in=held)
    if viewer.is_secretariat:
        mine |= ~Q(Exists(contacts))
    return mine & Q(stage__in=HERE)


def whether_awaited(viewer: Viewer) -> dict[str, Any]:
    """Return what tells whether a case has parties within their deadline, and whether it was received when sent."""
    rows = Party.unscoped.filter(case=OuterRef("pk"), response__latest__isnull=True, deadline__gte=viewer.today)
    return {"awaited": Exists(rows), **whether_received()}


def as_initiator(case: Any, viewer: Viewer) -> Todo | None:
    """Return one line for the initiator's contact person; None while the parties are awaited."""
    member = held_by(viewer).get(case.initiator_id) or next(iter(viewer.holding([Function.SECRETARIAT])), None)
    if case.stage == Stage.SUBMITTED:
        words = ("Åbn dialogen", "Åbn dialogen") if case.received_as else ("Modtag eller send tilbage", "Modtag")
        return replace(todo(case, "open_dialogue", *words, member), due=case.contact_deadline)
    if case.dialogue_closed_at:
        return todo(case, "route_to_portfolio", "Vælg forum", "Vælg forum", member)
    return None if case.awaited else todo(case, "close_dialogue", "Luk dialogen", "Luk dialogen", member)


def todo(case: TransferCase, code: str, what: str, button: str, member: Membership | None) -> Todo:
    """Return a line that leads to the page of an act."""
    url = Offer(BY_CODE[code], case).url
    return Todo(case.number, case.title, what, url, button, str(member or ""))
