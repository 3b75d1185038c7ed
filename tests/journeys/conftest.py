"""The people of the journeys: accounts of the small region, with a password, each at a browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from core.models import User
from tests.browser import PASSWORD, Visitor
from tests.portfolio.gatherings import demand
from tests.world import World, make_world

Visit = Callable[[str], Visitor]


def give_passwords() -> None:
    """Let everybody sign in by the form."""
    User.objects.update(password=make_password(PASSWORD))


@pytest.fixture
def region(transactional_db: None) -> World:
    """The small region, committed, with passwords; its Porteføljestyregruppe decides at quorate meetings (rule 9)."""
    world = make_world()
    demand(world, "psg", region=1, municipalities=1)
    give_passwords()
    return world


@pytest.fixture(scope="module")
def seen() -> set[str]:
    """The pages that the journeys of one file have inspected."""
    return set()


@pytest.fixture
def visit(region: World, live_server: LiveServer, browser: Browser, seen: set[str]) -> Iterator[Visit]:
    """Seat a role at a browser, signed in; SCREENSHOTS names a folder to keep pictures in."""
    kept = os.environ.get("SCREENSHOTS")
    pictures = Path(kept) if kept else None

    seated: dict[str, Visitor] = {}

    def seat(role: str) -> Visitor:
        if role not in seated:
            email = region.users[role].email
            seated[role] = Visitor(browser, live_server.url, email, pictures, seen).sign_in()
        return seated[role]

    yield seat
    for visitor in seated.values():
        visitor.page.close()
