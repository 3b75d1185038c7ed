"""What is typed, searched for or raised never reaches a log line."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection
from django.test import Client, override_settings

from config.logs import DiscreetFormatter
from notifications.tasks import send_outbox
from tests.pages.broken import SECRET
from tests.pages.region import signed_in
from tests.world import World
from transfers.models import TransferCase

pytestmark = pytest.mark.django_db
MARK, ADDRESS = "Hemmelighed-nr-7", "anna.eksempel@test.invalid"
SCREENING = {
    "title": MARK, "change_kind": "transfer", "what_changes": f"{MARK} om {ADDRESS}", "consequences": "yes",
    "new_competences": "yes", "utensils": "no", "needs_basis": "yes", "affected": ["municipalities"],
}  # fmt: skip


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that the loggers write, as production writes it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(DiscreetFormatter())
    loggers = [logging.getLogger(name) for name in ("", "django")]  # the second does not pass on to the first
    for logger in loggers:
        logger.addHandler(handler)
    yield written
    for logger in loggers:
        logger.removeHandler(handler)


def browser(world: World) -> Client:
    """A leader's browser, which does not ask where a post comes from and is shown the page for an error."""
    client = Client(raise_request_exception=False)
    client.cookies = signed_in(world.users["leader"]).cookies
    return client


def test_what_people_send_reaches_no_log(world: World, log: io.StringIO) -> None:
    visitor, leader = Client(), browser(world)
    visitor.post("/konto/login/", {"login": ADDRESS, "password": MARK})
    visitor.post("/konto/password/reset/", {"email": ADDRESS})
    for path in ("/sager/", "/aftaler/", "/findes-ikke/", "/sager/OF-1999-9999/", "/sager/excel/", "/fora/"):
        leader.get(path, {"q": MARK, "sorter": ADDRESS})
    for data in (SCREENING, SCREENING | {"change_kind": "findes-ikke"}, SCREENING | {"afslut": ""}):
        leader.post("/indledende-vurdering/", data)
    leader.post("/indledende-vurdering/", {f"{MARK}{number}": ADDRESS for number in range(1_001)})
    leader.put("/indledende-vurdering/", MARK)
    Client(enforce_csrf_checks=True).post("/konto/login/", {"login": ADDRESS})
    lines = log.getvalue()
    assert "Not Found: /findes-ikke/" in lines
    assert "Method Not Allowed (PUT): /indledende-vurdering/" in lines
    assert [mark for mark in (MARK, ADDRESS, "Hemmelighed") if mark in lines] == []


def test_what_an_error_says_reaches_no_log(world: World, log: io.StringIO) -> None:
    with override_settings(ROOT_URLCONF="tests.pages.broken"):
        for path in ("/i-stykker/", "/vaek/"):
            assert browser(world).post(path, {"x": MARK}, query_params={"q": MARK}).status_code >= 500
    lines = log.getvalue()
    assert "Internal Server Error: /i-stykker/" in lines
    assert "ValueError" in lines
    assert SECRET not in lines
    assert MARK not in lines


def test_what_a_failed_task_says_reaches_no_log(log: io.StringIO) -> None:
    def refuse(*args: object) -> None:
        raise OperationalError(f"Key (email)=({ADDRESS}) is gone")

    with connection.execute_wrapper(refuse):
        assert send_outbox.apply().failed()
    lines = log.getvalue()
    assert "send_outbox" in lines
    assert "OperationalError" in lines
    assert ADDRESS not in lines


def test_the_screening_of_these_tests_is_one_that_is_stored(world: World) -> None:
    answer = browser(world).get("/indledende-vurdering/")
    hidden = {name: answer.context["form"][name].value() for name in ("request_key", "membership")}
    sent = browser(world).post("/indledende-vurdering/", SCREENING | hidden)
    assert sent.status_code == 302, sent.content.decode()
    assert TransferCase.unscoped.filter(title=MARK).count() == 1
