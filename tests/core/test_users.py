"""Accounts: signed in by address, however it is typed."""

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, connection, transaction
from django.test import Client

from core.models import User

PASSWORD = "en lang adgangskode"
pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return User.objects.create_user("Leder@Example.DK", PASSWORD, name="Afdelingsleder, Lungemedicin")


def test_an_account_is_shown_by_its_name(user: User) -> None:
    assert str(user) == user.get_full_name() == user.get_short_name() == "Afdelingsleder, Lungemedicin"


def test_the_address_is_stored_and_found_in_lower_case(user: User) -> None:
    assert User.objects.get(email="LEDER@example.dk ").email == "leder@example.dk"
    assert User.objects.get_by_natural_key("leder@EXAMPLE.dk") == user


def test_the_same_address_in_other_letters_is_refused(user: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("LEDER@example.dk", name="En anden")


def test_the_database_itself_refuses_capital_letters(user: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE core_user SET email = 'Leder@example.dk'")


def test_an_account_without_password_cannot_sign_in() -> None:
    User.objects.create_user("ny@example.dk", name="Ny")
    assert authenticate(email="ny@example.dk", password="") is None


def test_a_deactivated_account_cannot_sign_in(user: User) -> None:
    assert authenticate(email="leder@example.dk", password=PASSWORD) == user
    user.is_active = False
    user.save()
    assert authenticate(email="leder@example.dk", password=PASSWORD) is None


def test_the_admin_manages_accounts_and_deletes_none(client: Client) -> None:
    admin = User.objects.create_superuser("drift@example.dk", PASSWORD, name="Drift")
    client.force_login(admin)
    index = client.get("/admin/").content.decode()
    assert "/admin/core/user/" in index
    assert "/admin/auth/group/" not in index
    assert "/admin/core/job/" not in index
    assert client.get("/admin/core/user/").status_code == 200
    assert client.post(f"/admin/core/user/{admin.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=admin.pk).exists()


def test_the_admin_makes_an_account_and_marks_a_cpr_number(client: Client) -> None:
    client.force_login(User.objects.create_superuser("drift@example.dk", PASSWORD, name="Drift"))
    form = {"email": "Ny@example.dk", "name": "Ny", "usable_password": "true"}
    form |= {"password1": "hest-batteri-korrekt", "password2": "hest-batteri-korrekt"}
    refused = client.post("/admin/core/user/add/", form | {"name": "Ny 010190-1234"})
    assert "ser ud til at indeholde et CPR-nummer" in refused.content.decode()
    assert client.post("/admin/core/user/add/", form).status_code == 302
    assert User.objects.get(email="ny@example.dk").name == "Ny"
