"""What the mini-MTV brings to Mine opgaver, the tab, the overview and »Hvad sker der nu?«."""

import pytest
from django.test import Client
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from minimtv.actions import sign_off
from minimtv.queries import forget
from minimtv.register import mini_mtv_waits, progress, tab_label
from tests.minimtv.casework import answer, dialogue_case, fill_in, submitted_case
from tests.world import World
from transfers.enums import Stage
from transfers.models import TransferCase
from transfers.rooms import todos_about_cases

pytestmark = pytest.mark.django_db


def waiting_case(world: World) -> TransferCase:
    """A case that waits for its mini-MTV, the dialogue being closed."""
    case = dialogue_case(world)
    row = TransferCase.unscoped.filter(pk=case.pk)
    row.update(stage=Stage.MINI_MTV, stage_since=now(), dialogue_closed_at=now())
    return row.get()


def whats(world: World, role: str) -> list[str]:
    return [todo.what for todo in todos_about_cases(world.viewer(role)) if "mini-MTV" in todo.what]


def test_leader_and_contact_are_asked_to_fill_in_while_the_case_waits(world: World) -> None:
    case = waiting_case(world)
    fill_in(world, case, without=["q3", "q8", "q9", "q12"])
    assert whats(world, "leader") == whats(world, "contact") == ["Udfyld mini-MTV (4 spørgsmål mangler)"]
    assert whats(world, "colleague") == whats(world, "other_leader") == whats(world, "aalborg_contact") == []


def test_the_contact_alone_is_asked_to_sign_off_already_during_the_dialogue(world: World) -> None:
    case = dialogue_case(world)
    answer(world, case, "q1", "Begyndt")
    assert whats(world, "contact") == []
    fill_in(world, case)
    assert (whats(world, "contact"), whats(world, "leader")) == (["Godkend mini-MTV"], [])
    sign_off(case=case, viewer=world.viewer("contact"))
    assert whats(world, "contact") == []


def test_what_a_forum_sent_back_is_to_be_extended(world: World) -> None:
    case = waiting_case(world)
    fill_in(world, case)
    sign_off(case=case, viewer=world.viewer("contact"))
    assert whats(world, "leader") == []
    TransferCase.unscoped.filter(pk=case.pk).update(returned_by=world.forums["psg"], stage_since=now())
    assert whats(world, "leader") == ["Udbyg mini-MTV, som forummet har bedt om"]


def test_the_tasks_of_many_cases_take_one_query(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        waiting_case(world)
    viewer = world.viewer("contact")
    with django_assert_num_queries(1):
        assert len(todos_about_cases(viewer)) == 3


def test_the_tab_counts_for_those_who_write_and_names_the_version_for_others(world: World) -> None:
    case = dialogue_case(world)
    leader, party = world.viewer("leader"), world.viewer("aalborg_contact")
    assert tab_label(case, leader) == "Mini-MTV"
    fill_in(world, case, without=["q3", "q8"])
    assert (tab_label(case, leader), tab_label(case, party)) == ("Mini-MTV 24/26", "Mini-MTV")
    fill_in(world, case)
    sign_off(case=case, viewer=world.viewer("contact"))
    assert tab_label(case, leader) == tab_label(case, party) == "Mini-MTV v1"
    answer(world, case, "q3", "Rettet")
    assert (tab_label(case, leader), tab_label(case, party)) == ("Mini-MTV 26/26", "Mini-MTV v1")


def test_the_case_says_who_is_waited_for(world: World) -> None:
    case = waiting_case(world)
    assert mini_mtv_waits(case).text.endswith("26 af 26 spørgsmål mangler.")
    fill_in(world, case)
    assert "kontaktpersonens godkendelse" in mini_mtv_waits(case).text
    sign_off(case=case, viewer=world.viewer("contact"))
    assert "vælger forum" in mini_mtv_waits(case).text
    case.returned_by, case.stage_since = world.forums["psg"], now()
    case.save()
    forget(case)
    assert mini_mtv_waits(case).text.startswith("Porteføljestyregruppen har sendt sagen tilbage")


def test_the_overview_shows_progress_only_to_those_who_write(world: World, client: Client) -> None:
    case = submitted_case(world)
    assert progress(case, world.viewer("leader")) is None
    fill_in(world, case, without=["q3"])
    assert progress(case, world.viewer("leader")) is not None
    assert progress(case, world.viewer("psg_chair")) is None
    client.force_login(world.users["leader"])
    assert 'value="25" max="26"' in client.get(case.get_absolute_url()).content.decode()
