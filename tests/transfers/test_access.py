"""Grants equal parties and placements; what is missing or unfounded is found and mended."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from guardian.shortcuts import assign_perm

from contacts.enums import ForumLevel, Function, Side
from tests.scenario import portfolio_case
from tests.world import World, draft_case
from transfers import access
from transfers.models import TransferCase, TransferCaseGrant

pytestmark = pytest.mark.django_db


def test_a_case_on_its_way_never_drifts(world: World) -> None:
    portfolio_case(world)
    draft_case(world)
    call_command("verify_access")
    assert access.drift() == {"missing": set(), "unfounded": set()}


def test_a_new_upper_forum_sees_the_cases_once_the_grants_are_mended(world: World) -> None:
    case = portfolio_case(world)
    world.forum("council", "Sundhedsrådet", ForumLevel.ADMINISTRATIVE)
    world.person("councillor", Function.MEMBER, "aalborg", "council", Side.MUNICIPALITIES)
    with pytest.raises(CommandError):
        call_command("verify_access")
    call_command("verify_access", "--repair")
    assert TransferCase.visible_to(world.viewer("councillor")).filter(pk=case.pk).exists()


def test_an_unfounded_grant_is_found_and_taken_away(world: World) -> None:
    case = draft_case(world)
    stranger = world.organisations["thisted"]
    assign_perm(access.VIEW, stranger.group, case)
    assert access.drift()["unfounded"] == {(case.pk, stranger.group_id)}
    call_command("verify_access", "--repair")
    assert not TransferCaseGrant.objects.filter(group=stranger.group).exists()
