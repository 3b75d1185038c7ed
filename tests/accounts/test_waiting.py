"""An account without a function sees that it waits, and the secretariat sees that it does."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from contacts.enums import Function
from contacts.models import Membership
from contacts.queries import waiting_accounts
from core.models import User
from tests.accounts.signing_in import page_of
from tests.world import World

pytestmark = pytest.mark.django_db


def test_who_waits_sees_only_that_and_the_secretariat_has_it_among_its_tasks(world: World) -> None:
    newcomer = User.objects.create_user("ny@test.invalid", name="Ny kollega")
    client, office = Client(), Client()
    client.force_login(newcomer)
    for path in ("/", "/sager/", "/aftaler/", "/findes-ikke/"):
        assert client.get(path).headers["Location"] == "/afventer/"
    assert "afventer godkendelse" in page_of(client.get("/afventer/"))
    office.force_login(world.users["secretariat"])
    assert "1 konto venter" in page_of(office.get("/"))
    assert "Ny kollega" in page_of(office.get("/konti-der-venter/"))


def test_who_left_waits_only_after_signing_in_again(world: World) -> None:
    user = User.objects.create_user("igen@test.invalid", name="Tilbage igen")
    ended = localdate() - timedelta(days=10)
    Membership.objects.create(
        user=user, function=Function.COLLEAGUE, organisation=world.organisations["department"],
        valid_from=ended - timedelta(days=100), valid_to=ended,
    )  # fmt: skip
    assert user not in waiting_accounts()
    user.last_login = now() - timedelta(days=20)
    user.save()
    assert user not in waiting_accounts()
    user.last_login = now()
    user.save()
    assert user in waiting_accounts()


def test_neither_who_has_or_will_have_a_function_nor_a_closed_account_waits(world: World) -> None:
    soon = User.objects.create_user("snart@test.invalid", name="Snart")
    Membership.objects.create(
        user=soon, function=Function.COLLEAGUE, organisation=world.organisations["department"],
        valid_from=localdate() + timedelta(days=10),
    )  # fmt: skip
    User.objects.create_user("stop@test.invalid", name="Stoppet", is_active=False)
    User.objects.create_superuser("admin@test.invalid", name="Teknik")
    assert list(waiting_accounts()) == []
