"""What an agreement says, as one plain structure: read as a document, checked, confirmed and frozen.

A content is JSON: `parts` → `answers`, each with the question's wording, the stored `value`, the value in words
(`shown`) and, for a table, its `columns` and `rows`; and `parties` with their roles, which decide whom a version
needs. It needs no other row to be read, so a frozen version stays as it was.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format

from core.freeze import canonical_json
from core.models import FormDefinition, FormPart, FormQuestion
from dialogue.basis.content import in_words
from dialogue.models import EconomyKnown
from portfolio.models import (
    FOR_RECEIVERS,
    FOR_SELF_CARE,
    Agreement,
    AgreementParty,
    Indicator,
    PartyRole,
    ReadinessItem,
)
from transfers.models import TransferCase

Content = dict[str, Any]
ROLES, RESPONSIBLE, INDICATORS, REVIEWS, OWN = "roles", "responsible", "indicators", "review_dates", "own"
COLUMNS = ("responsibility", "start_date", "notice_months", "plo_agreement", "plo_agreed_on")
AMOUNTS = ("one_off_cost", "annual_cost", "annual_saving")
OWN_FIELDS = ("contribution", "economy_known", *AMOUNTS, "economy_note", "local_contact")
OWN_TEXTS = ("contribution", "economy_note", "local_contact")
HEADS = ("Part", "Engangsudgift", "Årlig drift", "Årlig besparelse", "Forudsætninger og usikkerhed")
MEASURED = ("Indikator", "Enhed", "Udgangspunkt", "Forventet", "Måles", "Kilde")
NOT_STATED = "Ikke oplyst"


@dataclass(frozen=True)
class Draft:
    """Everything that is written so far; before the first save an agreement, parties and roles as proposed."""

    agreement: Agreement
    definition: FormDefinition
    texts: dict[str, str] = field(default_factory=dict)
    parties: tuple[AgreementParty, ...] = ()
    indicators: tuple[Indicator, ...] = ()

    @property
    def is_begun(self) -> bool:
        """Whether anything was saved."""
        return self.agreement.pk is not None

    @property
    def included(self) -> list[AgreementParty]:
        """The parties the agreement concerns."""
        return [party for party in self.parties if party.is_included]

    @property
    def parts(self) -> list[FormPart]:
        """The parts that the initiator writes; each party writes its own."""
        return [part for part in self.definition.parts.all() if part.key != OWN]

    @property
    def own_part(self) -> FormPart:
        """The part each party writes for itself."""
        return next(part for part in self.definition.parts.all() if part.key == OWN)

    def value(self, key: str) -> Any:
        """Return the stored answer to a question; an empty text, list or None where there is none."""
        match key:
            case "roles":
                return {party.organisation_id: party.role for party in self.parties}
            case "responsible":
                return self.agreement.responsible_id
            case "indicators":
                return [measured(row) for row in self.indicators]
            case "review_dates":
                return list(self.agreement.review_dates)
        return getattr(self.agreement, key) if key in COLUMNS else self.texts.get(key, "")


def measured(row: Indicator) -> dict[str, Any]:
    """Return an indicator as a content keeps it."""
    return {
        "indicator": row.pk, "name": row.name, "unit": row.unit, "baseline": row.baseline, "aim": row.aim,
        "expected": row.expected, "measured_when": row.measured_when, "source": row.source,
    }  # fmt: skip


def figure(value: Decimal | int | None, none: str = "–") -> str:
    """Return a number as a reader sees it, without idle decimals."""
    if value is None:
        return none
    whole = value if value != int(value) else int(value)
    return number_format(whole, force_grouping=True)


def table(heads: Sequence[str], figures: Sequence[int], rows: list[list[str]]) -> dict[str, Any]:
    """Return a table of a content; `figures` are the places of its columns of numbers."""
    return {"columns": [{"label": head, "number": i in figures} for i, head in enumerate(heads)], "rows": rows}


def needs(role: str, organisation_id: int, agreement: Agreement, case: TransferCase) -> list[ReadinessItem]:
    """Return what a party must report ready: receivers all five, the initiator of egenbehandling two (rule 12)."""
    if role == PartyRole.RECEIVER:
        return list(FOR_RECEIVERS)
    at_home = agreement.is_self_care and organisation_id == case.initiator_id and role != PartyRole.NOT_INCLUDED
    return list(FOR_SELF_CARE) if at_home else []


def party_of(party: AgreementParty, draft: Draft, case: TransferCase) -> dict[str, Any]:
    """Return one party as a content keeps it."""
    organisation = party.organisation
    return {
        "organisation": organisation.pk, "name": organisation.name, "kind": organisation.kind, "role": str(party.role),
        "responsible": organisation.pk == draft.agreement.responsible_id,
        "needs": [str(item) for item in needs(party.role, organisation.pk, draft.agreement, case)],
        **{name: getattr(party, name) for name in OWN_FIELDS},
    }  # fmt: skip


def role_rows(draft: Draft) -> list[list[str]]:
    """Return who does what, the holder of the medical responsibility named."""
    rows = []
    for party in draft.included:
        also = " og har behandlingsansvaret" if party.organisation_id == draft.agreement.responsible_id else ""
        rows.append([str(party.organisation), f"{party.get_role_display()}{also}"])
    return rows


def indicator_rows(draft: Draft) -> list[list[str]]:
    """Return the indicators in words."""
    return [
        [
            row.name, row.unit or "–", figure(row.baseline, "Kendes ikke"),
            f"{row.get_aim_display()} {figure(row.expected)}", row.measured_when or "–", row.source or "–",
        ]
        for row in draft.indicators
    ]  # fmt: skip


def economy_row(party: AgreementParty) -> list[str]:
    """Return what a party has stated of its own economy (S4.6)."""
    if party.economy_known == EconomyKnown.KNOWN:
        said = [f"{figure(getattr(party, name))} kr." for name in AMOUNTS]
    else:
        said = ["Kan ikke opgøres endnu" if party.economy_known else NOT_STATED, "–", "–"]
    return [str(party.organisation), *said, party.economy_note or "–"]


def answer(question: FormQuestion, value: Any, shown: str, **more: Any) -> dict[str, Any]:
    """Return one answer as a content keeps it."""
    return {
        "key": question.key, "label": question.label, "kind": question.kind, "value": value, "shown": shown, **more,
    }  # fmt: skip


def answer_of(draft: Draft, question: FormQuestion) -> dict[str, Any]:
    """Return the answer to one question of the initiator's parts."""
    value = draft.value(question.key)
    match question.key:
        case "roles":
            rows = role_rows(draft)
            shown = "\n".join(": ".join(row) for row in rows)
            return answer(question, rows, shown, **table(("Part", "Rolle"), (), rows))
        case "indicators":
            rows = indicator_rows(draft)
            return answer(question, value, "\n".join(", ".join(row) for row in rows), **table(MEASURED, (2, 3), rows))
        case "responsible":
            return answer(question, value, str(draft.agreement.responsible or ""))
        case "review_dates":
            return answer(question, value, ", ".join(in_words_of(day) for day in value))
    return answer(question, value, "" if value in (None, "", []) else in_words(question, value))


