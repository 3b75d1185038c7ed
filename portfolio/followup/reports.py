"""A follow-up as a page shows it: expected against measured, and the parties' own figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from dialogue.models import EconomyKnown
from dialogue.responses.reports import shown_count
from portfolio.agreements.content import figure
from portfolio.followup.queries import Told, wording_of
from portfolio.models import FollowUp, Measurement, PartyOutcome

MET = {True: ("Nået", "success"), False: ("Ikke nået", "warning"), None: ("Ikke målt", "")}


@dataclass(frozen=True)
class Result:
    """One indicator: what was expected and what came, in words, and as two bars on one scale."""

    name: str
    baseline: str
    expected: str
    measured: str
    verdict: str
    kind: str
    bars: list[tuple[str, Decimal]]


@dataclass(frozen=True)
class Shown:
    """A recorded follow-up with everything a reader needs."""

    row: FollowUp
    patients: str
    words: dict[str, str]
    results: list[Result] = field(default_factory=list)
    parties: list[list[str]] = field(default_factory=list)

    @property
    def tally(self) -> str:
        """How many of the expected results came, in words."""
        met = sum(result.kind == "success" for result in self.results)
        return f"{met} af {len(self.results)} forventede resultater er nået" if self.results else ""


def shown(told: Told) -> Shown:
    """Return a follow-up as a page shows it."""
    return Shown(
        told.row, shown_count(told.row.patients_kind, told.row.patients_number) or "Ikke oplyst",
        {question.key: question.label for question in wording_of(told.row).questions},
        [result(m) for m in told.measurements], party_rows(told.outcomes),
    )  # fmt: skip


def result(row: Measurement) -> Result:
    """Return one measured indicator."""
    unit = f" {row.indicator.unit}" if row.indicator.unit else ""
    verdict, kind = MET[row.is_met]
    pairs = (("Udgangspunkt", row.baseline), ("Forventet", row.expected), ("Målt", row.measured))
    bars = [(label, value) for label, value in pairs if value is not None]
    return Result(
        name=row.indicator.name, baseline=in_unit(row.baseline, unit), measured=in_unit(row.measured, unit),
        expected=f"{row.get_aim_display().lower()} {in_unit(row.expected, unit)}" if row.expected is not None else "–",
        verdict=verdict, kind=kind, bars=bars if all(value >= 0 for _, value in bars) else [],
    )  # fmt: skip


def in_unit(value: Decimal | None, unit: str) -> str:
    """Return a figure with its unit; »–« for none."""
    return "–" if value is None else f"{figure(value)}{unit}"


def party_row(row: Any) -> list[str]:
    """Return a party's own figures in words."""
    patients = shown_count(row.patients_kind, row.patients_number) or "–"
    if row.economy_known == EconomyKnown.NOT_YET:
        return [str(row.party), "Kan ikke opgøres endnu", "–", "–", patients, row.note or "–"]
    amounts = [kroner(row.one_off_cost), kroner(row.annual_cost), kroner(row.annual_saving)]
    return [str(row.party), *amounts, patients, row.note or "–"]


def kroner(amount: int | None) -> str:
    """Return an amount in words; »–« for none."""
    return "–" if amount is None else f"{figure(amount)} kr."


PARTY_COLUMNS: list[dict[str, Any]] = [
    {"label": "Part"}, {"label": "Engangsudgift", "number": True}, {"label": "Årlig drift", "number": True},
    {"label": "Årlig besparelse", "number": True}, {"label": "Patienter om året", "number": True},
    {"label": "Bemærkning"},
]  # fmt: skip


def party_rows(rows: Iterable[PartyOutcome]) -> list[list[str]]:
    """Return the figures of several parties."""
    return [party_row(row) for row in rows]
