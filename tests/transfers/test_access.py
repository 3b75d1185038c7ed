"""Grants equal parties and placements; what is missing or unfounded is found and mended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils.timezone import localdate
from guardian.shortcuts import assign_perm

from contacts.enums import ForumLevel, Function, Side
from tests.scenario import portfolio_case, submitted_case
from tests.world import World, draft_case
from transfers import access
from transfers.enums import Stage
from transfers.models import JournalEntry, TransferCase, TransferCaseGrant

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


def test_grants_that_are_missing_are_found_and_given_again(world: World) -> None:
    case = portfolio_case(world)
    granted = set(TransferCaseGrant.objects.values_list("group_id", "content_object_id", "sort_date"))
    TransferCaseGrant.objects.filter(content_object=case).delete()
    assert not TransferCase.visible_to(world.viewer("aalborg_contact")).exists()
    assert len(access.drift()["missing"]) == len(granted)
    with pytest.raises(CommandError, match=f"Drift: {len(granted)}"):
        call_command("verify_access")
    call_command("verify_access", "--repair")
    call_command("verify_access")
    assert set(TransferCaseGrant.objects.values_list("group_id", "content_object_id", "sort_date")) == granted


def test_no_grant_is_left_of_a_case_or_group_that_is_not_there(world: World) -> None:
    case, stranger = draft_case(world), world.organisations["thisted"].group
    grant = TransferCaseGrant.objects.filter(content_object=case)[0]
    connection.check_constraints()
    columns = "INSERT INTO transfers_transfercasegrant (content_object_id, group_id, permission_id, sort_date) VALUES "
    for statement in (
        f"{columns} ({case.pk}, 10000000, {grant.permission_id}, now())",
        f"{columns} ({case.pk}, {stranger.pk}, 10000000, now())",
        f"DELETE FROM auth_group WHERE id = {grant.group_id}",
        f"DELETE FROM transfers_transfercase WHERE id = {case.pk}",
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            at_once(statement)


def at_once(statement: str) -> None:
    """Run a statement and ask at once what else is asked at the commit."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.check_constraints()


def test_a_function_that_ends_while_a_page_is_open_counts_when_it_is_sent(world: World, client: Client) -> None:
    case = submitted_case(world)
    page = f"/sager/{case.number}/handling/return_to_leader/"
    client.force_login(world.users["deputy"])
    assert client.get(page).status_code == 200
    world.users["deputy"].memberships.update(valid_to=localdate() - timedelta(days=1))
    world.person("deputy", Function.COLLEAGUE, "thisted")
    answer = client.post(page, {"seen": case.version, "reason": "Økonomien mangler."})
    case.refresh_from_db()
    assert (answer.status_code, case.stage) == (404, Stage.SUBMITTED)


def test_a_deputy_acts_on_behalf_and_the_page_and_the_history_say_so(world: World, client: Client) -> None:
    case = submitted_case(world)
    client.force_login(world.users["deputy"])
    sent = {"seen": case.version, "reason": "Økonomien mangler."}
    assert client.post(f"/sager/{case.number}/handling/return_to_leader/", sent).status_code == 302
    entry = JournalEntry.unscoped.filter(case=case).latest("number")
    assert (entry.actor, entry.capacity) == (world.users["deputy"], Function.DEPUTY)
    assert entry.on_behalf_of == world.organisations["hospital"]
    client.force_login(world.users["leader"])
    assert "på vegne af Aalborg Universitetshospital" in client.get(f"/sager/{case.number}/historik/").content.decode()
