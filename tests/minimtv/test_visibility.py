"""Who reads a mini-MTV: the draft at home and in the secretariat, signed-off versions by all who see the case."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from minimtv.actions import sign_off
from minimtv.models import MiniMTV, MiniMTVAnswer, MiniMTVVersion
from tests.minimtv.casework import answer, dialogue_case, fill_in, signed_case, submitted_case
from tests.world import World

pytestmark = pytest.mark.django_db
HOME = ["leader", "colleague", "contact", "deputy", "secretariat"]
OTHERS = ["aalborg_contact", "aalborg_colleague", "psg_chair", "das_member", "other_leader", "auditor"]


@pytest.mark.parametrize("role", HOME)
def test_the_draft_is_read_at_home_and_in_the_secretariat(world: World, role: str) -> None:
    case = submitted_case(world)
    fill_in(world, case)
    assert MiniMTV.visible_within(case, world.viewer(role)).count() == 1
    assert MiniMTVAnswer.visible_within(case, world.viewer(role)).count() == 26


@pytest.mark.parametrize("role", OTHERS)
def test_the_draft_is_hidden_from_all_others(world: World, role: str) -> None:
    case = submitted_case(world)
    fill_in(world, case)
    assert not MiniMTV.visible_within(case, world.viewer(role)).exists()
    assert not MiniMTVAnswer.visible_within(case, world.viewer(role)).exists()


def test_a_seat_in_a_forum_for_the_hospital_does_not_open_the_draft(world: World) -> None:
    world.person("hospital_member", "member", "hospital", "psg", "region")
    case = submitted_case(world)
    fill_in(world, case)
    assert not MiniMTV.visible_within(case, world.viewer("hospital_member")).exists()


@pytest.mark.parametrize("role", ["aalborg_contact", "psg_chair", "leader"])
def test_others_read_the_version_and_not_what_was_written_after_it(world: World, client: Client, role: str) -> None:
    case = dialogue_case(world)
    fill_in(world, case)
    sign_off(case=case, viewer=world.viewer("contact"))
    answer(world, case, "q1", "Endnu ikke godkendt tekst")
    client.force_login(world.users[role])
    page = client.get(reverse("minimtv:overview", args=[case.number])).content.decode()
    assert ("Endnu ikke godkendt tekst" in page) == (role == "leader")
    version = client.get(reverse("minimtv:version", args=[case.number, 1])).content.decode()
    assert "Svar på spørgsmål 1." in version
    assert "Endnu ikke godkendt tekst" not in version


def without_token(content: bytes) -> bytes:
    return re.sub(rb'(Token": |Token" value=|token" value=)"[^"]+"', b"", content)


def test_a_foreign_case_a_missing_case_and_a_missing_version_answer_alike(world: World, client: Client) -> None:
    case, _ = signed_case(world)
    client.force_login(world.users["thisted_contact"])
    foreign = client.get(reverse("minimtv:version", args=[case.number, 1]))
    missing = client.get(reverse("minimtv:version", args=["OF-2020-9999", 1]))
    assert foreign.status_code == missing.status_code == 404
    assert without_token(foreign.content) == without_token(missing.content)
    client.force_login(world.users["leader"])
    assert client.get(reverse("minimtv:version", args=[case.number, 2])).status_code == 404
    assert MiniMTVVersion.unscoped.count() == 1
