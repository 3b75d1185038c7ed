"""Quality check: the weak spots that studies of Danish mini-HTAs report. It advises and never blocks.

The thresholds are our reading of »without substance«; the five spots are the design's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from minimtv.document import Document, Given, Item

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


def says_nothing(given: Given) -> bool:
    """Whether the question was answered with »ikke relevant«."""
    return given.not_relevant


def search(given: Given) -> str:
    """Missing search or selection of literature (question 6)."""
    if says_nothing(given) or not SEARCHED.search(given.text):
        return "Skriv, hvor og hvordan der er søgt efter litteratur og erfaringer."
    return "" if SELECTED.search(given.text) else "Skriv også, hvordan kilderne er valgt ud."


def effect(given: Given) -> str:
    """No effect size (question 8)."""
    if says_nothing(given) or not NUMBER.search(given.text):
        return "Effekten er ikke angivet med et tal. Skriv, hvor stor den er, og hvad den sammenlignes med."
    return ""


def patients(given: Given) -> str:
    """Patient perspective without substance (questions 13 and 14)."""
    if says_nothing(given) or len(given.text.split()) < FEW_WORDS:
        return "Patienternes side er kort beskrevet. Skriv, hvad det betyder for dem, og hvor I ved det fra."
    return ""


def others_economy(given: Given) -> str:
    """Economy outside the own organisation missing (question 25)."""
    if says_nothing(given) or not NUMBER.search(given.text):
        return "Der er ingen tal for de andre parters økonomi. Brug parternes egne skøn."
    return ""


def uncertainty(given: Given) -> str:
    """No uncertainty stated (question 26)."""
    if says_nothing(given) or not NUMBER.search(given.text):
        return "Usikkerheden er ikke angivet med tal. Skriv et lavt, et sandsynligt og et højt skøn."
    return ""


CHECKS: dict[str, Callable[[Given], str]] = {
    "q6": search,
    "q8": effect,
    "q13": patients,
    "q14": patients,
    "q25": others_economy,
    "q26": uncertainty,
}


def advice_on(item: Item) -> Advice | None:
    """Return what would make an answer stronger; None when nothing is said yet or nothing is lacking."""
    check = CHECKS.get(item.key)
    text = check(item.given) if check and item.given.is_answered else ""
    return Advice(item.number, item.key, text) if text else None


def weak_spots(document: Document) -> list[Advice]:
    """Return the weak spots of all that is answered, in the order of the questions."""
    found = (advice_on(item) for item in document.items)
    return [advice for advice in found if advice]
