"""What the mini-MTV takes from the dialogue: texts of the dialoggrundlag, and the parties' own answers.

A question names its sources as »dialogue_basis:what_happens,party_response:capacity«. This module is the
only one that knows how the dialogue keeps them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime

from core.enums import QuestionKind
from core.models import FormQuestion
from core.patients import PatientCount
from dialogue.basis.content import answers, numbered
from dialogue.basis.queries import written
from dialogue.models import EconomyKnown
from dialogue.responses.queries import PartyStanding, standing
from minimtv.document import Rows
from minimtv.models.tables import LAST_YEAR
from transfers.models import TransferCase

BASIS, RESPONSE = "dialogue_basis", "party_response"
PROSE = (QuestionKind.TEXT, QuestionKind.LONGTEXT)
KRONER = ("one_off_cost", "annual_cost", "annual_saving")
HEADS = {
    "consequences": "Konsekvenser",
    "competences": "Kompetencer",
    "capacity": "Kapacitet",
    "one_off_cost": "Engangsudgift (kr.)",
    "annual_cost": "Drift om året (kr.)",
    "annual_saving": "Besparelse om året (kr.)",
    "uncertainty": "Usikkerhed",
}


@dataclass(frozen=True)
class Proposal:
    """Text for an empty field, and the steps of the dialoggrundlag it stands in."""

    text: str
    steps: tuple[int, ...]

    @property
    def origin(self) -> str:
        """Where it comes from, as the page says it after »Hentet fra:«."""
        return f"dialoggrundlaget, trin {' og '.join(map(str, self.steps))} – ret gerne"


@dataclass(frozen=True)
class PartyTable:
    """One row per affected party, with what it said itself; in the shape of the table include."""

    columns: list[dict[str, Any]]
    rows: list[list[str]]
    foot: list[str]

    def as_content(self) -> dict[str, Any]:
        """Return plain data for a frozen version."""
        return asdict(self)


def keys_from(question: FormQuestion, document: str) -> list[str]:
    """Return the keys a question takes from one document."""
    named = (entry.strip().partition(":") for entry in question.source.split(","))
    return [key for name, _, key in named if name == document]


def proposals(case: TransferCase, questions: Iterable[FormQuestion]) -> dict[str, Proposal]:
    """Return proposed texts by question key, from the newest submitted dialoggrundlag."""
    content = written(case).newest
    said = {answer["key"]: (step, answer) for step, answer in numbered(content)} if content else {}
    found = {q.key: proposal([said[key] for key in keys_from(q, BASIS) if key in said]) for q in questions}
    return {key: made for key, made in found.items() if made.text}


def proposal(answers: list[tuple[int, dict[str, Any]]]) -> Proposal:
    """Join what is answered: prose as it stands, figures and choices after their question."""
    told = [(step, answer) for step, answer in answers if answer["shown"]]
    text = "\n\n".join(a["shown"] if a["kind"] in PROSE else f"{a['label']}\n{a['shown']}" for _, a in told)
    return Proposal(text, tuple(sorted({step for step, _ in told})))


def economy_proposal(case: TransferCase) -> Rows:
    """Return the initiator's economy as the newest submitted dialoggrundlag has it: one-off in year 0, then by year."""
    content = written(case).newest
    said = {key: answer["value"] for key, answer in answers(content).items()} if content else {}
    count = said.get("patients_total")
    running = {name: said.get(name) for name in ("annual_cost", "annual_saving")}
    running["patients"] = PatientCount.of(count) if count is not None else None
    first = {"year": 0, "one_off_cost": said.get("one_off_cost"), **dict.fromkeys(running)}
    later = ({"year": year, "one_off_cost": None, **running} for year in range(1, LAST_YEAR + 1))
    return Rows(tuple(row for row in (first, *later) if any(v is not None for k, v in row.items() if k != "year")))


def party_tables(case: TransferCase, questions: Iterable[FormQuestion]) -> dict[str, PartyTable]:
    """Return, by question key, what the affected parties have answered themselves (S4.6)."""
    wanted = {q.key: keys_from(q, RESPONSE) for q in questions}
    wanted = {key: names for key, names in wanted.items() if names}
    rows = standing(case).rows if wanted else ()
    return {key: table_of(names, rows) for key, names in wanted.items()} if rows else {}


def table_of(names: list[str], parties: Iterable[PartyStanding]) -> PartyTable:
    """Lay out some answers of every party; amounts are added up."""
    found = [(party, party.version.content if party.version else None) for party in parties]
    said = [(str(party.organisation), content) for party, content in found]
    columns = [{"label": HEADS.get(name, name), "number": name in KRONER} for name in names]
    rows = [[str(p.organisation), *(cell(content, name) for name in names), source(p)] for p, content in found]
    foot = ["I alt", *(total(said, name) for name in names), ""] if set(names) & set(KRONER) else []
    heads = [{"label": "Part", "number": False}, *columns, {"label": "Kilde", "number": False}]
    return PartyTable(heads, rows, foot)


def source(party: PartyStanding) -> str:
    """Return where a party's line comes from: its own response, by version and day."""
    if party.version is None:
        return "–"
    return f"Svar, version {party.version.number}, {date_format(localtime(party.version.submitted_at), 'j. F Y')}"


def cell(content: dict[str, Any] | None, name: str) -> str:
    """Return what one party said; a party that has not answered, or cannot state its economy yet, says so."""
    if content is None:
        return "Ikke svaret"
    if name not in KRONER:
        return str(content["answers"].get(name) or "–")
    if content["economy_known"] == EconomyKnown.NOT_YET:
        return "Kan ikke opgøres endnu"
    return amount(content[name])


def total(said: list[tuple[str, dict[str, Any] | None]], name: str) -> str:
    """Return the sum of the amounts that are stated; empty for a column of texts."""
    if name not in KRONER:
        return ""
    stated = [content[name] for _, content in said if content and content[name] is not None]
    return amount(sum(stated)) if stated else "–"


def amount(value: int | None) -> str:
    """Return an amount with thousands apart; a dash when it is not stated."""
    return "–" if value is None else number_format(value, force_grouping=True)
