"""What the tables of the mini-MTV ask, and how their rows are read from the database and shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from django.utils.formats import date_format, number_format

from core.patients import PatientCount
from dialogue.enums import CountKind
from minimtv.document import Row, Rows, ShownTable
from minimtv.enums import EvidenceLevel, Likelihood
from minimtv.models import EconomyRange, EconomyYear, Effect, LiteratureSearch, Reference, Risk, SheetRow
from minimtv.models.tables import LAST_YEAR

DASH = "–"


class Kind(Enum):
    """How a column is answered."""

    LINE = "line"
    PROSE = "prose"
    DATE = "date"
    LEVEL = "level"
    LIKELIHOOD = "likelihood"
    NUMBER = "number"
    KRONER = "kroner"
    PATIENTS = "patients"
    YEAR = "year"


CHOICES = {Kind.LEVEL: EvidenceLevel, Kind.LIKELIHOOD: Likelihood}
FIGURES = (Kind.NUMBER, Kind.KRONER, Kind.PATIENTS)
READ: dict[Kind, Callable[[str], Any]] = {
    Kind.DATE: date.fromisoformat, Kind.LEVEL: int, Kind.NUMBER: Decimal, Kind.KRONER: int, Kind.YEAR: int,
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column: the field it is stored in, its heading, and how it is answered."""

    name: str
    label: str
    kind: Kind
    longest: int = 0
    is_signed: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns of the database; a number of patients takes two (rule 17)."""
        return ("patients_kind", "patients_number") if self.kind is Kind.PATIENTS else (self.name,)

    def read(self, stored: Mapping[str, str | None]) -> Any:
        """Return the value of a stored row, whose columns come as texts."""
        if self.kind is Kind.PATIENTS:
            return count_of(stored["patients_kind"] or "", stored["patients_number"])
        text = stored[self.name]
        if self.kind in READ:
            return READ[self.kind](text) if text else None
        return text or ""

    def store(self, value: Any) -> dict[str, Any]:
        """Return a value as the columns of the database take it."""
        if self.kind is Kind.PATIENTS:
            return dict(zip(self.fields, kind_of(value), strict=True))
        return {self.name: value}

    def shown(self, value: Any) -> str:
        """Return a value in words; a dash where there is none."""
        if value in (None, ""):
            return DASH
        if self.kind in CHOICES:
            return str(CHOICES[self.kind](value).label)
        if self.kind is Kind.DATE:
            return str(date_format(value, "j. F Y"))
        if isinstance(value, Decimal):
            value = format(value.normalize(), "f")
        return figure(value) if self.kind in (Kind.NUMBER, Kind.KRONER) else str(value)


def figure(value: int | str) -> str:
    """Return a figure with thousands apart and a real minus."""
    return str(number_format(value, force_grouping=True)).replace("-", "−")


def count_of(kind: str, number: str | None) -> PatientCount | None:
    """Return a stored number of patients; None where nothing is stated."""
    if not kind:
        return None
    return PatientCount(1, 4) if kind == CountKind.FEW else PatientCount.of(int(number) if number else None)


def kind_of(count: PatientCount | None) -> tuple[str, int | None]:
    """Return how a number of patients is stored: 1 to 4 are never told apart."""
    if count is None:
        return "", None
    if not count.is_known:
        return CountKind.UNKNOWN.value, None
    exact = count.low == count.high
    return (CountKind.NUMBER.value, count.low) if exact else (CountKind.FEW.value, None)


@dataclass(frozen=True)
class Table:
    """One table: the question it stands beside, its words, its columns, and how many rows are fixed."""

    key: str
    question: str
    caption: str
    hint: str
    model: type[SheetRow]
    columns: tuple[Column, ...]
    fixed: int = 0

    @property
    def asked(self) -> tuple[Column, ...]:
        """The columns somebody fills in."""
        return tuple(column for column in self.columns if column.kind is not Kind.YEAR)

    @property
    def row_name(self) -> str:
        """What a row is called before its number."""
        return "år" if self.fixed else "række"

    def is_blank(self, row: Row) -> bool:
        """Whether nothing is said in a row."""
        return all(row[column.name] in (None, "") for column in self.asked)

    def shown(self, rows: Rows) -> ShownTable:
        """Return the rows as a table to read."""
        heads = [{"label": column.label, "number": column.kind in FIGURES} for column in self.columns]
        cells = [[self.cell(column, row) for column in self.columns] for row in rows.rows]
        return ShownTable(self.question, self.caption, heads, cells)

    def cell(self, column: Column, row: Row) -> str:
        """Return one cell in words."""
        return f"År {row[column.name]}" if column.kind is Kind.YEAR else column.shown(row[column.name])


ALL = (
    Table("searches", "q6", "Søgninger", "Én række for hver søgning.", LiteratureSearch, (
        Column("database", "Database eller kilde", Kind.LINE, 200),
        Column("terms", "Søgeord", Kind.PROSE, 1000),
        Column("searched_on", "Dato for søgningen", Kind.DATE))),
    Table("references", "q7", "De vigtigste kilder",
          "Lad evidensniveauet stå tomt, hvis I ikke kender det.", Reference, (
        Column("reference", "Reference", Kind.PROSE, 1000),
        Column("level", "Evidensniveau", Kind.LEVEL),
        Column("finding", "Hvad viser den?", Kind.PROSE, 1000))),
    Table("effects", "q8", "Effektens størrelse", "Skriv forskellen som et tal, fx −16,5.", Effect, (
        Column("outcome", "Hvad er målt?", Kind.LINE, 300),
        Column("comparator", "Sammenlignet med", Kind.LINE, 300),
        Column("number", "Forskel", Kind.NUMBER, is_signed=True),
        Column("unit", "Enhed", Kind.LINE, 100))),
    Table("risks", "q9", "Risici", "Én række for hver risiko.", Risk, (
        Column("risk", "Risiko", Kind.PROSE, 1000),
        Column("likelihood", "Sandsynlighed", Kind.LIKELIHOOD),
        Column("mitigation", "Sådan forebygges den", Kind.PROSE, 1000))),
    Table("economy", "q24", "Jeres egen økonomi år for år (kr.)",
          "År 0 er det år, opgaven flytter. Skriv kun jeres egne tal. Parternes tal hentes fra deres svar.",
          EconomyYear, (
        Column("year", "År", Kind.YEAR),
        Column("one_off_cost", "Engangsudgift", Kind.KRONER),
        Column("annual_cost", "Drift", Kind.KRONER),
        Column("annual_saving", "Besparelse", Kind.KRONER),
        Column("patients", "Patienter", Kind.PATIENTS)), fixed=LAST_YEAR + 1),
    Table("ranges", "q26", "Usikkerhed: mer- eller mindreudgift om året (kr.)",
          "Skriv en mindreudgift med minus, fx −250.000.", EconomyRange, (
        Column("assumption", "Forudsætning", Kind.LINE, 500),
        Column("low", "Lavt skøn", Kind.KRONER, is_signed=True),
        Column("likely", "Sandsynligt skøn", Kind.KRONER, is_signed=True),
        Column("high", "Højt skøn", Kind.KRONER, is_signed=True))),
)  # fmt: skip
BY_KEY: dict[str, Table] = {table.key: table for table in ALL}
BY_QUESTION: dict[str, Table] = {table.question: table for table in ALL}
