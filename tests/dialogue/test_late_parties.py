"""A party added late has its own deadline, and a forum waits; PLO's figures; versions (rules 3 to 5)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from core.errors import Incomplete, NotAllowed
from dialogue.models import ResponseVersion
from dialogue.responses.actions import add_party
from dialogue.responses.queries import forget, standing
from dialogue.responses.reports import matrix
from tests import scenario
from tests.dialogue.said import again, answer, dialogue_case, new_version, soon
from tests.world import World
from transfers import rooms, rules
from transfers.models import Party, TransferCase
from transfers.views.desk import todos_for
from transfers.workflow import BY_CODE

pytestmark = pytest.mark.django_db


def late(world: World, case: TransferCase) -> TransferCase:
    """Add Thisted after the dialogue, with a deadline of its own."""
    day = localdate() + timedelta(days=12)
    add_party(case=case, viewer=world.viewer("contact"), organisation=world.organisations["thisted"], deadline=day)
    return again(case)


def test_rule_04_the_forum_waits_for_a_party_that_was_added_late(world: World) -> None:
    case = late(world, scenario.local_forum_case(world))
    assert case.stage == "local_forum"
    for code in ("local_stop", "local_pursue"):
        with pytest.raises(Incomplete) as blocked:
            rules.require(BY_CODE[code], case, world.viewer("local_chair"))
        assert any("Thisted Kommune har ikke svaret" in item for item in blocked.value.missing)
    rules.require(BY_CODE["adjourn"], case, world.viewer("local_chair"))
    assert "venter på svar fra Thisted Kommune" in rooms.waiting(case).text
    assert [todo.what for todo in todos_for(world.viewer("thisted_contact"))] == ["Afgiv partens svar"]
    scenario.respond(world, case, "thisted")
    case = again(case)
    rules.require(BY_CODE["local_stop"], case, world.viewer("local_chair"))
    with pytest.raises(NotAllowed):
        scenario.respond(world, case, "thisted")
    with pytest.raises(NotAllowed):
        scenario.respond(world, case, "aalborg")


def test_rule_04_the_forum_waits_no_longer_than_the_partys_own_deadline(world: World) -> None:
    case = late(world, scenario.mini_mtv_case(world))
    scenario.fill_mini_mtv(world, case)
    assert rules.missing_for(BY_CODE["route_to_portfolio"], case)
    Party.unscoped.filter(case=case, organisation=world.organisations["thisted"]).update(deadline=soon(-1))
    forget(case)
    assert not rules.missing_for(BY_CODE["route_to_portfolio"], again(case))


def test_rule_04_general_practice_answers_for_clinics_with_fee_and_hours(world: World, client: Client) -> None:
    case = dialogue_case(world, "plo", "rebild")
    url = reverse("dialogue:respond", args=[case.number])
    client.force_login(world.users["plo_contact"])
    said = {
        "position": "conditional", "reason": "Med honorar.", "economy_known": "not_yet", "clinics_joined": "54",
        "clinics_total": "45", "fee": "350", "hours_per_year": "420", "revision": "0", "indsend": "1",
        "quality": "Årlig audit.",
    }  # fmt: skip
    assert "flere tilsluttede klinikker" in client.post(url, said).content.decode()
    assert client.post(url, said | {"clinics_total": "172"}).status_code == 302
    row = next(row for row in matrix(case, standing(again(case))) if row.clinics)
    assert row.clinics == "54 af 172 klinikker tilsluttet, honorar 350 kr. pr. patient, 420 timer om året"
    assert row.is_economy_open
    version = ResponseVersion.unscoped.get()
    page = client.get(version.get_absolute_url()).content.decode()
    for shown in ("54", "172", "350 kr.", "420", "Årlig audit."):
        assert shown in page
    client.force_login(world.users["rebild_contact"])
    assert "clinics_joined" not in client.get(url).content.decode()


def test_rule_05_a_party_says_where_the_task_is_solved_what_it_gives_patients_and_how_quality_is_secured(
    world: World,
) -> None:
    case = dialogue_case(world)
    said = {"where_and_how": "I akutteamet.", "patient_benefits": "Mindre transport.", "quality": "Årlig audit."}
    version = answer(case, world, "aalborg", **said)
    assert version.content["answers"].items() >= said.items()


def test_rule_03_silence_shows_as_not_confirmed_and_any_two_versions_can_be_compared(
    world: World, client: Client
) -> None:
    case = dialogue_case(world)
    answer(case, world, "aalborg")
    new_version(case, world)
    client.force_login(world.users["rebild_contact"])
    page = client.get(reverse("dialogue:parties", args=[case.number])).content.decode()
    assert "ikke bekræftet for version 2" in page
    page = client.get(reverse("dialogue:version", args=[case.number, 1])).content.decode()
    compare = reverse("dialogue:compare", args=[case.number, 1, 2])
    assert compare in page
    assert "Tre kommuner begynder." in client.get(compare).content.decode()
