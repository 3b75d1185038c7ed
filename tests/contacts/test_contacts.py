"""Organisations, memberships with periods, the public overview and the secretariat's pages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.timezone import localdate

from contacts.enums import Function
from contacts.models import Forum, Membership, Organisation
from contacts.queries import organisations_without_contact
from contacts.sorting import danish_key
from contacts.viewer import viewer_for
from core.models import ChangeEntry, User
from tests.world import World

pytestmark = pytest.mark.django_db
YESTERDAY = timedelta(days=1)


def secretariat(client: Client, world: World) -> Client:
    client.force_login(world.users["secretariat"])
    return client


def test_danish_order_puts_aa_last() -> None:
    names = ["Aalborg", "Ørsted", "Vesthimmerland", "Ærø", "Brønderslev"]
    assert sorted(names, key=danish_key) == ["Brønderslev", "Vesthimmerland", "Ærø", "Ørsted", "Aalborg"]


def test_the_overview_is_public_and_says_who_is_missing(world: World, client: Client) -> None:
    page = client.get("/kontaktpersoner/")
    assert page.status_code == 200
    assert "aalborg_contact@test.invalid" in page.content.decode()
    assert [o.name for o in page.context["missing"]] == ["Regionshospital Nordjylland"]


def test_a_contact_person_is_missing_the_day_after_the_last(world: World) -> None:
    world.users["plo_contact"].memberships.update(valid_to=localdate())
    assert world.organisations["plo"] not in organisations_without_contact()
    tomorrow = localdate() + timedelta(days=1)
    assert world.organisations["plo"] in organisations_without_contact(tomorrow)


def test_the_database_allows_one_contact_person_at_a_time(world: World) -> None:
    other = User.objects.create_user("ny@test.invalid", name="Ny kontaktperson")
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            user=other, organisation=world.organisations["plo"], function=Function.CONTACT, valid_from=localdate()
        )
    world.users["plo_contact"].memberships.update(valid_to=localdate() - YESTERDAY)
    Membership.objects.create(
        user=other, organisation=world.organisations["plo"], function=Function.CONTACT, valid_from=localdate()
    )


def test_an_ended_membership_counts_from_the_next_request(world: World, client: Client) -> None:
    client.force_login(world.users["leader"])
    assert client.get("/").status_code == 200
    world.users["leader"].memberships.update(valid_to=localdate() - YESTERDAY)
    assert client.get("/").headers["Location"] == "/afventer/"


def test_an_account_without_a_function_only_sees_that_it_waits(world: World, client: Client) -> None:
    client.force_login(User.objects.create_user("ny@test.invalid", name="Ny"))
    assert client.get("/sager/").headers["Location"] == "/afventer/"
    assert "afventer godkendelse" in client.get("/afventer/").content.decode()


@pytest.mark.parametrize("path", ["/organisationer/", "/organisationer/ny/", "/fora/", "/konti-der-venter/"])
def test_only_the_secretariat_keeps_organisations(world: World, client: Client, path: str) -> None:
    client.force_login(world.users["contact"])
    assert client.get(path).status_code == 403
    assert secretariat(client, world).get(path).status_code == 200


def test_the_secretariat_renames_a_forum_and_the_change_is_kept(world: World, client: Client) -> None:
    forum = world.forums["psg"]
    data = {"name": "Sundhedsrådets gruppe", "short_name": "SPG", "level": "portfolio", "valid_from": "1.1.2020"}
    response = secretariat(client, world).post(f"/fora/{forum.pk}/ret/", data)
    assert response.status_code == 302
    assert Forum.objects.get(pk=forum.pk).name == "Sundhedsrådets gruppe"
    assert ChangeEntry.objects.filter(subject_type="contacts.forum", subject_id=str(forum.pk)).exists()


def test_a_forum_ends_only_when_a_successor_is_named(world: World, client: Client) -> None:
    forum = world.forums["psg"]
    data = {
        "name": forum.name, "short_name": "PSG", "level": "portfolio", "valid_from": "1.1.2020",
        "valid_to": "31.12.2026",
    }  # fmt: skip
    page = secretariat(client, world).post(f"/fora/{forum.pk}/ret/", data)
    assert "Vælg det forum, der overtager sagerne" in page.content.decode()
    assert Forum.objects.get(pk=forum.pk).valid_to is None
    with pytest.raises(IntegrityError, match="forum_ends_with_a_successor"), transaction.atomic():
        Forum.objects.filter(pk=forum.pk).update(valid_to=localdate())


def test_the_secretariat_gives_a_new_person_a_function(world: World, client: Client) -> None:
    place = world.organisations["rebild"]
    data = {
        "email": "Ny.Kontakt@test.invalid", "name": "Kontaktperson, Rebild Kommune", "function": "deputy",
        "valid_from": localdate().strftime("%d.%m.%Y"),
    }  # fmt: skip
    response = secretariat(client, world).post(f"/organisationer/{place.pk}/personer/ny/", data)
    assert response.status_code == 302
    assert Membership.objects.filter(user__email="ny.kontakt@test.invalid", organisation=place).exists()


def test_a_second_contact_person_is_refused_in_danish_and_nothing_typed_is_lost(world: World, client: Client) -> None:
    place = world.organisations["rebild"]
    data = {
        "email": "ny@test.invalid", "name": "Ny kontakt", "function": "contact",
        "valid_from": localdate().strftime("%d.%m.%Y"),
    }  # fmt: skip
    page = secretariat(client, world).post(f"/organisationer/{place.pk}/personer/ny/", data).content.decode()
    assert "allerede en kontaktperson" in page
    assert 'value="ny@test.invalid"' in page
    assert not User.objects.filter(email="ny@test.invalid").exists()


def test_a_function_is_ended_by_the_secretariat(world: World, client: Client) -> None:
    row = world.users["colleague"].memberships.get()
    secretariat(client, world).post(f"/funktioner/{row.pk}/afslut/", {"last_day": "01.02.2026"})
    row.refresh_from_db()
    assert row.valid_to == date(2026, 2, 1)


def test_an_organisation_keeps_its_group_through_a_rename(world: World, client: Client) -> None:
    row = world.organisations["aalborg"]
    data = {"name": "Aalborg Kommune og Omegn", "kind": "municipality", "municipality_code": "0851", "active": "on"}
    secretariat(client, world).post(f"/organisationer/{row.pk}/ret/", data)
    renamed = Organisation.objects.get(pk=row.pk)
    assert (renamed.name, renamed.group_id) == ("Aalborg Kommune og Omegn", row.group_id)


def test_a_new_installation_gets_its_first_secretariat_by_command() -> None:
    User.objects.create_user("foerste@test.invalid", name="Sekretariatsleder")
    call_command("appoint_secretariat", "foerste@test.invalid")
    assert viewer_for(User.objects.get(email="foerste@test.invalid")).is_secretariat
    with pytest.raises(CommandError):
        call_command("appoint_secretariat", "ukendt@test.invalid")
