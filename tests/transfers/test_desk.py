"""Mine opgaver: what we wait for others with, what is new, and few questions to the database for everybody."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from core.models import User
from notifications.models import Notice
from tests import scenario
from tests.world import World

pytestmark = pytest.mark.django_db
MOST = 12


def at_desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_desk_tells_what_others_are_to_do_and_what_is_new(world: World) -> None:
    case = scenario.dialogue_case(world)
    scenario.respond(world, case, "aalborg")
    page = at_desk(world.users["contact"]).get("/").content.decode()
    assert "Det venter vi på andre med: 1 sag<" in page
    assert "Nyt til dig: 2 ulæste beskeder" in page
    Notice.objects.update(read_at=now())
    assert "Nyt til dig" not in at_desk(world.users["contact"]).get("/").content.decode()
    asked = at_desk(world.users["rebild_contact"]).get("/").content.decode()
    assert "Afgiv partens svar" in asked
    assert "Det venter vi på andre med" not in asked  # it waits for Rebild itself


def test_a_newcomer_is_told_in_three_sentences_what_happens_here(world: World) -> None:
    page = at_desk(world.users["other_leader"]).get("/").content.decode()
    assert "Her mødes sygehuse, kommuner og almen praksis" in page
    assert "Start en indledende vurdering" in page


def test_every_role_gets_its_desk_with_few_questions(world: World) -> None:
    scenario.dialogue_case(world)
    scenario.portfolio_case(world)
    asked = {}
    for role, user in world.users.items():
        client = at_desk(user)
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        asked[role] = len(queries)
    assert {role: count for role, count in asked.items() if count > MOST} == {}
