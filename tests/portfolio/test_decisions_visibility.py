"""Who reads a decision: a draft only chair and secretary of the forum, a published one all who see the case."""

import pytest
from django.test import Client
from django.urls import reverse

from portfolio.decisions.actions import save_decision
from portfolio.models import Decision
from tests import scenario
from tests.world import World
from transfers.models import TransferCase

pytestmark = pytest.mark.django_db
SECRET = "Vi hælder til at sige nej."
EVERYONE = ["leader", "contact", "aalborg_contact", "plo_contact", "psg_member", "das_chair", "secretariat"]


@pytest.fixture
def drafted(world: World) -> TransferCase:
    case = scenario.portfolio_case(world)
    save_decision(case=case, viewer=world.viewer("psg_chair"), kind="reject", text=SECRET)
    return case


def page(world: World, role: str, case: TransferCase) -> str:
    client = Client()
    client.force_login(world.users[role])
    return client.get(reverse("portfolio:treatment", args=[case.number])).content.decode()


@pytest.mark.parametrize("role", ["psg_chair", "psg_secretary"])
def test_chair_and_secretary_read_the_draft(world: World, drafted: TransferCase, role: str) -> None:
    assert Decision.visible_within(drafted, world.viewer(role)).count() == 1
    assert SECRET in page(world, role, drafted)


@pytest.mark.parametrize("role", EVERYONE)
def test_nobody_else_knows_of_the_draft(world: World, drafted: TransferCase, role: str) -> None:
    assert not Decision.visible_within(drafted, world.viewer(role)).exists()
    shown = page(world, role, drafted)
    assert SECRET not in shown
    assert "ladde til en beslutning" not in shown


@pytest.mark.parametrize("role", EVERYONE)
def test_a_published_decision_is_read_by_all_also_when_the_case_has_left_the_forum(world: World, role: str) -> None:
    case = scenario.agreement_case(world)
    assert Decision.visible_within(case, world.viewer(role)).count() == 1
    shown = page(world, role, case)
    assert "Forummet besluttede." in shown
    assert "Fordi det gavner patienterne." in shown


def test_a_draft_that_came_to_nothing_is_not_shown_when_the_case_has_left(world: World) -> None:
    case = scenario.portfolio_case(world)
    save_decision(case=case, viewer=world.viewer("psg_chair"), kind="reject", text=SECRET)
    TransferCase.unscoped.filter(pk=case.pk).update(stage="closed", result="withdrawn", current_forum=None)
    case.placements.update(ended_at=case.stage_since)
    assert SECRET not in page(world, "psg_chair", case)


def test_a_stranger_meets_the_same_answer_as_for_a_missing_case(world: World) -> None:
    case = scenario.agreement_case(world)
    client = Client()
    client.force_login(world.users["thisted_contact"])
    for number in (case.number, "OF-1999-0001"):
        for route in ("treatment", "decide", "publish", "routing"):
            assert client.get(reverse(f"portfolio:{route}", args=[number])).status_code == 404
