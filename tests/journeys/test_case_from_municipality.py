"""A case in a real browser from a municipality to the region: two hospitals go live, and one does not join."""

from __future__ import annotations

from datetime import timedelta

from django.utils.timezone import localdate

from contacts.enums import Function, OrganisationKind
from core.definitions import current
from dialogue.responses.actions.parties import close_dialogue, open_dialogue
from minimtv.actions import save_answers, sign_off
from minimtv.document import Given
from portfolio.routing.actions import route
from tests import scenario
from tests.journeys import agreeing, early, forums
from tests.journeys.conftest import Visit, give_passwords
from tests.portfolio.gatherings import held
from tests.world import World
from transfers.models import TransferCase

TITLE = "Genoptræning efter hjerneskade samles i regionen"
RECEIVERS = {
    "hospital": "Aalborg Universitetshospital", "other_hospital": "Regionshospital Nordjylland",
    "psychiatry": "Psykiatrien i Region Nordjylland",
}  # fmt: skip
ROLES = dict.fromkeys(RECEIVERS.values(), "receiver")
LACKING = "Vi har ikke lokaler til genoptræningen."


def add_receivers(world: World) -> None:
    """A unit of the municipality, psychiatry, and the receivers' contacts and signatories."""
    world.organisation("unit", "Træningscenter Vest", OrganisationKind.UNIT, parent=world.organisations["aalborg"])
    world.organisation("psychiatry", RECEIVERS["psychiatry"], OrganisationKind.PSYCHIATRY)
    world.person("unit_leader", Function.LEADER, "unit")
    world.users["hospital_contact"] = world.users["contact"]
    for key in ("other_hospital", "psychiatry"):
        world.person(f"{key}_contact", Function.CONTACT, key)
        world.person(f"{key}_signatory", Function.SIGNATORY, key)
    give_passwords()


def carry_to_agreement(world: World, case: TransferCase) -> None:
    """The receivers answer, the mini-MTV is signed off, and the Porteføljestyregruppe approves."""
    contact, leader = world.viewer("aalborg_contact"), world.viewer("unit_leader")
    asked, later = [world.organisations[key] for key in RECEIVERS], localdate() + timedelta(days=30)
    open_dialogue(case=case, viewer=contact, organisations=asked, deadline=later)
    for key in RECEIVERS:
        scenario.respond(world, case, key)
    close_dialogue(case=case, viewer=contact, seen=None, capacity_id=None, reason="")
    given = {q.key: Given(text=f"Svar {q.key[1:]}: 12 patienter.") for q in current("mini_mtv").questions}
    save_answers(case=case, viewer=leader, given=given)
    sign_off(case=case, viewer=contact)
    route(case=case, viewer=contact, code="route_to_portfolio", forum=None, reason="Tre modtagere.")
    scenario.decide(world, case, "approve", meeting=held(world, case, earlier=1))


def test_from_a_municipality_to_the_region_with_two_receivers_live_and_one_not_joined(
    region: World, visit: Visit
) -> None:
    add_receivers(region)
    leader = visit("unit_leader")
    number = early.screen(leader, TITLE, "Regionen overtager genoptræningen.", "Region eller sygehus")
    early.submit(leader, number, from_sector="municipality", to_sectors="hospital")
    carry_to_agreement(region, TransferCase.unscoped.get(number=number))
    agreeing.write_agreement(leader, number, RECEIVERS["hospital"], ROLES)
    agreeing.send_out(leader, number)
    for key in ("aalborg", "hospital", "other_hospital"):
        agreeing.answer_agreement(visit(f"{key}_signatory"))
    agreeing.answer_agreement(visit("psychiatry_signatory"), "decline_agreement", LACKING)
    visit("psychiatry_signatory").sees("Ikke tiltrådt")
    for key in ("hospital", "other_hospital"):
        agreeing.report_ready(visit(f"{key}_contact"), number)
    assert early.stage(number) == "active"
    page = leader.go(f"/sager/{number}/aftale/").inspect().page
    for key, says in (("hospital", "version 1"), ("other_hospital", "version 1"), ("psychiatry", "Ikke tiltrådt")):
        assert says in page.get_by_role("row", name=RECEIVERS[key]).first.inner_text(), key
    forums.plan(visit("psg_secretary"))
    visit("psg_secretary").sees("Part har ikke tiltrådt aftalen").sees(RECEIVERS["psychiatry"]).inspect()
    leader.go("/aftaler/").press(TITLE).sees(RECEIVERS["other_hospital"])
