"""The page »Valg af forum«: criteria and gate for all, the choice for the contact person."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from contacts.enums import ForumLevel
from contacts.viewer import Viewer
from core.models import Parameter
from tests import scenario
from tests.world import START, World
from transfers.models import TransferCase
from transfers.rooms import todos_about_cases

pytestmark = pytest.mark.django_db
BUDGET = 12


def url(case: TransferCase, route: str = "routing") -> str:
    return reverse(f"portfolio:{route}", args=[case.number])


def signed_in(world: World, role: str) -> Client:
    client = Client()
    client.force_login(world.users[role])
    return client


def page(world: World, role: str, case: TransferCase) -> str:
    return signed_in(world, role).get(url(case)).content.decode()


def post(world: World, case: TransferCase, **data: str) -> str:
    """Send the contact person's choice; gives the page that is answered in the end."""
    stored = TransferCase.unscoped.get(pk=case.pk)
    answer = signed_in(world, "contact").post(url(case), {"seen": str(stored.version), **data}, follow=True)
    return str(answer.content.decode())


def stage(case: TransferCase) -> str:
    return TransferCase.unscoped.get(pk=case.pk).stage


def test_all_who_see_the_case_read_criteria_and_gate(world: World) -> None:
    shown = page(world, "aalborg_contact", scenario.closed_dialogue_case(world))
    for text in ("Anbefaling: Samarbejdsforum", "Kommuner med patienter", "3 eller flere", "26 spørgsmål ubesvaret"):
        assert text in shown
    assert "Send sagen videre" not in shown


def test_before_the_dialogue_is_closed_nothing_can_be_chosen(world: World) -> None:
    shown = page(world, "contact", scenario.answered_case(world))
    assert "Dialogen skal lukkes først" in shown
    assert "Send sagen videre" not in shown


def test_only_what_the_server_accepts_can_be_chosen(world: World) -> None:
    case = scenario.closed_dialogue_case(world)
    shown = page(world, "contact", case)
    assert 'value="route_to_local_forum"' in shown
    assert 'value="await_mini_mtv"' in shown
    assert 'value="route_to_portfolio"' not in shown
    scenario.fill_mini_mtv(world, case)
    shown = page(world, "contact", case)
    assert 'value="route_to_portfolio"' in shown
    assert 'value="await_mini_mtv"' not in shown


def test_the_contact_person_sends_the_case_on(world: World) -> None:
    case = scenario.closed_dialogue_case(world)
    assert "Samarbejdsforum Aalborg" in post(world, case, choice="route_to_local_forum", reason="")
    assert stage(case) == "local_forum"


def test_a_choice_against_the_recommendation_without_reason_is_refused_and_keeps_the_choice(world: World) -> None:
    case = scenario.closed_dialogue_case(world)
    scenario.fill_mini_mtv(world, case)
    shown = post(world, case, choice="route_to_portfolio", reason="")
    assert "Der er problemer" in shown
    assert "Skriv en begrundelse" in shown
    assert stage(case) == "dialogue"


def test_the_portfolio_reads_why_its_case_went_against_the_recommendation(world: World) -> None:
    case = scenario.closed_dialogue_case(world)
    scenario.fill_mini_mtv(world, case)
    post(world, case, choice="route_to_portfolio", reason="Parterne er uenige om betalingen.")
    shown = signed_in(world, "psg_member").get(url(case, "treatment")).content.decode()
    assert "Imod anbefaling eller ønske" in shown
    assert "Parterne er uenige om betalingen." in shown


def test_a_cpr_number_in_the_reason_is_refused(world: World) -> None:
    case = scenario.closed_dialogue_case(world)
    shown = post(world, case, choice="route_to_local_forum", reason="Som for 010190-1234.")
    assert "CPR-nummer" in shown
    assert stage(case) == "dialogue"


def test_of_several_samarbejdsfora_one_is_chosen(world: World) -> None:
    second = world.forum("second", "Samarbejdsforum Hobro", ForumLevel.LOCAL, world.organisations["hospital"])
    case = scenario.closed_dialogue_case(world)
    post(world, case, choice="route_to_local_forum", forum=str(second.pk), reason="")
    assert TransferCase.unscoped.get(pk=case.pk).current_forum == second


def test_others_than_the_contact_person_are_refused(world: World) -> None:
    case = scenario.closed_dialogue_case(world)
    answer = signed_in(world, "leader").post(url(case), {"choice": "route_to_local_forum"})
    assert answer.status_code == 403
    assert stage(case) == "dialogue"


def test_when_the_forum_is_chosen_the_page_leads_to_the_treatment(world: World) -> None:
    case = scenario.local_forum_case(world)
    assert signed_in(world, "contact").get(url(case)).headers["Location"] == url(case, "treatment")


def test_a_returned_case_offers_only_the_forum_that_returned_it(world: World) -> None:
    case = scenario.portfolio_case(world)
    scenario.decide(world, case, "return_to_dialogue")
    TransferCase.unscoped.filter(pk=case.pk).update(dialogue_closed_at=case.stage_since)
    shown = page(world, "contact", case)
    assert "Sagen går tilbage til Porteføljestyregruppen" in shown
    assert 'value="route_to_portfolio"' in shown
    assert 'value="route_to_local_forum"' not in shown


def test_the_page_keeps_within_its_budget_of_queries(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = scenario.closed_dialogue_case(world)
    Parameter.objects.create(key="routing.hospitals", value=Decimal(2), valid_from=START)
    client = signed_in(world, "contact")
    with django_assert_max_num_queries(BUDGET):
        assert client.get(url(case)).status_code == 200


def todos(viewer: Viewer) -> list[str]:
    return [todo.what for todo in todos_about_cases(viewer) if todo.what == "Vælg forum"]


def test_the_contact_person_is_asked_when_the_awaited_mini_mtv_is_there(world: World) -> None:
    case = scenario.mini_mtv_case(world)
    assert todos(world.viewer("contact")) == []
    scenario.fill_mini_mtv(world, case)
    assert todos(world.viewer("contact")) == ["Vælg forum"]
    assert todos(world.viewer("leader")) == []
