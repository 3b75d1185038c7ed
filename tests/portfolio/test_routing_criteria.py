"""Each criterion of the choice of forum, at and below its threshold (rule 6)."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from contacts.enums import OrganisationKind
from dialogue.models import Position
from portfolio.routing.criteria import (
    CaseFigures,
    economic_effect,
    general_practice,
    hospitals,
    municipalities,
    patients,
)

MUNICIPALITY, HOSPITAL = OrganisationKind.MUNICIPALITY, OrganisationKind.HOSPITAL


def party(pk: int, kind: str = MUNICIPALITY, position: Position | None = Position.SUPPORT, **content: Any) -> Any:
    """A party as the dialogue tells of it."""
    version = SimpleNamespace(content=content) if position else None
    organisation, row = SimpleNamespace(kind=kind), SimpleNamespace(organisation_id=pk)
    return SimpleNamespace(position=position, version=version, organisation=organisation, party=row)


def figures(*parties: Any, kind: str = HOSPITAL, **said: Any) -> CaseFigures:
    """A case of organisation 1 with these answers and parties."""
    return CaseFigures(1, kind, {key: {"value": value} for key, value in said.items()}, parties)


def count(pk: int, number: int | None, kind: str = "number") -> dict[str, Any]:
    return {"organisation": pk, "kind": kind, "number": number}


@pytest.mark.parametrize(("limit", "points"), [(3, True), (4, False)])
def test_municipalities_count_by_their_patients_and_unknown_ones_too(limit: int, points: bool) -> None:
    counts = [count(2, 40), count(3, None, "few"), count(4, None, "unknown"), count(5, 0)]
    found = municipalities(figures(patients_by_municipality=counts), Decimal(limit))
    assert (found.value, found.points_to_portfolio) == ("3", points)


def test_a_municipality_that_is_not_affected_does_not_count() -> None:
    case = figures(party(2, position=Position.UNAFFECTED), patients_by_municipality=[count(2, 40), count(3, 9)])
    assert municipalities(case, Decimal(1)).value == "1"


def test_without_counts_the_affected_municipalities_are_counted() -> None:
    assert municipalities(figures(party(2), party(3, position=None)), Decimal(3)).value == "2"


def test_hospitals_are_counted_besides_the_leading_one() -> None:
    case = figures(party(2, HOSPITAL), party(3))
    assert hospitals(case, Decimal(1)).points_to_portfolio
    assert not hospitals(figures(party(3)), Decimal(1)).points_to_portfolio
    of_a_municipality = figures(party(2, HOSPITAL), kind=MUNICIPALITY)
    assert not hospitals(of_a_municipality, Decimal(1)).points_to_portfolio


@pytest.mark.parametrize(("limit", "points"), [(200, True), (201, False)])
def test_patients_a_year_reach_the_threshold(limit: int, points: bool) -> None:
    found = patients(figures(patients_total=200), Decimal(limit))
    assert (found.value, found.points_to_portfolio) == ("200", points)


def test_the_parties_own_patient_figures_count_when_they_are_higher() -> None:
    counts = [count(2, 100), count(3, 50)]
    case = figures(party(2, patients_number=180), patients_total=150, patients_by_municipality=counts)
    found = patients(case, Decimal(200))
    assert (found.value, found.points_to_portfolio) == ("230", True)
    assert found.note.startswith("150 i dialoggrundlaget")


def test_a_hospital_counts_the_same_patients_as_the_municipalities() -> None:
    counts = [count(2, 60)]
    parties = party(2, patients_number=62), party(3, HOSPITAL, patients_number=60)
    case = figures(*parties, patients_total=60, patients_by_municipality=counts)
    assert patients(case, Decimal(100)).value == "62"


def test_lower_figures_of_the_parties_do_not_lower_the_number() -> None:
    counts = [count(2, 100), count(3, 50)]
    case = figures(party(2, patients_number=20), patients_total=150, patients_by_municipality=counts)
    assert patients(case, Decimal(200)).value == "150"


def test_economic_effect_adds_up_what_each_party_states_itself() -> None:
    case = figures(
        party(2, annual_cost=300_000), party(3, annual_cost=None), annual_cost=150_000, annual_saving=400_000
    )
    found = economic_effect(case, Decimal(450_000))
    assert (found.value, found.points_to_portfolio) == ("450.000 kr.", True)
    assert not economic_effect(case, Decimal(450_001)).points_to_portfolio


@pytest.mark.parametrize(
    ("sectors", "scope", "points"),
    [
        (["general_practice"], "region", True),
        (["municipality"], "region", False),
        (["general_practice"], "catchment", False),
    ],
)
def test_all_general_practice_means_a_task_for_it_in_the_whole_region(
    sectors: list[str], scope: str, points: bool
) -> None:
    found = general_practice(figures(from_sector="hospital", to_sectors=sectors, geographic_scope=scope), Decimal(1))
    assert found is not None
    assert found.points_to_portfolio is points


def test_the_criterion_of_general_practice_can_be_switched_off() -> None:
    assert general_practice(figures(to_sectors=["general_practice"]), Decimal(0)) is None
