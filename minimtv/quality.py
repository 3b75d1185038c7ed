"""Quality check: the weak spots that studies of Danish mini-HTAs report. It advises and never blocks.

The thresholds are our reading of »without substance«; the five spots are the design's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from minimtv.document import Document, Given, Item, Rows

FEW_WORDS = 15
NUMBER = re.compile(r"\d")
SEARCHED = re.compile(r"søg|pubmed|medline|embase|cochrane|cinahl|database|litteratur", re.IGNORECASE)
SELECTED = re.compile(r"valg|udvælg|udvalgt|inklu|eksklu|fravalg|kriteri|sorter", re.IGNORECASE)


@dataclass(frozen=True)
class Advice:
    """One weak spot: the question and what would mend it."""

    number: int
    key: str
    text: str

    def as_content(self) -> dict[str, Any]:
        """Return plain data for a frozen version."""
        return asdict(self)


@dataclass(frozen=True)
class Beside:
    """What stands beside the texts: the tables' rows by key, and whether other parties have stated their economy."""

    rows: Mapping[str, Rows] = field(default_factory=dict)
    others_stated: bool = False

    def says(self, table: str, *columns: str) -> bool:
        """Whether some row of a table has an answer in all these columns."""
        rows = self.rows.get(table, Rows()).rows
        return any(all(row[column] not in (None, "") for column in columns) for row in rows)


NOTHING = Beside()


def has(given: Given, wanted: re.Pattern[str]) -> bool:
    """Whether the question was answered with a text that holds something."""
    return not given.not_relevant and bool(wanted.search(given.text))


def search(given: Given, beside: Beside) -> str:
    """Missing search or selection of literature (question 6)."""
    if not has(given, SEARCHED) and not beside.says("searches", "database"):
        return "Skriv, hvor og hvordan der er søgt efter litteratur og erfaringer."
    return "" if has(given, SELECTED) else "Skriv også, hvordan kilderne er valgt ud."


def effect(given: Given, beside: Beside) -> str:
    """No effect size (question 8); one in the table says what it is compared with."""
    if beside.says("effects", "number"):
        compared = beside.says("effects", "number", "comparator")
        return "" if compared else "Skriv, hvad effekten er sammenlignet med."
    if not has(given, NUMBER):
        return "Effekten er ikke angivet med et tal. Skriv, hvor stor den er, og hvad den sammenlignes med."
    return ""


def patients(given: Given, beside: Beside) -> str:
    """Patient perspective without substance (questions 13 and 14)."""
    if given.not_relevant or len(given.text.split()) < FEW_WORDS:
        return "Patienternes side er kort beskrevet. Skriv, hvad det betyder for dem, og hvor I ved det fra."
    return ""


def others_economy(given: Given, beside: Beside) -> str:
    """Economy outside the own organisation missing (question 25)."""
    if not has(given, NUMBER) and not beside.others_stated:
        return "Der er ingen tal for de andre parters økonomi. Brug parternes egne skøn."
    return ""


def uncertainty(given: Given, beside: Beside) -> str:
    """No uncertainty stated, or one whose low figure is above the high one (question 26)."""
    if beside.says("ranges", "low", "high"):
        return "" if ranges_rise(beside) else "Et lavt skøn er højere end det høje. Byt om på dem."
    if not has(given, NUMBER):
        return "Usikkerheden er ikke angivet med tal. Skriv et lavt, et sandsynligt og et højt skøn."
    return ""


def ranges_rise(beside: Beside) -> bool:
    """Whether the figures of every range rise from low over likely to high."""
    stated = [[row[name] for name in ("low", "likely", "high")] for row in beside.rows["ranges"].rows]
    known = [[figure for figure in row if figure is not None] for row in stated]
    return all(row == sorted(row) for row in known)


CHECKS: dict[str, Callable[[Given, Beside], str]] = {
    "q6": search,
    "q8": effect,
    "q13": patients,
    "q14": patients,
    "q25": others_economy,
    "q26": uncertainty,
}


def advice_on(item: Item, beside: Beside) -> Advice | None:
    """Return what would make an answer stronger; None when nothing is said yet or nothing is lacking."""
    check = CHECKS.get(item.key)
    text = check(item.given, beside) if check and item.given.is_answered else ""
    return Advice(item.number, item.key, text) if text else None


def weak_spots(document: Document, beside: Beside = NOTHING) -> list[Advice]:
    """Return the weak spots of all that is answered, in the order of the questions."""
    found = (advice_on(item, beside) for item in document.items)
    return [advice for advice in found if advice]
