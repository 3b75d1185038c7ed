"""Nobody learns from an answer, or from the work it took, whether an account exists."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from core import tasks
from core.models import Job, User
from tests.accounts.hashers import CountingHasher
from tests.accounts.signing_in import LOGIN, TOKEN
from tests.browser import PASSWORD

pytestmark = pytest.mark.django_db
KNOWN, WITHOUT_PASSWORD, CLOSED, UNKNOWN = "a@test.invalid", "b@test.invalid", "c@test.invalid", "d@test.invalid"
EVERYBODY = (KNOWN, WITHOUT_PASSWORD, CLOSED, UNKNOWN)
NEW = "vinterlampe-ved-fjorden"
FORGOTTEN = "/konto/password/reset/"


@dataclass(frozen=True)
class Work:
    """What an answer says, and what it took."""

    status: int
    address: str
    page: str
    hashed: int
    statements: tuple[str, ...]


@pytest.fixture(autouse=True)
def accounts(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["tests.accounts.hashers.CountingHasher"]
    User.objects.create_user(KNOWN, PASSWORD, name="Leder")
    User.objects.create_user(WITHOUT_PASSWORD, name="Ny")
    User.objects.create_user(CLOSED, PASSWORD, name="Stoppet", is_active=False)


def asked(path: str, email: str, **fields: str) -> Work:
    """Post the form of a page with an address, in a browser of its own, from a place nobody has tried from."""
    cache.clear()
    client = Client()
    client.get(path)
    CountingHasher.count = 0
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(path, fields | {"login": email, "email": email})
    page = TOKEN.sub("", answer.content.decode()).replace(email, "…")
    statements = tuple(shape(query["sql"]) for query in queries)
    return Work(answer.status_code, answer.headers.get("Location", ""), page, CountingHasher.count, statements)


def shape(sql: str) -> str:
    """A statement without its values."""
    return re.sub(r"'[^']*'|\d+", "?", sql)


def test_a_wrong_password_and_an_unknown_account_are_answered_alike_with_the_same_work() -> None:
    works = [asked(LOGIN, email, password="forkert-adgangskode") for email in EVERYBODY]
    assert works[0].status == 200
    assert "alert-error" in works[0].page
    assert works[0].hashed == 1
    assert len(set(works)) == 1


def test_a_forgotten_password_is_answered_alike_with_the_same_work() -> None:
    works = [asked(FORGOTTEN, email) for email in EVERYBODY]
    assert works[0].status == 302
    assert works[0].hashed == 0
    assert len(set(works)) == 1


def test_only_accounts_in_use_get_the_mail_and_its_link_works() -> None:
    for email in EVERYBODY:
        asked(FORGOTTEN, email)
    for job in Job.objects.all():
        tasks.wake_job(job.pk)
    assert sorted(message.to[0] for message in mail.outbox) == [KNOWN, WITHOUT_PASSWORD]
    link = next(word for word in str(mail.outbox[0].body).split() if word.startswith("http://testserver/"))
    form = Client()
    page = form.get(link, follow=True)
    form.post(page.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert User.objects.get(email=mail.outbox[0].to[0]).check_password(NEW)


def test_what_waits_to_be_mailed_holds_no_address_and_no_link() -> None:
    asked(FORGOTTEN, KNOWN)
    asked(FORGOTTEN, UNKNOWN)
    known, unknown = Job.objects.order_by("pk")
    assert known.arguments | {"user": 0} == unknown.arguments
    assert not re.search(r"@|http|reset/key", str(known.arguments))


def test_the_right_password_is_hashed_once_too() -> None:
    User.objects.filter(email=KNOWN).update(password=make_password(PASSWORD))
    assert (work := asked(LOGIN, KNOWN, password=PASSWORD)).status == 302
    assert work.hashed == 1
