"""What pages tell of the responses: the consequence matrix, a response as a document, the positions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format

from core.enums import QuestionKind
from core.models import FormDefinition, FormQuestion
from core.patients import PatientCount
from dialogue.basis.content import COUNTS, answers
from dialogue.basis.queries import written
from dialogue.enums import CountKind
from dialogue.goals.queries import GOALS, lines
from dialogue.models import EconomyKnown, Position, ResponseVersion
from dialogue.responses.queries import AMOUNTS, PATIENTS, PartyStanding, Standing
from transfers.models import TransferCase

KINDS: dict[str, str] = {
    Position.SUPPORT: "success",
    Position.CONDITIONAL: "warning",
    Position.OPPOSE: "error",
    Position.UNDECIDED: "info",
    Position.NOTED: "info",
}
SHORT: dict[str, str] = {
    Position.SUPPORT: "tilslutning",
    Position.CONDITIONAL: "med betingelser",
    Position.OPPOSE: "kan ikke tilslutte sig",
    Position.UNDECIDED: "kan ikke tage stilling endnu",
    Position.UNAFFECTED: "ikke berørt",
    Position.NOTED: "taget til efterretning",
}
Content = dict[str, Any]


def shown_count(kind: str, number: int | None) -> str:
    """Return a number of patients in words; an empty text where nothing is stated (rule 17)."""
    if kind == CountKind.NUMBER:
        return str(PatientCount.of(number))
    return {CountKind.FEW.value: "1–4", CountKind.UNKNOWN.value: "ukendt"}.get(kind, "")


def shown_amount(content: Content, name: str) -> str:
    """Return an amount in kroner; an empty text where none is stated."""
    amount = content.get(name)
    return "" if amount is None else f"{number_format(amount, force_grouping=True)} kr."


def shown_number(content: Content, name: str) -> str:
    """Return a whole number; an empty text where none is stated."""
    number = content.get(name)
    return "" if number is None else number_format(number, force_grouping=True)


@dataclass(frozen=True)
class MatrixRow:
    """One party's line in the consequence matrix; texts are empty where nothing is said."""

    standing: PartyStanding
    url: str
    guess: str = ""

    @property
    def content(self) -> Content:
        """The submitted response; empty before the first."""
        return self.standing.version.content if self.standing.version else {}

    @property
    def position(self) -> str:
        """The position in words."""
        return self.standing.position.label if self.standing.position else ""

    @property
    def kind(self) -> str:
        """The kind of badge for the position."""
        return KINDS.get(self.standing.position or "", "")

    @property
    def is_overdue(self) -> bool:
        """Whether the deadline is past without a response."""
        return self.standing.is_overdue()

    @property
    def patients(self) -> str:
        """The party's own number of patients."""
        return shown_count(self.content.get("patients_kind", ""), self.content.get("patients_number"))

    @property
    def differing_guess(self) -> str:
        """The initiator's number, where it is another than the party's own: both are kept."""
        return self.guess if self.guess != self.patients else ""

    def text(self, key: str) -> str:
        """Return a free text of the response."""
        return str(self.content.get("answers", {}).get(key, ""))

    @property
    def competences(self) -> str:
        """What the party says of its competences."""
        return self.text("competences")

    @property
    def capacity(self) -> str:
        """What it says of its capacity."""
        return self.text("capacity")

    @property
    def clinics(self) -> str:
        """What general practice says of who joins, for what fee and time, in one line (rule 4)."""
        joined = shown_number(self.content, "clinics_joined")
        said = [f"{joined} af {shown_number(self.content, 'clinics_total')} klinikker tilsluttet"] if joined else []
        if fee := shown_amount(self.content, "fee"):
            said.append(f"honorar {fee} pr. patient")
        if hours := shown_number(self.content, "hours_per_year"):
            said.append(f"{hours} timer om året")
        return ", ".join(said)

    @property
    def quality(self) -> str:
        """How it secures quality with itself (rule 5)."""
        return self.text("quality")

    @property
    def equipment(self) -> str:
        """What it says of utensils, devices and aids."""
        return self.text("utensils")

    @property
    def has_saving(self) -> bool:
        """Whether the party expects to save money."""
        return bool(self.content.get("annual_saving"))

    @property
    def is_economy_open(self) -> bool:
        """Whether the party has said that its economy cannot be stated yet."""
        return self.content.get("economy_known") == EconomyKnown.NOT_YET

    @property
    def goals(self) -> list[str]:
        """The shared goals it proposes, one a line."""
        return lines(self.text(GOALS))

    @property
    def amounts(self) -> dict[str, str]:
        """One-off cost, annual cost and annual saving in words, by field name."""
        return {name: shown_amount(self.content, name) if self.content else "" for name in AMOUNTS}


def guesses(case: TransferCase) -> dict[int, str]:
    """Return the initiator's patients per municipality in the newest submitted dialoggrundlag."""
    newest = written(case).newest
    counts = answers(newest).get(COUNTS, {}).get("value") if newest else None
    return {row["organisation"]: shown_count(row["kind"], row["number"]) for row in counts or []}


def matrix(case: TransferCase, standing: Standing) -> list[MatrixRow]:
    """Return the consequence matrix, a row a party."""
    guess = guesses(case)
    return [
        MatrixRow(
            row, reverse("dialogue:response", args=[case.number, row.party.pk]),
            guess.get(row.party.organisation_id, ""),
        )
        for row in standing.rows
    ]  # fmt: skip


def position_counts(standing: Standing) -> list[tuple[str, int, str]]:
    """Return how many parties hold each position, and how many are missing: label, number, kind of colour."""
    counts = standing.counts
    held = [position for position in Position if counts[position]]
    rows = [(SHORT[position], counts[position], KINDS.get(position, "")) for position in held]
    return [*rows, ("mangler", len(standing.missing), "")] if standing.missing else rows


def value_shown(question: FormQuestion, content: Content) -> str:
    """Return the answer to a question in a submitted response, in words."""
    if question.key == PATIENTS:
        return shown_count(content["patients_kind"], content["patients_number"])
    if question.kind == QuestionKind.KRONER:
        return shown_amount(content, question.key)
    if question.kind == QuestionKind.INTEGER:
        return shown_number(content, question.key)
    if question.key in content:
        return str(dict(question.choices).get(content[question.key], ""))
    return str(content["answers"].get(question.key, ""))


def document(version: ResponseVersion, definition: FormDefinition) -> list[dict[str, Any]]:
    """Return a submitted response as parts with the questions that are answered: title and rows."""
    parts = [
        {
            "title": part.title,
            "rows": [
                {"label": question.label, "value": shown}
                for question in part.questions.all()
                if (shown := value_shown(question, version.content))
            ],
        }
        for part in definition.parts.all()
    ]
    return [part for part in parts if part["rows"]]
