"""What a new agreement takes from the dialogue where the same was asked: texts, figures, roles and own economy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from contacts.enums import OrganisationKind
from contacts.models import Organisation
from dialogue.basis.content import answers
from dialogue.basis.queries import written
from dialogue.enums import BasisSector, ChangeNature
from dialogue.models import EconomyKnown, Position
from dialogue.responses.queries import PartyStanding, standing
from minimtv.sources import proposals as texts_from_basis
from portfolio.agreements.content import AMOUNTS, Draft
from portfolio.models import AgreementParty, PartyRole
from transfers.enums import ChangeKind
from transfers.models import TransferCase

SECTOR_OF_KIND = {
    OrganisationKind.HOSPITAL: BasisSector.HOSPITAL,
    OrganisationKind.PSYCHIATRY: BasisSector.HOSPITAL,
    OrganisationKind.MUNICIPALITY: BasisSector.MUNICIPALITY,
    OrganisationKind.GENERAL_PRACTICE: BasisSector.GENERAL_PRACTICE,
    OrganisationKind.SPECIALIST_PRACTICE: BasisSector.SPECIALIST_PRACTICE,
    OrganisationKind.REGION: BasisSector.REGION,
}
OTHER_POSITION = {Position.UNAFFECTED: PartyRole.NOT_INCLUDED, Position.NOTED: PartyRole.OTHER}


def said_in_basis(case: TransferCase) -> dict[str, Any]:
    """Return the stored answers of the newest submitted dialoggrundlag, by question key."""
    content = written(case).newest
    return {key: answer["value"] for key, answer in answers(content).items()} if content else {}


def is_self_care(case: TransferCase) -> bool:
    """Tell whether the task moves to the patient."""
    to_citizen = said_in_basis(case).get("change_nature") == ChangeNature.TO_CITIZEN
    return case.change_kind == ChangeKind.SELF_CARE or to_citizen


def role_of(organisation: Organisation, said: Mapping[str, Any], position: Position | None = None) -> PartyRole:
    """Return the role an organisation seems to have, by the sectors the task moves from and to."""
    if position in OTHER_POSITION:
        return OTHER_POSITION[position]
    sector = SECTOR_OF_KIND.get(OrganisationKind(organisation.kind))
    if sector in (said.get("to_sectors") or []):
        return PartyRole.RECEIVER
    return PartyRole.GIVER if sector == said.get("from_sector") else PartyRole.OTHER


def initiator_row(case: TransferCase) -> AgreementParty:
    """Return the initiator as a party, not saved: its figures are those of the dialoggrundlag."""
    said = said_in_basis(case)
    role = PartyRole.GIVER if said.get("from_sector") == sector_of(case) else role_of(case.initiator, said)
    if role == PartyRole.OTHER and is_self_care(case):
        role = PartyRole.GIVER
    known = EconomyKnown.KNOWN if said.get("annual_cost") is not None else ""
    return AgreementParty(
        organisation=case.initiator, role=role, economy_known=known, economy_note=said.get("economy_assumptions", ""),
        **{name: said.get(name) for name in AMOUNTS},
    )  # fmt: skip


def sector_of(case: TransferCase) -> BasisSector | None:
    """Return the initiator's own sector."""
    return SECTOR_OF_KIND.get(OrganisationKind(case.initiator.kind))


def party_row(row: PartyStanding, said: Mapping[str, Any]) -> AgreementParty:
    """Return an affected party, not saved: its figures and words are those of its own response."""
    content = row.version.content if row.version else {}
    texts = content.get("answers", {})
    return AgreementParty(
        organisation=row.organisation, role=role_of(row.organisation, said, row.position),
        economy_known=content.get("economy_known", ""), contribution=texts.get("capacity", ""),
        economy_note=texts.get("uncertainty", ""), local_contact=texts.get("implementation_contact", "")[:200],
        **{name: content.get(name) for name in AMOUNTS},
    )  # fmt: skip


def proposed_parties(case: TransferCase) -> list[AgreementParty]:
    """Return initiator and affected parties as they would be in a new agreement, not saved."""
    said = said_in_basis(case)
    affected = [row for row in standing(case).rows if row.party.organisation_id != case.initiator_id]
    return [initiator_row(case), *(party_row(row, said) for row in affected)]


def proposed_values(case: TransferCase, draft: Draft) -> dict[str, Any]:
    """Return proposed answers by question key, for parts nobody has saved yet."""
    said = said_in_basis(case)
    questions = [question for part in draft.parts for question in part.questions.all()]
    found: dict[str, Any] = {key: made.text for key, made in texts_from_basis(case, questions).items()}
    found["responsibility"] = said.get("medical_responsibility") or ""
    found["start_date"] = date.fromisoformat(said["start_date"]) if said.get("start_date") else None
    return {key: value for key, value in found.items() if value}


def origins(case: TransferCase, draft: Draft) -> dict[str, str]:
    """Return where each proposed answer comes from, as the form says it after »Hentet fra:«."""
    questions = [question for part in draft.parts for question in part.questions.all()]
    return {key: made.origin for key, made in texts_from_basis(case, questions).items()}
