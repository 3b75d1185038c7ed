"""The economy adds up to the krone: party by year, sums, cost per patient, and net present value."""

from decimal import Decimal
from itertools import pairwise

import pytest

from core.models import Parameter
from core.parameters import DECLARED
from core.patients import FEW_PATIENTS, UNKNOWN, PatientCount
from minimtv.actions import save_answers
from minimtv.document import Rows
from minimtv.economy import Economy, PartyYears, Year, economy
from minimtv.economy_tables import economy_tables
from minimtv.sources import economy_proposal
from tests.minimtv.casework import dialogue_case, respond
from tests.world import START, World

HUNDRED = PatientCount(100, 100)
OWN = PartyYears("Sygehus", "Mini-MTV", (
    Year(500_000, 0, 0, UNKNOWN),
    *[Year(0, 100_000, 300_001, HUNDRED)] * 4,
))  # fmt: skip
OTHER = PartyYears("Kommune", "Svar v1", (Year(40_000), *[Year(0, 50_000, 0)] * 4))
SILENT = PartyYears("PLO", "Ikke svaret")


def test_every_party_and_year_is_in_the_sums_and_who_has_stated_nothing_is_named() -> None:
    found = Economy((OWN, OTHER, SILENT), Decimal("3.5"))
    assert [year.net for year in found.total] == [540_000, -150_001, -150_001, -150_001, -150_001]
    assert (found.net, sum(party.net for party in found.stated)) == (-60_004, -60_004)
    assert found.lacking == ["PLO"]
    party, by_year = economy_tables(found)
    assert party.rows[2] == ["PLO", "–", "–", "–", "–", "–", "–", "Ikke svaret"]
    assert party.foot == ["I alt", "540.000", *["−150.001"] * 4, "−60.004", ""]
    assert by_year.foot == ["I alt", "540.000", "600.000", "1.200.004", "−60.004", "", ""]
    assert "PLO" in party.note


def test_the_present_value_is_rounded_once_at_the_end() -> None:
    found = Economy((OWN, OTHER), Decimal("3.5"))
    by_hand = sum((-Decimal(150_001) / Decimal("1.035") ** t for t in range(1, 5)), Decimal(540_000))
    assert found.present_value == int(by_hand.to_integral_value())
    assert found.present_value == -10_966
    assert Economy((OWN, OTHER), Decimal(0)).present_value == found.net


def test_cost_per_patient_follows_what_is_known_of_the_patients() -> None:
    assert Year(0, 100_050, 0, HUNDRED).per_patient == (1_001, 1_001)
    assert Year(0, 0, 4_000, FEW_PATIENTS).per_patient == (-4_000, -1_000)
    assert Year(0, 4_000, 0, UNKNOWN).per_patient is None
    assert Year(0, 4_000, 0, PatientCount(0, 0)).per_patient is None


@pytest.mark.django_db
def test_the_parties_figures_are_their_own_and_the_rate_is_data(world: World) -> None:
    case = dialogue_case(world)
    respond(world, case, "aalborg", one_off_cost=120_000, annual_cost=1_550_000, annual_saving=50_000)
    assert DECLARED["minimtv.discount_rate"].refusal(Decimal("2.75")) == ""
    Parameter.objects.create(key="minimtv.discount_rate", value=Decimal(5), valid_from=START)
    found = economy(case, economy_proposal(case))
    own, *others = found.parties
    assert [year.net for year in own.years] == [350_000, *[-3_500_000] * 4]
    assert [(p.name, p.source) for p in others] == [
        ("Rebild Kommune", "Ikke svaret"), ("Aalborg Kommune", "Svar v1"),
    ]  # fmt: skip
    assert [year.net for year in others[1].years] == [120_000, *[1_500_000] * 4]
    assert found.net == 350_000 + 120_000 - 4 * 2_000_000
    assert found.rate == 5
    falling = [abs(Decimal(-2_000_000) / Decimal("1.05") ** t) for t in range(1, 5)]
    assert all(sooner > later for sooner, later in pairwise(falling))
    assert found.present_value == int((470_000 - sum(falling, Decimal(0))).to_integral_value())


@pytest.mark.django_db
def test_the_dialoggrundlag_is_proposed_until_the_initiator_has_stored_its_own(world: World) -> None:
    case = dialogue_case(world)
    assert [row["year"] for row in economy_proposal(case).rows] == [0, 1, 2, 3, 4]
    assert economy_proposal(case).rows[1]["patients"] == PatientCount(420, 420)
    own = Rows(({"year": 2, "one_off_cost": None, "annual_cost": 7, "annual_saving": None, "patients": FEW_PATIENTS},))
    save_answers(case=case, viewer=world.viewer("leader"), given={"economy": own})
    found = economy(case, own)
    assert [year.net for year in found.parties[0].years] == [0, 0, 7, 0, 0]
