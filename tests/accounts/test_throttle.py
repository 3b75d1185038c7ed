"""Guessing is slowed down per account and per address, in PostgreSQL, and the page says when to try again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings as product
from django.db import connection
from django.test import Client
from django.utils.timezone import localtime, now
from pytest_django import Settings

from tests.accounts.factors import code, give_app
from tests.accounts.signing_in import LOGIN, SECOND_STEP, page_of, sign_in
from tests.browser import PASSWORD
from tests.world import World

pytestmark = pytest.mark.django_db
REFUSED = "Der er forsøgt for mange gange. Prøv igen kl."
PER_ACCOUNT, PER_ADDRESS = 5, 20
WRONG = "forkert-adgangskode"


def guess(email: str, password: str = WRONG, seen: str = "192.0.2.7", forwarded: str = "") -> Any:
    """Try to sign in from an address, in a browser of its own."""
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return Client(REMOTE_ADDR=seen).post(LOGIN, {"login": email, "password": password}, headers=headers)


def test_an_account_is_closed_for_five_minutes_after_five_wrong_passwords_from_anywhere(people: World) -> None:
    email = people.users["leader"].email
    start = now()
    with time_machine.travel(start, tick=False) as clock:
        for number in range(PER_ACCOUNT):
            assert REFUSED not in page_of(guess(email, seen=f"192.0.2.{number + 1}"))
        refused = page_of(guess(email, PASSWORD, seen="192.0.2.99"))
        again = localtime(start) + timedelta(minutes=5, seconds=59)
        assert f"{REFUSED} {again:%H.%M}." in refused
        assert f'value="{email}"' in refused
        assert PASSWORD not in refused
        assert guess(people.users["contact"].email, PASSWORD).status_code == 302
        clock.shift(timedelta(minutes=5, seconds=1))
        assert guess(email, PASSWORD).status_code == 302


def test_an_address_is_closed_after_twenty_wrong_passwords_for_whatever_accounts(people: World) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        for number in range(PER_ADDRESS):
            assert REFUSED not in page_of(guess(f"nr{number}@test.invalid"))
        assert REFUSED in page_of(guess(people.users["leader"].email, PASSWORD))
        assert guess(people.users["leader"].email, PASSWORD, seen="192.0.2.8").status_code == 302
        clock.shift(timedelta(minutes=1, seconds=1))
        assert guess(people.users["leader"].email, PASSWORD).status_code == 302


@pytest.mark.parametrize("proxies", [0, 1, 2])
def test_changing_x_forwarded_for_beats_neither_limit(people: World, settings: Settings, proxies: int) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    real = ["198.51.100.4", "10.0.0.1"][:proxies]

    def rotating(number: int) -> str:
        return ", ".join([f"203.0.113.{number}", "203.0.113.250", *real])

    with time_machine.travel(now(), tick=False):
        for number in range(PER_ADDRESS):
            assert REFUSED not in page_of(guess(f"nr{number}@test.invalid", forwarded=rotating(number)))
        assert REFUSED in page_of(guess(people.users["leader"].email, PASSWORD, forwarded=rotating(99)))


def test_the_setting_counts_the_proxies_in_front() -> None:
    assert product.ALLAUTH_TRUSTED_PROXY_COUNT == product.TRUSTED_PROXIES


def test_the_second_step_is_slowed_down_too(people: World) -> None:
    secret = give_app(people.users["secretariat"])
    with time_machine.travel(now(), tick=False) as clock:
        client = sign_in(people, "secretariat")
        for _ in range(PER_ACCOUNT):
            assert REFUSED not in page_of(client.post(SECOND_STEP, {"code": "000000"}))
        assert REFUSED in page_of(client.post(SECOND_STEP, {"code": code(secret)}))
        assert REFUSED in page_of(sign_in(people, "secretariat").post(SECOND_STEP, {"code": code(secret)}))
        clock.shift(timedelta(minutes=5, seconds=1))
        assert client.post(SECOND_STEP, {"code": code(secret)}).status_code == 302


def test_those_who_sign_in_are_not_counted(people: World) -> None:
    with time_machine.travel(now(), tick=False):
        for _ in range(PER_ADDRESS + PER_ACCOUNT):
            assert guess(people.users["leader"].email, PASSWORD).status_code == 302


def test_the_counters_stand_in_postgresql(people: World) -> None:
    guess(people.users["leader"].email)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache WHERE cache_key LIKE '%login_failed%'")
        assert cursor.fetchone() == (2,)


def test_asking_for_too_many_links_is_answered_with_the_time_and_the_typed_address(people: World) -> None:
    with time_machine.travel(now(), tick=False):
        for number in range(20):
            Client().post("/konto/password/reset/", {"email": f"nr{number}@test.invalid"})
        answer = Client().post("/konto/password/reset/", {"email": "leder@test.invalid"})
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
        assert f"Prøv igen kl. {localtime() + timedelta(minutes=1):%H.%M.%S}" in page_of(answer)
        assert 'value="leder@test.invalid"' in page_of(answer)
