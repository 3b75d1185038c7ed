"""The admin site knows accounts and nothing of the business, and asks for a second factor."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client

from core.models import User
from tests.accounts.factors import code, give_app
from tests.accounts.signing_in import FACTORS, SECOND_STEP, sign_in
from tests.world import World

pytestmark = pytest.mark.django_db


def test_no_model_but_the_account_is_registered() -> None:
    assert list(admin.site._registry) == [User]
    assert len(apps.get_models()) > 50  # there were others to register


def test_its_sign_in_is_the_products_own_in_two_steps(people: World) -> None:
    secret = give_app(people.users["administrator"])
    asked = Client().get("/admin/", follow=True)
    assert asked.redirect_chain[-1][0].startswith("/konto/login/")
    client = sign_in(people, "administrator")
    assert client.get("/admin/core/user/").status_code == 302
    client.post(SECOND_STEP, {"code": code(secret)})
    assert client.get("/admin/core/user/").status_code == 200


def test_without_a_second_factor_it_shows_nothing(people: World) -> None:
    client = sign_in(people, "administrator")
    for path in ("/admin/", "/admin/core/user/", "/admin/core/user/add/"):
        assert client.get(path).headers["Location"] == FACTORS
    assert client.post("/admin/core/user/add/", {"email": "ny@example.dk", "name": "Ny"}).headers["Location"] == FACTORS
    assert not User.objects.filter(email="ny@example.dk").exists()


def test_a_post_that_names_neither_act_nor_account_is_told_so(client: Client) -> None:
    client.force_login(User.objects.create_superuser("teknik@test.invalid", name="Teknik"))
    page = client.post("/admin/core/user/", follow=True).content.decode()
    assert "Vælg en eller flere brugere på listen." in page
