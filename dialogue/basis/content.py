"""What a dialoggrundlag says, as one plain structure: shown as a document, checked, compared and frozen.

A content is JSON: `parts` → `answers`, each with the question's wording, the stored `value`, the value in words
(`shown`) and, for a table, its `rows`. It needs no other row to be read, so a frozen version stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format

from core.enums import QuestionKind
from core.models import FormDefinition, FormQuestion
from core.patients import FEW_PATIENTS, PatientCount
from dialogue.enums import CountKind
from dialogue.models import DialogueBasis
from transfers.models import TransferCase

Content = dict[str, Any]
COUNTS, PARTIES = "patients_by_municipality", "proposed_parties"
COLUMNS = (
    "from_sector", "to_sectors", "change_nature", "specialty", "start_date", "patients_total", "one_off_cost",
    "annual_cost", "annual_saving", "medical_responsibility", "proposed_forum", "geographic_scope",
)  # fmt: skip


@dataclass(frozen=True)
class Count:
    """Patients a year in one municipality."""

    organisation_id: int
    name: str
    kind: str
    number: int | None = None

    @property
    def shown(self) -> str:
        """The count in words: a figure, »1–4« or »ukendt«."""
        return str(patients(self.stored))

    @property
    def stored(self) -> dict[str, Any]:
        """The count as a content keeps it."""
        return {"organisation": self.organisation_id, "kind": self.kind, "number": self.number}


def patients(count: dict[str, Any]) -> PatientCount:
    """Return a stored count as a number of patients that can be added up and shown."""
    if count["kind"] == CountKind.FEW:
        return FEW_PATIENTS
    return PatientCount.of(count["number"])


def stated(organisation_id: int, count: PatientCount) -> dict[str, Any]:
    """Return a typed number of patients as it is stored: 1 to 4 are never told apart (rule 17)."""
    exact = count.low if count.low == count.high else None
    kind = CountKind.NUMBER if exact is not None else CountKind.FEW if count.is_known else CountKind.UNKNOWN
    return {"organisation": organisation_id, "kind": kind.value, "number": exact}


@dataclass(frozen=True)
class Written:
    """Everything the department has written so far, and the newest version it has submitted."""

    definition: FormDefinition
    basis: DialogueBasis | None = None
    texts: dict[str, str] = field(default_factory=dict)
    counts: tuple[Count, ...] = ()
    parties: tuple[tuple[int, str], ...] = ()
    newest: Content | None = None
    newest_number: int = 0

    def value(self, key: str) -> Any:
        """Return the stored answer to a question; text, list or None where there is none."""
        if key == COUNTS:
            return [count.stored for count in sorted(self.counts, key=lambda c: c.organisation_id)]
        if key == PARTIES:
            return sorted(pk for pk, _ in self.parties)
        if key in COLUMNS:
            return getattr(self.basis, key, None)
        return self.texts.get(key, "")

    def shown(self, question: FormQuestion) -> str:
        """Return the answer in words; an empty text where there is none."""
        if question.key == COUNTS:
            return "\n".join(f"{count.name}: {count.shown}" for count in self.counts)
        if question.key == PARTIES:
            return "\n".join(name for _, name in self.parties)
        value = self.value(question.key)
        return "" if value in (None, "", []) else in_words(question, value)


def in_words(question: FormQuestion, value: Any) -> str:
    """Return a stored value as a reader sees it."""
    labels = dict(question.choices)
    match question.kind:
        case QuestionKind.CHOICE | QuestionKind.MULTICHOICE:
            chosen = value if isinstance(value, list) else [value]
            return ", ".join(str(labels.get(item, item)) for item in chosen)
        case QuestionKind.DATE if isinstance(value, date):
            return date_format(value, "j. F Y")
        case QuestionKind.KRONER:
            return f"{number_format(value, force_grouping=True)} kr."
        case QuestionKind.INTEGER:
            return number_format(value, force_grouping=True)
    return str(value)


def answer_of(written: Written, question: FormQuestion) -> dict[str, Any]:
    """Return one answer as a content keeps it."""
    value = written.value(question.key)
    rows = [[count.name, count.shown] for count in written.counts] if question.key == COUNTS else []
    return {
        "key": question.key, "label": question.label, "kind": question.kind, "required_for": question.required_for,
        "value": value.isoformat() if isinstance(value, date) else value,
        "shown": written.shown(question), "rows": rows,
    }  # fmt: skip


def content_of(written: Written, case: TransferCase) -> Content:
    """Return what is written now as a content."""
    parts = [
        {"key": part.key, "title": part.title, "answers": [answer_of(written, q) for q in part.questions.all()]}
        for part in written.definition.parts.all()
    ]
    return {
        "document": written.definition.document, "definition": written.definition.version,
        "number": case.number, "title": case.title, "initiator": case.initiator.name,
        "department": case.department.name if case.department else "", "parts": parts,
    }  # fmt: skip


def numbered(content: Content) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give every answer with the number of its step."""
    for step, part in enumerate(content["parts"], start=1):
        for answer in part["answers"]:
            yield step, answer


def is_empty(answer: dict[str, Any]) -> bool:
    """Tell whether a question has no answer; nought is an answer."""
    return answer["value"] in (None, "", [])


def answers(content: Content) -> dict[str, dict[str, Any]]:
    """Return the answers by question key."""
    return {answer["key"]: answer for _, answer in numbered(content)}


def search_text(content: Content) -> str:
    """Return what a search looks in, in lower case; the bars keep figures of two answers apart."""
    said = [a["shown"] for _, a in numbered(content) if a["kind"] in (QuestionKind.TEXT, QuestionKind.LONGTEXT)]
    return " | ".join(text for text in [content["title"], content["number"], *said] if text).lower()
