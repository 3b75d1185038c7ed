"""Two cases in a real browser: one stops in its samarbejdsforum, one goes up to the DAS and back to be approved."""

from __future__ import annotations

from tests import scenario
from tests.journeys import early, forums
from tests.journeys.conftest import Visit
from tests.portfolio.gatherings import held
from tests.world import CASE_DATA, World
from transfers.models import TransferCase

TITLE = CASE_DATA["title"]
STOPPED = "Forummet ser ikke grundlag for at arbejde videre."
PUT_BEFORE = "Sagen forelægges, fordi den rækker ud over handleplanen."
SENT_BACK = "Porteføljestyregruppen afgør sagen inden for handleplanen."
APPROVED = "Porteføljestyregruppen godkender opgaveflytningen."


def test_a_local_stop_whose_orientation_the_group_takes_note_of(region: World, visit: Visit) -> None:
    number = scenario.local_forum_case(region).number
    forums.decide(visit("local_secretary"), visit("local_chair"), number, "local_stop", STOPPED)
    case = TransferCase.unscoped.get(number=number)
    assert (case.stage, case.result) == ("closed", "not_pursued")
    leader, secretary = visit("leader"), visit("psg_secretary")
    leader.go(f"/sager/{number}/behandling/").sees(STOPPED).sees("kommer på næste dagsorden")
    meeting = forums.plan(secretary)
    secretary.sees(TITLE).press("Ret punkt 2").fill(presentation="Forummet stoppede sagen.").press("Gem punktet")
    forums.send_agenda(secretary)
    forums.attend(secretary)
    secretary.press("Tag til efterretning", exact=False).sees("Taget til efterretning.")
    forums.write_minutes(secretary, meeting)
    for role in ("psg_chair", "psg_member"):
        forums.approve_minutes(visit(role), meeting)
    visit("psg_member").sees("Referat godkendt").inspect()
    read = visit("psg_member").read_pdf("Referat (PDF)")
    for said in (number, TITLE, "Forummet stoppede sagen.", "Taget til efterretning", "Referatet er godkendt af"):
        assert said in read, said
    leader.go(f"/sager/{number}/behandling/").sees("taget til efterretning på mødet")


def test_a_case_put_before_the_administrative_group_is_returned_and_approved(region: World, visit: Visit) -> None:
    case = scenario.portfolio_case(region)
    held(region, case, earlier=1)
    secretary, chair, number = visit("psg_secretary"), visit("psg_chair"), case.number
    forums.decide(secretary, chair, number, "escalate", PUT_BEFORE)
    assert early.stage(number) == "administrative"
    das = visit("das_chair")
    das.go("/").sees(number)
    forums.decide(visit("das_secretary"), das, number, "return_to_portfolio", SENT_BACK)
    assert early.stage(number) == "portfolio"
    held(region, TransferCase.unscoped.get(number=number))
    forums.decide(secretary, chair, number, "approve", APPROVED)
    assert early.stage(number) == "agreement"
    leader = visit("leader").go(f"/sager/{number}/behandling/").inspect()
    for said in (PUT_BEFORE, SENT_BACK, APPROVED):
        leader.sees(said)
    assert APPROVED in leader.read_pdf("Hent beslutningen (PDF) »Godkendt«")
