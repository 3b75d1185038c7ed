"""One case in a real browser, each role with its own account: from the three questions to the year's adopted status."""

from __future__ import annotations

from django.utils.timezone import localdate
from playwright.sync_api import expect

from tests.browser import Visitor, danish
from tests.journeys import agreeing, early, forums
from tests.journeys.conftest import Visit
from tests.services import Worker
from tests.world import World
from transfers.models import TransferCase

TITLE = "IV-antibiotika i eget hjem"
PARTIES = {"aalborg": "Aalborg Kommune", "rebild": "Rebild Kommune", "plo": "PLO Nordjylland"}
ROLES = {"Aalborg Kommune": "receiver", "Rebild Kommune": "receiver"}
DECIDED = "Porteføljestyregruppen godkender opgaveflytningen."
ADOPTED = "Porteføljestyregruppen vedtager status."
UPDATED = "Afsnittet om medicin opdateres."


def test_from_screening_to_follow_up_and_the_adopted_status_with_the_decision_on_the_action_plan(
    region: World, visit: Visit, celery_worker: Worker
) -> None:
    number = early.screen(visit("leader"), TITLE, "Stabile patienter får antibiotika hjemme.", "Kommuner")
    early.submit(visit("leader"), number, to_sectors="municipality")
    early.open_dialogue(visit("contact"), number, *PARTIES.values())
    for party in PARTIES:
        early.answer(visit(f"{party}_contact"))
    share_goals(visit("leader"), visit("aalborg_contact"), number)
    write_mini_mtv(visit("leader"), number)
    route(visit("contact"), number)
    approve(visit("psg_secretary"), visit("psg_chair"), number)
    agree(visit, number)
    follow_up(visit("leader"), visit("aalborg_contact"), number)
    adopt_status(visit)


def share_goals(leader: Visitor, party: Visitor, number: str) -> None:
    """The leader writes the shared goals; a party marks that it agrees."""
    leader.go(f"/sager/{number}/parter/").press("Skriv de fælles mål")
    leader.fill(goals="Ingen ventetid\nFærre indlæggelser").press("Gem målene").sees("Færre indlæggelser")
    party.go(f"/sager/{number}/parter/").press("Markér de fælles mål").fill_everything("").press("Gem markeringerne")


def write_mini_mtv(leader: Visitor, number: str) -> None:
    """The leader answers the 26 questions, part by part."""
    leader.go(f"/sager/{number}/mini-mtv/").go(f"/sager/{number}/mini-mtv/udfyld/1/")
    for onward in (*["Gem og fortsæt"] * 4, "Gem og se det hele"):
        leader.fill_everything("Vurderet til 12 patienter i forhold til i dag.", "textarea").press(onward)
    leader.inspect()


def route(contact: Visitor, number: str) -> None:
    """The contact person signs off the mini-MTV, closes the dialogue and chooses forum."""
    contact.go(f"/sager/{number}/mini-mtv/godkend/").press("Godkend mini-MTV")
    contact.go(f"/sager/{number}/handling/close_dialogue/").press("Luk dialogen")
    contact.go(f"/sager/{number}/valg-af-forum/").pick("choice", "route_to_portfolio")
    contact.fill_everything("Opgaven berører flere kommuner.").press("Send sagen videre")
    assert early.stage(number) == "portfolio"


def approve(secretary: Visitor, chair: Visitor, number: str) -> None:
    """The Porteføljestyregruppe approves at a quorate meeting that has the case on its agenda."""
    forums.plan(secretary)
    forums.take_up(secretary, TITLE, "Sekretariatet indstiller, at sagen godkendes.")
    forums.send_agenda(secretary)
    forums.attend(secretary)
    forums.decide(secretary, chair, number, "approve", DECIDED)
    chair.go(f"/sager/{number}/historik/").go(f"/sager/{number}/behandling/").sees(DECIDED)
    assert early.stage(number) == "agreement"


def agree(visit: Visit, number: str) -> None:
    """The agreement is written, sent out, confirmed by the signatories and live for both receivers."""
    agreeing.write_agreement(visit("leader"), number, "Aalborg Universitetshospital", ROLES)
    agreeing.write_own(visit("aalborg_contact"), number, "Aalborg Kommune")
    agreeing.send_out(visit("leader"), number)
    for party in ("hospital", "aalborg", "rebild"):
        agreeing.answer_agreement(visit(f"{party}_signatory"))
    for party in ("aalborg", "rebild"):
        agreeing.report_ready(visit(f"{party}_contact"), number)
    assert early.stage(number) == "active"
    visit("leader").go(f"/sager/{number}/aftale/").inspect()


def follow_up(leader: Visitor, party: Visitor, number: str) -> None:
    """A party states its own figures, the leader records what was measured, and the follow-up is finished."""
    party.go(f"/sager/{number}/opfoelgning/").press("Oplys egne tal").pick("economy_known", "known")
    party.fill(annual_cost="90000", patients="40").press("Gem egne tal")
    leader.go(f"/sager/{number}/opfoelgning/").press("Skriv videre på opfølgning 1")
    leader.page.get_by_label("Målt: Genindlæggelser").fill("9,5")
    leader.fill(held_on=danish(), patients="60", went_well="Patienterne er trygge.", outcome_reason="Som aftalt.")
    leader.pick("outcome", "continue").press("Registrér opfølgningen")
    leader.go(f"/sager/{number}/opfoelgning/").sees("Patienterne er trygge.").inspect()
    leader.press("Afslut opfølgningen").fill(reason="Opgaven er i drift.").press("Afslut opfølgningen")
    case = TransferCase.unscoped.get(number=number)
    assert (case.stage, case.result) == ("closed", "follow_up_done")


def adopt_status(visit: Visit) -> None:
    """The secretariat orders the year's status; the PSG adopts it; the DAS decides on the action plan."""
    secretariat, chair, das = visit("secretariat"), visit("psg_chair"), visit("das_chair")
    secretariat.go("/aarsstatus/").press("Bestil").wait_for("PDF").press("Send til Porteføljestyregruppen")
    secretariat.press("Send")
    chair.go("/").press("Registrér vedtagelsen", exact=False).fill(adopted_on=danish(), text=ADOPTED)
    chair.press("Registrér vedtagelsen").wait_for("PDF")
    das.go("/").press("Registrér beslutningen", exact=False).pick("update_plan", "yes")
    das.fill(decided_on=danish(), text=UPDATED).press("Registrér beslutningen").wait_for("PDF")
    das.inspect()
    expect(das.page.get_by_role("heading", name="Behandling i fora")).to_be_visible()
    read = das.read_pdf("PDF")
    for said in (f"Årlig status {localdate().year}", ADOPTED, UPDATED, "handleplanen skal opdateres", TITLE):
        assert said in read, said
