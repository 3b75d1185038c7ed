"""How long one stays signed in, what keeps a session, and that nothing typed is lost when it ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from pytest_django import Settings

from core.tasks import clear_sessions
from dialogue.basis.queries import written
from tests.accounts.signing_in import LOGIN, give_password, page_of, token_in
from tests.world import World, draft_case
from transfers.models import TransferCase

pytestmark = pytest.mark.django_db
STATE = "/konto/session/"
TEXT = "Gradvist fra foråret.\nFørst to afdelinger <hver for sig>."


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(now(), tick=False) as moved:
        yield moved


@pytest.fixture
def client(people: World, clock: time_machine.Traveller) -> Client:
    """The leader's browser, signed in now."""
    browser = Client()
    assert give_password(browser, people, "leader").status_code == 302
    return browser


def is_in(answer: Any) -> bool:
    """Whether the page was shown; AssertionError unless it was or sign-in is asked for."""
    assert answer.status_code == 200 or answer.headers["Location"].startswith(LOGIN)
    return bool(answer.status_code == 200)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def test_an_hour_without_use_ends_the_session(client: Client, clock: time_machine.Traveller) -> None:
    clock.shift(minutes(59))
    assert is_in(client.get("/sager/"))
    clock.shift(minutes(59))
    assert is_in(client.get("/sager/"))
    clock.shift(minutes(61))
    assert not is_in(client.get("/sager/"))
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    "header", [("HX-Request", "true"), ("X-Requested-With", "XMLHttpRequest"), ("Sec-Fetch-Dest", "empty")]
)
def test_what_scripts_ask_by_themselves_does_not_keep_it(
    client: Client, clock: time_machine.Traveller, header: tuple[str, str]
) -> None:
    headers = dict([header])
    for _ in range(6):
        clock.shift(minutes(9))
        assert client.get("/sager/", headers=headers).status_code == 200
        assert client.get(STATE, headers=headers).status_code == 200
    clock.shift(minutes(7))
    assert client.get("/sager/", headers=headers).status_code == 401
    assert client.post("/sager/", {"title": "x"}, headers=headers).status_code == 401


def test_a_click_keeps_it(client: Client, clock: time_machine.Traveller) -> None:
    clock.shift(minutes(57))
    script = {"X-Requested-With": "XMLHttpRequest"}
    assert client.get(STATE, headers=script).json()["left"] == 3 * 60
    assert client.post(STATE, headers=script).json()["left"] == 60 * 60
    clock.shift(minutes(57))
    assert is_in(client.get("/sager/"))


def test_twelve_hours_end_it_however_busy_one_is(client: Client, clock: time_machine.Traveller) -> None:
    for _ in range(23):
        clock.shift(minutes(30))
        assert is_in(client.get("/sager/"))
    clock.shift(minutes(27))
    state = client.post(STATE, headers={"X-Requested-With": "XMLHttpRequest"}).json()
    assert (state["left"], state["is_last"]) == (3 * 60, True)
    clock.shift(minutes(4))
    assert not is_in(client.get("/sager/"))


def test_both_durations_are_settings(client: Client, clock: time_machine.Traveller, settings: Settings) -> None:
    settings.SESSION_IDLE_SECONDS, settings.SESSION_LONGEST_SECONDS = 20 * 60, 45 * 60
    clock.shift(minutes(19))
    assert is_in(client.get("/sager/"))
    clock.shift(minutes(19))
    assert is_in(client.get("/sager/"))
    clock.shift(minutes(8))
    assert not is_in(client.get("/sager/"))


def test_the_rules_ask_the_database_nothing_and_write_once_a_minute(
    client: Client, clock: time_machine.Traveller
) -> None:
    counts = []
    for wait in (0, 59, 2, 1):
        clock.shift(timedelta(seconds=wait))
        with CaptureQueriesContext(connection) as queries:
            client.get("/sager/")
        told = [query["sql"].split()[0] for query in queries if "django_session" in query["sql"]]
        counts.append(told)
    assert counts == [["SELECT"], ["SELECT"], ["SELECT", "UPDATE"], ["SELECT"]]


# --- What was typed -------------------------------------------------------------------------------------


@pytest.fixture
def case(people: World) -> TransferCase:
    return draft_case(people)




def fresh(case: TransferCase) -> TransferCase:
    return TransferCase.unscoped.get(pk=case.pk)


def test_a_post_after_the_end_is_held_by_the_page_until_one_has_signed_in_again(
    people: World, clock: time_machine.Traveller, case: TransferCase
) -> None:
    browser = Client(enforce_csrf_checks=True)
    token = token_in(page_of(browser.get(LOGIN)))
    person = {"login": people.users["leader"].email, "password": "Prøve-2026-opgaveflytning"}
    browser.post(LOGIN, person | {"csrfmiddlewaretoken": token})
    address = f"/sager/{case.number}/dialoggrundlag/trin/3/"
    post = {"phasing": TEXT, "revision": "0", "csrfmiddlewaretoken": token_in(page_of(browser.get(address)))}
    clock.shift(minutes(61))

    held = browser.post(address, post)
    assert held.status_code == 401
    assert dict(held.context["fields"]) == {"phasing": TEXT, "revision": "0"}
    assert "Først to afdelinger &lt;hver for sig&gt;." in page_of(held)
    assert not Session.objects.exists()
    assert written(fresh(case)).texts == {}

    window = token_in(page_of(browser.get(LOGIN)))
    browser.post(LOGIN, person | {"csrfmiddlewaretoken": window})
    old = {"csrfmiddlewaretoken": token_in(page_of(held)), "phasing": TEXT, "revision": "0"}
    renewed = browser.post(address, old, headers={"Origin": "http://testserver"})
    assert renewed.status_code == 403
    assert dict(renewed.context["fields"]) == {"phasing": TEXT, "revision": "0"}
    assert "Send det nu som" in page_of(renewed)

    sent = browser.post(address, old | {"csrfmiddlewaretoken": token_in(page_of(renewed))})
    assert sent.status_code == 302
    assert written(fresh(case)).texts == {"phasing": TEXT}


def test_a_forged_post_is_not_shown_back(client: Client, case: TransferCase) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    address = f"/sager/{case.number}/dialoggrundlag/trin/3/"
    for headers in ({"Origin": "https://evil.example"}, {"Referer": "https://evil.example/"}, {"Accept": "*/*"}):
        answer = strict.post(address, {"phasing": TEXT}, headers=headers)
        assert answer.status_code == 403
        assert "afdelinger" not in page_of(answer)


def test_passwords_and_codes_are_never_held(client: Client, clock: time_machine.Traveller) -> None:
    clock.shift(minutes(61))
    answer = client.post("/konto/password/change/", {"oldpassword": "hemmelig-adgangskode"})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(LOGIN)
    assert "hemmelig" not in answer.headers["Location"]


def test_sessions_that_are_over_are_deleted_every_night(client: Client, clock: time_machine.Traveller) -> None:
    clear_sessions()
    assert Session.objects.exists()
    clock.shift(timedelta(hours=13))
    clear_sessions()
    assert not Session.objects.exists()
