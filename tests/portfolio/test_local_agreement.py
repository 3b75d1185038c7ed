"""A samarbejdsforum that may agree by itself, and one that may not (rule 8)."""

import pytest
from django.test import Client

from core.errors import Incomplete
from portfolio.models import Decision, Orientation, OrientationKind
from tests import scenario
from tests.world import World

pytestmark = pytest.mark.django_db


def may_agree(world: World) -> None:
    world.forums["local"].may_agree_locally = True
    world.forums["local"].save()


def test_rule_08_a_forum_that_may_agrees_locally_and_the_portfolio_forum_is_told(world: World) -> None:
    may_agree(world)
    case = scenario.local_forum_case(world)
    scenario.decide(world, case, "local_agree", "local")
    assert (case.stage, case.current_forum) == ("agreement", None)
    assert str(Decision.unscoped.get(case=case)) == f"Aftale indgås i samarbejdsforum, {case.number}"
    told = Orientation.unscoped.get(case=case)
    assert (told.kind, told.forum) == (OrientationKind.LOCAL_AGREEMENT, world.forums["psg"])


def test_rule_08_a_forum_that_may_not_is_told_where_to_go(world: World, client: Client) -> None:
    case = scenario.local_forum_case(world)
    with pytest.raises(Incomplete) as refusal:
        scenario.decide(world, case, "local_agree", "local")
    assert refusal.value.missing == [
        "Samarbejdsforum Aalborg kan ikke selv indgå aftaler. Gå videre til Porteføljestyregruppen"
    ]
    client.force_login(world.users["local_chair"])
    page = client.get(f"/sager/{case.number}/behandling/beslut/").content.decode()
    assert "kan ikke selv indgå aftaler" in page
    assert 'value="local_agree"' not in page
