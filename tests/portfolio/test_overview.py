"""The overview of the portfolio: who reads it, and that every figure is the length of the list it leads to."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils.timezone import localdate, now
from playwright.sync_api import Page
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from tests import scenario
from tests.pages.growth import duplicate
from tests.world import World, draft_case
from transfers.models import Party, TransferCase

pytestmark = pytest.mark.django_db
READERS = ["secretariat", "psg_chair", "psg_member", "das_chair", "das_member"]
OTHERS = ["leader", "contact", "aalborg_contact", "local_chair", "local_member", "auditor"]
PLACE = "/overblik/"


def read(world: World, role: str, query: str = "") -> Any:
    """Return the overview as a role gets it."""
    client = Client()
    client.force_login(world.users[role])
    return client.get(PLACE + query)


def titles(answer: Any) -> list[str]:
    """Return the cases of the table, line by line."""
    return [case.title for case in answer.context["page"]]


def case_called(world: World, title: str, make: Callable[[World], TransferCase], days: int = 0) -> TransferCase:
    """Return a case with a title of its own that has been in its stage so many days."""
    case = make(world)
    case.title, case.stage_since = title, now() - timedelta(days=days)
    case.save()
    return case


def region_of_cases(world: World) -> None:
    """One case at most stages, one of them late, one draft and one that is closed."""
    case_called(world, "Indsendt", scenario.submitted_case, 200)
    late = case_called(world, "I dialog", scenario.dialogue_case, 40)
    Party.unscoped.filter(case=late, organisation=world.organisations["rebild"]).update(
        deadline=localdate() - timedelta(days=2)
    )
    case_called(world, "Lokal", scenario.local_forum_case, 100)
    case_called(world, "PSG", scenario.portfolio_case, 5)
    case_called(world, "Kladde", draft_case)
    case_called(world, "Trukket", scenario.withdrawn_case)


def test_the_overview_is_for_psg_das_and_secretariat(world: World) -> None:
    for role in READERS:
        answer = read(world, role)
        assert (answer.status_code, ">Overblik</a>" in answer.content.decode()) == (200, True), role
    for role in OTHERS:
        assert read(world, role).status_code == 404, role
        page = Client()
        page.force_login(world.users[role])
        assert "Overblik</a>" not in page.get("/sager/").content.decode(), role


def test_every_figure_is_the_length_of_the_list_it_leads_to(world: World) -> None:
    region_of_cases(world)
    page = read(world, "psg_member")
    figures = [(column.label, column.count, column.url) for column in page.context["columns"]]
    figures += [row for chart in page.context["charts"] for row in chart.rows]
    assert sum(number for _, number, _ in figures[:8]) == page.context["total"] == 4
    assert len({url for _, _, url in figures}) == len(figures) > 20
    for label, number, url in [*(figure for figure in figures if figure[1]), ("Ingen", 0, "?stadie=active")]:
        answer = read(world, "psg_member", url)
        assert len(titles(answer)) == number, label
        assert re.search(rf"{number} af 4 sager" if number else "Ingen sager passer", answer.content.decode()), label
    assert titles(read(world, "psg_member", "?frist=overskredet")) == ["I dialog"]
    assert {label: number for label, number, _ in page.context["charts"][1].rows} == {
        "0–30 dage": 1, "31–90 dage": 1, "91–180 dage": 1, "Over 180 dage": 1,
    }  # fmt: skip


def test_overdue_cases_stand_first_and_each_says_whom_it_waits_for(world: World) -> None:
    region_of_cases(world)
    answer = read(world, "secretariat")
    assert [(case.title, case.awaits, case.waited) for case in answer.context["page"]] == [
        ("I dialog", "PLO Nordjylland, Rebild Kommune og Aalborg Kommune", 40),
        ("Indsendt", "Kontaktperson, Aalborg Universitetshospital", 200),
        ("Lokal", "Samarbejdsforum Aalborg", 100),
        ("PSG", "Porteføljestyregruppen", 5),
    ]
    assert titles(read(world, "secretariat", "?sorter=alder"))[0] == "PSG"
    world.users["contact"].memberships.update(valid_to=localdate() - timedelta(days=1))
    world.users["deputy"].memberships.update(valid_to=localdate() - timedelta(days=1))
    assert read(world, "secretariat").context["page"][1].awaits == "Sekretariatet – kontaktperson mangler"


def test_an_agreement_waits_for_those_who_owe_an_answer_and_is_due_for_its_follow_up(world: World) -> None:
    case_called(world, "Udsendt", scenario.issued_case)
    case_called(world, "Gælder", scenario.active_case)
    sent, active = read(world, "psg_chair").context["page"]
    assert (sent.title, active.title) == ("Udsendt", "Gælder")
    assert sent.awaits.count("Kommune") == 2
    assert active.due == localdate() + timedelta(days=180)


def test_the_next_deadlines_and_the_gaps_in_contact_persons_stand_beside_the_table(world: World) -> None:
    case_called(world, "Om en uge", lambda w: scenario.dialogue_case(w, localdate() + timedelta(days=7)))
    case_called(world, "Om længe", lambda w: scenario.dialogue_case(w, localdate() + timedelta(days=60)))
    answer = read(world, "psg_chair")
    assert [case.title for case in answer.context["soon"]] == titles(read(world, "psg_chair", "?frist=snart"))
    assert [case.title for case in answer.context["soon"]] == ["Om en uge"]
    assert [str(organisation) for organisation in answer.context["unattended"]] == ["Regionshospital Nordjylland"]


def test_an_empty_portfolio_says_what_will_stand_there(world: World) -> None:
    assert "Når en leder indsender et dialoggrundlag" in read(world, "psg_member").content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_overview_prints_on_two_sheets(
    transactional_db: None, world: World, page: Page, live_server: LiveServer, tmp_path: Any
) -> None:
    case = case_called(world, "Hjerterehabilitering i kommunen: " + "træning og samtaler " * 6, scenario.dialogue_case)
    for number in range(59):
        duplicate(case, number=f"OF-1997-{number:04d}", request_key=uuid4())
    client = Client()
    client.force_login(world.users["psg_chair"])
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page.goto(live_server.url + PLACE)
    page.pdf(path=tmp_path / "overblik.pdf", format="A4")
    first, second = PdfReader(tmp_path / "overblik.pdf").pages
    assert first.extract_text().count("Hjerterehabilitering i kommunen") == 40
    assert "Sager under behandling" in first.extract_text()
    assert "Uden kontaktperson" in second.extract_text()
