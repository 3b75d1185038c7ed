"""A forum ends only when a successor has taken its cases (organisations, people, forums)."""

import pytest
from django.test import Client
from django.utils.timezone import localdate

from contacts.actions import save_row
from core.errors import DomainError, NotAllowed
from portfolio.models import Orientation, OrientationKind
from portfolio.orientations.actions import orient
from portfolio.procedures.actions import open_vote
from portfolio.routing.rules import local_forums
from tests import scenario
from tests.world import World
from transfers import access
from transfers.actions import hand_over, the_forum
from transfers.models import JournalEntry, Placement, TransferCase
from transfers.views.desk import todos_for

pytestmark = pytest.mark.django_db


def add_successor(world: World, key: str) -> None:
    """A forum that follows another one, with a chair."""
    old = world.forums[key]
    world.forum(f"new_{key}", f"Nyt {old.name}", old.level, old.organisation)
    world.person(f"new_{key}_chair", "chair", "region", f"new_{key}", "region")
    old.successor, old.valid_to = world.forums[f"new_{key}"], localdate()
    old.save()


def test_a_forum_with_cases_ends_only_with_a_successor_that_takes_them(world: World, client: Client) -> None:
    case = scenario.local_forum_case(world)
    secretariat = world.viewer("secretariat")
    with pytest.raises(DomainError, match="afløser"):
        hand_over(viewer=secretariat, forum=world.forums["local"])
    add_successor(world, "local")
    assert "Overdrag sagerne til det forum, der afløser" in [todo.what for todo in todos_for(secretariat)]
    with pytest.raises(NotAllowed):
        hand_over(viewer=world.viewer("local_chair"), forum=world.forums["local"])
    assert not TransferCase.visible_to(world.viewer("new_local_chair")).exists()
    client.force_login(world.users["secretariat"])
    address = f"/fora/{world.forums['local'].pk}/overdrag/"
    assert case.number in client.get(address).content.decode()
    assert "1 sag er overdraget." in client.post(address, follow=True).content.decode()
    case.refresh_from_db()
    assert (case.stage, case.current_forum) == ("local_forum", world.forums["new_local"])
    assert list(Placement.unscoped.filter(case=case).values_list("ended_by_act", flat=True)) == ["hand_over", ""]
    entry = JournalEntry.unscoped.filter(case=case).latest("number")
    assert (entry.kind, entry.stage_from, entry.stage_to) == ("hand_over", "local_forum", "local_forum")
    assert TransferCase.visible_to(world.viewer("new_local_chair")).get() == case
    assert not any(access.drift().values())
    assert local_forums(case) == [world.forums["new_local"]]
    scenario.decide(world, case, "local_stop", "new_local")
    with pytest.raises(DomainError, match="allerede overdraget"):
        hand_over(viewer=secretariat, forum=world.forums["local"])


def test_an_upper_forum_hands_on_its_cases_its_orientations_and_its_sight(world: World) -> None:
    case, other = scenario.portfolio_case(world), scenario.dialogue_case(world)
    orient(other, OrientationKind.LOCAL_STOP)
    vote = open_vote(
        case=case, viewer=world.viewer("psg_chair"), recommendation="Godkend sagen.", deadline=localdate()
    )
    add_successor(world, "psg")
    assert hand_over(viewer=world.viewer("secretariat"), forum=world.forums["psg"]) == 1
    new = world.forums["new_psg"]
    assert the_forum("portfolio") == new  # type: ignore[arg-type]
    assert Orientation.unscoped.get().forum == new
    vote.refresh_from_db()
    assert vote.is_lapsed
    assert TransferCase.visible_to(world.viewer("new_psg_chair")).count() == 2
    assert not any(access.drift().values())
    case.refresh_from_db()
    scenario.decide(world, case, "approve", "new_psg")
    assert case.stage == "agreement"


def test_a_renamed_forum_is_called_what_it_is_called_now(world: World, client: Client) -> None:
    scenario.portfolio_case(world)
    forum = world.forums["psg"]
    forum.name = "Sundhedsrådets styregruppe"
    save_row(viewer=world.viewer("secretariat"), row=forum, changed=["name"])
    client.force_login(world.users["leader"])
    assert "I Sundhedsrådets styregruppe" in client.get("/sager/").content.decode()
