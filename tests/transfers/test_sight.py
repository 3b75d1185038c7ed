"""»Hvem kan se sagen«: the secretariat reads who can see a case today, and what gives it to them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate
from guardian.shortcuts import assign_perm

from contacts.enums import ForumLevel, Function, Side
from contacts.models import Forum, Membership
from tests.scenario import consulted, local_forum_case, portfolio_case, submitted_case
from tests.world import World, draft_case
from transfers import access
from transfers.actions import hand_over
from transfers.models import TransferCase
from transfers.sight import UNFOUNDED, seers

pytestmark = pytest.mark.django_db


def reasons(case: TransferCase) -> dict[str, list[str]]:
    """What is told of each person, by role, without the function."""
    return {seer.user.name: [reason.split(": ", 1)[1] for reason in seer.reasons] for seer in seers(case)}


def test_everybody_is_named_with_what_gives_them_the_case(world: World) -> None:
    found = reasons(portfolio_case(world))
    upper = "forummet ser alle sager, der er sendt fra afdelingen"
    assert found["leader"] == found["colleague"] == ["afdelingen har startet sagen"]
    assert found["contact"] == found["hospital_signatory"] == ["organisationen har startet sagen"]
    assert found["aalborg_contact"] == found["plo_contact"] == ["organisationen er berørt part"]
    assert found["psg_member"] == ["forummet har eller har haft sagen", upper]
    assert found["das_chair"] == [upper]
    assert found["secretariat"] == ["sekretariatet ser alle sager"]
    assert found.keys().isdisjoint({"thisted_contact", "other_leader", "auditor", "local_member", "aalborg_unit"})


def test_one_person_with_several_functions_stands_once_with_every_reason(world: World) -> None:
    world.person("leader", Function.MEMBER, "region", "psg", Side.REGION)
    case = portfolio_case(world)
    assert len(reasons(case)["leader"]) == 3
    assert [seer.user.name for seer in seers(case)].count("leader") == 1


def test_asked_forums_and_successors_are_told_apart(world: World) -> None:
    case = consulted(world, local_forum_case(world))
    assert reasons(case)["other_chair"] == ["forummet er bedt om en udtalelse"]
    heir = world.forum("heir", "Sundhedsforum Aalborg", ForumLevel.LOCAL, world.organisations["hospital"])
    world.person("heir_chair", Function.CHAIR, "region", "heir", Side.REGION)
    Forum.objects.filter(pk=world.forums["local"].pk).update(successor=heir, valid_to=localdate())
    older = local_forum_case(world)
    hand_over(viewer=world.viewer("secretariat"), forum=Forum.objects.get(pk=world.forums["local"].pk))
    assert access.drift() == {"missing": set(), "unfounded": set()}
    assert all(reasons(one)["heir_chair"] for one in (case, older))
    assert not any(UNFOUNDED in reason for found in reasons(case).values() for reason in found)


def test_of_a_draft_the_secretariat_sees_number_and_title(world: World) -> None:
    found = reasons(draft_case(world))
    assert found["secretariat"] == ["sekretariatet ser kun nummer og titel på en kladde"]
    assert "psg_member" not in found


def test_whose_function_has_ended_or_whose_account_is_closed_stands_there_no_more(world: World) -> None:
    case = submitted_case(world)
    assert {"contact", "colleague"} <= reasons(case).keys()
    Membership.objects.filter(user=world.users["contact"]).update(valid_to=localdate() - timedelta(days=1))
    world.users["colleague"].is_active = False
    world.users["colleague"].save()
    assert {"contact", "colleague"}.isdisjoint(reasons(case))


def test_a_grant_that_nothing_gives_is_told_as_such(world: World) -> None:
    case = submitted_case(world)
    assign_perm(access.VIEW, world.organisations["thisted"].group, case)
    assert reasons(case)["thisted_contact"] == [UNFOUNDED]


def test_the_page_is_for_the_secretariat_which_finds_it_on_the_case(world: World, client: Client) -> None:
    case = submitted_case(world)
    address = f"/sager/{case.number}/adgang/"
    client.force_login(world.users["secretariat"])
    assert address in client.get(case.get_absolute_url()).content.decode()
    page = client.get(address).content.decode()
    assert "Kontaktperson, Aalborg Universitetshospital: organisationen har startet sagen" in page
    assert f"/opslag/?sag={case.number}" in page
    for role, status in {"leader": 403, "contact": 403, "psg_chair": 403, "thisted_contact": 404}.items():
        client.force_login(world.users[role])
        assert client.get(address).status_code == status, role
        assert address not in client.get(case.get_absolute_url()).content.decode()
