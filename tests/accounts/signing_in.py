"""Signing in as people do, by the forms."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from tests.browser import PASSWORD
from tests.world import World

LOGIN, SECOND_STEP, FACTORS = "/konto/login/", "/konto/2fa/authenticate/", "/konto/2fa/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def give_password(client: Client, world: World, role: str) -> Any:
    """Fill in the first step."""
    return client.post(LOGIN, {"login": world.users[role].email, "password": PASSWORD})


def sign_in(world: World, role: str) -> Client:
    """A browser in which somebody gave address and password."""
    client = Client()
    assert give_password(client, world, role).status_code == 302
    return client


def confirm(client: Client) -> Client:
    """Give the password once more, as one must before something that matters."""
    assert client.post("/konto/reauthenticate/", {"password": PASSWORD}).status_code == 302
    return client


def page_of(answer: Any) -> str:
    """What a page says."""
    return str(answer.content.decode())


def token_in(page: str) -> str:
    """The token of the last form of a page."""
    return str(TOKEN.findall(page)[-1])
