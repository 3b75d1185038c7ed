"""What an agreement lacks before it can be sent to the parties, item by item (rule 11)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from contacts.enums import OrganisationKind
from core.enums import RequiredFor
from core.models import FormPart, FormQuestion
from portfolio.agreements.content import INDICATORS, RESPONSIBLE, ROLES, Draft
from portfolio.models import AgreementParty, PartyRole, ResponsibilityHolder
from transfers.models import TransferCase

IF_RESPONSIBLE = ("responsible", "delegates", "instructs", "supervises")
PLO = ("plo_agreement", "plo_agreed_on")
KINDS_OF = {
    ResponsibilityHolder.HOSPITAL: (OrganisationKind.HOSPITAL, OrganisationKind.PSYCHIATRY),
    ResponsibilityHolder.GENERAL_PRACTICE: (OrganisationKind.GENERAL_PRACTICE,),
    ResponsibilityHolder.SPECIALIST_PRACTICE: (OrganisationKind.SPECIALIST_PRACTICE,),
}


@dataclass(frozen=True)
class Hole:
    """Something that is missing, where it is written; reads as its text."""

    part: str
    key: str
    text: str

    def __str__(self) -> str:
        return self.text


def holes(draft: Draft, case: TransferCase) -> list[Hole]:
    """Return everything that is missing, in the order of the form."""
    asked = [(part, question) for part in draft.parts for question in part.questions.all()]
    open_ones = [Hole(p.key, q.key, f"{p.title} – {q.label}") for p, q in asked if is_open(draft, p, q)]
    found = [*open_ones, *wrong_roles(draft), *wrong_responsible(draft), *weak_indicators(draft)]
    own = Hole("own", "economy_known", "Jeres egen del – Kan I opgøre jeres økonomi?")
    return [*found, own] if owes_own(draft, case) else found


def is_open(draft: Draft, part: FormPart, question: FormQuestion) -> bool:
    """Tell whether a question must be answered in this agreement and is not."""
    if question.key == ROLES:
        return False
    return is_asked(draft, question) and draft.value(question.key) in (None, "", [])


def is_asked(draft: Draft, question: FormQuestion) -> bool:
    """Tell whether a question must be answered here: some only with, some only without a medical responsibility."""
    holder = draft.agreement.responsibility
    if question.key in IF_RESPONSIBLE:
        return bool(holder) and holder != ResponsibilityHolder.NONE
    if question.key == "none_responsible_why":
        return holder == ResponsibilityHolder.NONE
    if question.key in PLO:
        return general_practice_receives(draft)
    return question.required_for != RequiredFor.OPTIONAL


def general_practice_receives(draft: Draft) -> bool:
    """Tell whether general practice takes the task, so that a concrete agreement with PLO is needed (S1)."""
    receivers = (party for party in draft.parties if party.role == PartyRole.RECEIVER)
    return any(party.organisation.kind == OrganisationKind.GENERAL_PRACTICE for party in receivers)


def wrong_roles(draft: Draft) -> Iterator[Hole]:
    """Say what the roles lack: somebody gives, somebody receives, and nobody for whom it holds is taken out."""
    roles = {party.role for party in draft.parties}
    if PartyRole.GIVER not in roles:
        yield Hole("task", ROLES, "Roller – vælg, hvem der afgiver opgaven")
    if PartyRole.RECEIVER not in roles and not draft.agreement.is_self_care:
        yield Hole("task", ROLES, "Roller – vælg, hvem der modtager opgaven")
    for party in draft.parties:
        if party.is_live and not party.is_leaving and not takes_task(party, draft):
            yield Hole("task", ROLES, f"Roller – aftalen gælder for {party}, som skal blive stående som modtager")


def takes_task(party: AgreementParty, draft: Draft) -> bool:
    """Tell whether a party still takes the task in what is written now."""
    return party.role == PartyRole.RECEIVER or (draft.agreement.is_self_care and party.is_included)


def wrong_responsible(draft: Draft) -> Iterator[Hole]:
    """Say why the medical responsibility is not placed unambiguously with a party (S4.10, S5.4)."""
    organisation = draft.agreement.responsible
    if organisation is None:
        return
    if organisation.kind not in KINDS_OF.get(ResponsibilityHolder(draft.agreement.responsibility), ()):
        yield Hole("responsibility", RESPONSIBLE, f"Behandlingsansvar – {organisation} passer ikke til det valgte sted")
    if organisation.pk not in {party.organisation_id for party in draft.included}:
        yield Hole("responsibility", RESPONSIBLE, f"Behandlingsansvar – {organisation} er ikke med i aftalen")


def weak_indicators(draft: Draft) -> Iterator[Hole]:
    """Name the indicators that cannot be compared with what is measured later (S5.3)."""
    for row in draft.indicators:
        if row.expected is None or not row.measured_when:
            what = f"Indikator »{row.name}« – skriv forventet værdi, og hvornår den måles"
            yield Hole("indicators", INDICATORS, what)


def owes_own(draft: Draft, case: TransferCase) -> bool:
    """Tell whether the initiator has not stated its own economy; others are asked, but nobody waits for them."""
    return any(p.organisation_id == case.initiator_id and p.is_included and not p.economy_known for p in draft.parties)


def silent_parties(draft: Draft, case: TransferCase) -> list[AgreementParty]:
    """Return the other parties whose own economy is not stated; it is shown as »Ikke oplyst«."""
    others = (party for party in draft.included if party.organisation_id != case.initiator_id)
    return [party for party in others if not party.economy_known]
