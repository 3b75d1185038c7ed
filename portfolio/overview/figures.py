"""The figures of the overview: each counts cases, and each leads to the list of exactly those."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from contacts.enums import OrganisationKind
from contacts.naming import named
from portfolio.overview.queries import AGES, HOSPITALS, UNDER_WAY, Heap
from transfers.enums import PARTY_KINDS, Stage

LIST = "#sager"
NARROW = {
    Stage.LOCAL_FORUM: "Samarbejds\u00adforum",
    Stage.PORTFOLIO: "Porteføljestyregruppen",
    Stage.ADMINISTRATIVE: "Den Administrative Styregruppe",
    Stage.ACTIVE: "Aftalen gælder",
}  # what does not fit a narrow column otherwise


@dataclass(frozen=True)
class Column:
    """A stage: how many cases, how many of them late, and how many days the oldest has been there."""

    label: str
    count: int
    late: int
    oldest: int | None
    url: str

    @property
    def note(self) -> str:
        """The oldest and the late ones in words; »–« for an empty stage."""
        if self.oldest is None:
            return "–"
        return f"ældste {days(self.oldest)}" + (f" · {self.late} overskredet" if self.late else "")


@dataclass(frozen=True)
class Chart:
    """One question to the portfolio: bars with their figures, each with the address of its list."""

    title: str
    head: str
    rows: list[tuple[str, int, str]]


def days(number: int) -> str:
    """Return a number of days in words."""
    return f"{number} dag" if number == 1 else f"{number} dage"


def columns(heaps: Sequence[Heap], today: date) -> list[Column]:
    """Return every stage under way, in the order cases pass through them."""
    return [column(stage, [heap for heap in heaps if heap.stage == stage], today) for stage in UNDER_WAY]


def column(stage: Stage, heaps: Sequence[Heap], today: date) -> Column:
    """Return one stage."""
    oldest = min((heap.oldest for heap in heaps), default=None)
    waited = (today - oldest).days if oldest else None
    late = sum(heap.count for heap in heaps if heap.late)
    label = named(NARROW.get(stage, stage.label)).replace("jestyregruppe", "je\u00adstyregruppe")
    url = f"?stadie={stage}{LIST}"
    return Column(label, sum(heap.count for heap in heaps), late, waited, url)


def charts(heaps: Sequence[Heap], places: Iterable[Any]) -> list[Chart]:
    """Return the portfolio by kind of initiator, hospital, municipality and age."""
    kinds, ages = counted((h.kind, h.count) for h in heaps), counted((h.age, h.count) for h in heaps)
    started = counted((h.initiator, h.count) for h in heaps)
    involved = [(place, place.asked + started[place.pk]) for place in places]
    shown = [(place, number) for place, number in involved if number or place.active]
    hospitals = [pair for pair in shown if pair[0].kind in HOSPITALS]
    municipalities = [pair for pair in shown if pair[0].kind == OrganisationKind.MUNICIPALITY]
    return [
        Chart("Sager efter initiativtager", "Initiativtager",
              [(kind.label, kinds[kind], f"?initiativ={kind}{LIST}") for kind in PARTY_KINDS]),
        Chart("Sager efter dage i stadiet", "Dage i stadiet",
              [(age.label, ages[age.code], f"?alder={age.code}{LIST}") for age in AGES]),
        Chart("Sager efter sygehus, som initiativtager eller part", "Sygehus",
              [(p.name, number, f"?sygehus={p.pk}{LIST}") for p, number in hospitals]),
        Chart("Sager efter kommune, som initiativtager eller part", "Kommune",
              [(p.name, number, f"?kommune={p.pk}{LIST}") for p, number in municipalities]),
    ]  # fmt: skip


def counted(pairs: Iterable[tuple[Any, int]]) -> Counter[Any]:
    """Add up the counts of each key."""
    total: Counter[Any] = Counter()
    for key, number in pairs:
        total[key] += number
    return total
