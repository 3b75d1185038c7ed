"""The criteria of the choice of forum: what the case says, the threshold, and where each one points (rule 6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.formats import number_format

from contacts.enums import OrganisationKind
from contacts.naming import named
from dialogue.enums import BasisSector, CountKind, GeographicScope
from dialogue.models import Position
from dialogue.responses.queries import PartyStanding

HOSPITALS = (OrganisationKind.HOSPITAL, OrganisationKind.PSYCHIATRY)
Thresholds = Mapping[str, Decimal]


@dataclass(frozen=True)
class Criterion:
    """One row of »Kriterium, Sagen, Grænse, Peger på«; `note` tells where the value comes from."""

    label: str
    value: str
    threshold: str
    points_to_portfolio: bool
    note: str = ""

    @property
    def points_to(self) -> str:
        """The forum the criterion points to, in words."""
        return named("Porteføljestyregruppen") if self.points_to_portfolio else "Samarbejdsforum"


@dataclass(frozen=True)
class CaseFigures:
    """What the criteria look at: the newest submitted dialoggrundlag and the parties' responses.

    `said` holds the answers by question key. A party that is »ikke berørt« counts nowhere.
    """

    initiator_id: int
    initiator_kind: str
    said: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    parties: tuple[PartyStanding, ...] = ()

    def value(self, key: str) -> Any:
        """Return a stored answer of the dialoggrundlag, None where there is none."""
        return self.said.get(key, {}).get("value")

    @cached_property
    def affected(self) -> list[PartyStanding]:
        """The parties that have not answered »ikke berørt«."""
        return [row for row in self.parties if row.position != Position.UNAFFECTED]

    @cached_property
    def own(self) -> dict[int, dict[str, Any]]:
        """What the parties have stated themselves, by organisation."""
        return {row.party.organisation_id: row.version.content for row in self.affected if row.version}

    @cached_property
    def patients_by_municipality(self) -> dict[int, int | None]:
        """The initiator's figure by municipality; None where it is »1–4« or »ukendt«."""
        gone = {row.party.organisation_id for row in self.parties} - {r.party.organisation_id for r in self.affected}
        rows = self.value("patients_by_municipality") or []
        stated = {row["organisation"]: row["number"] if row["kind"] == CountKind.NUMBER else None for row in rows}
        return {pk: number for pk, number in stated.items() if number != 0 and pk not in gone}

    @cached_property
    def patients_by_the_parties(self) -> int:
        """What the parties' own figures come to: municipalities add up, others count the same patients once more."""
        stated: dict[int, int] = {
            pk: own["patients_number"] for pk, own in self.own.items() if own.get("patients_number")
        }
        kinds = {row.party.organisation_id: row.organisation.kind for row in self.affected}
        local = {pk: number for pk, number in stated.items() if kinds[pk] == OrganisationKind.MUNICIPALITY}
        added = sum(number or 0 for number in (self.patients_by_municipality | local).values()) if local else 0
        return max([added, *stated.values()])

    def total(self, name: str) -> int:
        """Add up an amount: the initiator's own estimate and each party's own (S4.6)."""
        return sum([self.value(name) or 0, *(content.get(name) or 0 for content in self.own.values())])


def shown(number: int | Decimal) -> str:
    """Return a number as Danish readers write it."""
    return number_format(int(number), force_grouping=True)


def or_more(limit: Decimal, unit: str = "") -> str:
    """Return a threshold in words."""
    return f"{shown(limit)}{unit} eller flere"


def municipalities(case: CaseFigures, limit: Decimal) -> Criterion:
    """How many municipalities have patients in the case; those of the parties where no count is given."""
    by_party = [row for row in case.affected if row.organisation.kind == OrganisationKind.MUNICIPALITY]
    number = len(case.patients_by_municipality) or len(by_party)
    return Criterion("Kommuner med patienter", shown(number), or_more(limit), number >= limit)


def hospitals(case: CaseFigures, limit: Decimal) -> Criterion:
    """How many hospitals take part besides the leading one (several hospitals: one leads)."""
    found = {row.party.organisation_id for row in case.affected if row.organisation.kind in HOSPITALS}
    if case.initiator_kind in HOSPITALS:
        found.add(case.initiator_id)
    number = max(0, len(found) - 1)
    return Criterion("Sygehuse ud over det førende", shown(number), or_more(limit), number >= limit)


def patients(case: CaseFigures, limit: Decimal) -> Criterion:
    """Patients a year: the initiator's figure, or what the parties' own figures come to when that is more."""
    first = case.value("patients_total")
    number = max(first or 0, case.patients_by_the_parties)
    note = f"{shown(first)} i dialoggrundlaget, flere efter parternes egne tal" if first and number > first else ""
    value = shown(number) if number else "Ukendt"
    return Criterion("Patienter om året", value, or_more(limit), number >= limit, note)


def economic_effect(case: CaseFigures, limit: Decimal) -> Criterion:
    """The larger of all yearly costs and all yearly savings, each party's own figures included (fortolkning)."""
    cost, saving = case.total("annual_cost"), case.total("annual_saving")
    number = max(cost, saving)
    note = f"Udgifter {shown(cost)} kr., besparelser {shown(saving)} kr., parternes egne tal medregnet"
    return Criterion(
        "Økonomisk virkning om året", f"{shown(number)} kr.", f"{shown(limit)} kr. eller mere", number >= limit, note
    )


def general_practice(case: CaseFigures, limit: Decimal) -> Criterion | None:
    """Whether a task moves to or from general practice in the whole region; left out when the parameter is 0."""
    if not limit:
        return None
    sectors = {case.value("from_sector"), *(case.value("to_sectors") or [])}
    everywhere = case.value("geographic_scope") == GeographicScope.REGION
    points = BasisSector.GENERAL_PRACTICE in sectors and everywhere
    return Criterion("Gælder al almen praksis", "Ja" if points else "Nej", "Ja", points)


CRITERIA: dict[str, Callable[[CaseFigures, Decimal], Criterion | None]] = {
    "routing.municipalities": municipalities,
    "routing.hospitals": hospitals,
    "routing.patients_per_year": patients,
    "routing.economic_effect": economic_effect,
    "routing.all_general_practice": general_practice,
}


def judge(case: CaseFigures, limits: Thresholds) -> tuple[Criterion, ...]:
    """Return every criterion in use, in the order pages show them."""
    found = (make(case, limits[key]) for key, make in CRITERIA.items())
    return tuple(criterion for criterion in found if criterion is not None)
