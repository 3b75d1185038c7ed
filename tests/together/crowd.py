"""Several people at the same moment: real threads, each with a database connection and a browser of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection
from django.http import HttpResponse
from django.test import Client

from tests.http_page import Given, Page
from tests.world import World

FULL = os.environ.get("STRESS") == "full"
T = TypeVar("T")


def at_once(works: Sequence[Callable[[], T]]) -> list[T | Exception]:
    """Start all of it at the same moment; what each gave or raised, in order."""
    line = Barrier(len(works))

    def run(work: Callable[[], T]) -> T | Exception:
        try:
            connection.ensure_connection()
            line.wait(timeout=60)
            return work()
        except Exception as error:  # noqa: BLE001 – what broke is judged by the test
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def browser(world: World, role: str) -> Client:
    """A browser signed in as a role; an error on a page is a 500, as users would get it."""
    client = Client(raise_request_exception=False)
    client.force_login(world.users[role])
    return client


def filled_in(page: Page, button: str, **given: Given) -> dict[str, list[str]]:
    """What a form would send as it stands, with what is given."""
    form = page.form(button)
    assert form.fields.keys() >= given.keys(), f"{sorted(given)} are not all among {sorted(form.fields)}"
    sent = {
        name: field.chosen(given[name]) if name in given else field.current or ([] if field.options else [""])
        for name, field in form.fields.items()
    }
    name, value = form.buttons[button]
    return sent | ({name: [value]} if name else {})


def filled_in_whole(page: Page, button: str, **given: Given) -> dict[str, list[str]]:
    """What a form would send when a willing person has answered all of it."""
    sent: dict[str, list[str]] = {}
    for name, value in page.form(button).answers(button, given):
        sent.setdefault(name, []).append(value)
    return sent


def opened(client: Client, url: str) -> Page:
    """The page as it is opened; AssertionError unless it is there."""
    answer = client.get(url)
    assert answer.status_code == 200, f"{answer.status_code} at {url}"
    return Page(url, answer.content.decode())


def answers(found: Sequence[object]) -> list[HttpResponse]:
    """What came back; AssertionError for whatever broke on the way."""
    broken = [one for one in found if not isinstance(one, HttpResponse) or one.status_code >= 500]
    assert broken == []
    return [one for one in found if isinstance(one, HttpResponse)]