def in_words_of(day: date) -> str:
    """Return a day as a reader sees it."""
    return str(date_format(day, "j. F Y"))


def own_answers(draft: Draft) -> list[dict[str, Any]]:
    """Return what the parties have written of themselves: one table of economy, and what each brings."""
    rows = [economy_row(party) for party in draft.included]
    economy = {
        "key": "own_economy", "label": "Parternes egen økonomi", "kind": "table", "value": rows,
        "shown": "\n".join(", ".join(row) for row in rows), **table(HEADS, (1, 2, 3), rows),
    }  # fmt: skip
    return [economy, *(brought(party) for party in draft.included if party.contribution or party.local_contact)]


def brought(party: AgreementParty) -> dict[str, Any]:
    """Return what one party brings, and whom to ask there."""
    contact = f"Kontaktperson: {party.local_contact}" if party.local_contact else ""
    shown = "\n".join(filter(None, [party.contribution, contact]))
    label = f"{party.organisation} bidrager med"
    return {"key": f"own_{party.organisation_id}", "label": label, "kind": "longtext", "value": shown, "shown": shown}


def content_of(draft: Draft, case: TransferCase, number: int = 0) -> Content:
    """Return what is written now as a content; `number` is the version it is to be."""
    agreement = draft.agreement
    parts = [
        {"key": part.key, "title": part.title, "answers": [answer_of(draft, q) for q in part.questions.all()]}
        for part in draft.parts
    ]
    own = {"key": OWN, "title": "Hvad bidrager hver part med?", "answers": own_answers(draft)}
    content = {
        "document": draft.definition.document, "definition": draft.definition.version, "version": number,
        "number": case.number, "title": case.title, "initiator": case.origin, "is_self_care": agreement.is_self_care,
        "parts": [*parts, own], "parties": [party_of(party, draft, case) for party in draft.parties],
        "start_date": agreement.start_date, "notice_months": agreement.notice_months,
    }  # fmt: skip
    plain: Content = json.loads(canonical_json(content))
    return plain
