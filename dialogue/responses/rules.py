"""Decisions about people in the dialogue: for which party somebody answers."""

from __future__ import annotations

from contacts.enums import CONTACT_FUNCTIONS
from contacts.models import Membership
from contacts.viewer import Viewer
from core.definitions import by_key
from core.enums import Document, RequiredFor
from core.errors import NotAllowed
from dialogue.models import PartyResponse
from dialogue.responses.queries import DRAFT_COLUMNS, PartyStanding, Standing, texts_of
from transfers.models import Party


def contact_capacity(party: Party, viewer: Viewer) -> Membership | None:
    """Return the membership by which the viewer answers for a party: its contact person before its deputy."""
    held = viewer.holding(CONTACT_FUNCTIONS, organisation_id=party.organisation_id)
    return min(held, key=lambda m: CONTACT_FUNCTIONS.index(m.function)) if held else None


def require_contact(party: Party, viewer: Viewer) -> Membership:
    """Return the membership by which the viewer answers for the party. Raises NotAllowed without one."""
    held = contact_capacity(party, viewer)
    if held is None:
        raise NotAllowed(f"Kun kontaktpersonen for {party} kan svare for parten.")
    return held


def answered_by(standing: Standing, viewer: Viewer) -> list[PartyStanding]:
    """Return the parties the viewer may answer for."""
    return [row for row in standing.rows if contact_capacity(row.party, viewer)]


def missing_answers(response: PartyResponse) -> list[str]:
    """Return the questions that must be answered before a response is submitted, and are not."""
    filled = {key for key, text in texts_of(response).items() if text.strip()} | {
        name for name in DRAFT_COLUMNS if getattr(response, name) not in (None, "")
    }
    asked = by_key(Document.PARTY_RESPONSE, response.definition_id).questions
    return [q.label for q in asked if q.required_for == RequiredFor.SUBMIT and q.key not in filled]
