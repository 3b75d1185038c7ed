"""Choosing a co-author in a browser, and writing as one: by keyboard, read aloud, on a phone."""

import os
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from minimtv.models import MiniMTVAnswer
from tests.browser import Visitor
from tests.minimtv.casework import dialogue_case, fill_in
from tests.world import World


def visitor(world: World, role: str, browser: Browser, server: LiveServer) -> Visitor:
    """Somebody who is signed in already; SCREENSHOTS names a folder to keep pictures in."""
    client, name, kept = Client(), settings.SESSION_COOKIE_NAME, os.environ.get("SCREENSHOTS")
    client.force_login(world.users[role])
    found = Visitor(browser, server.url, pictures=Path(kept) if kept else None)
    found.page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": server.url}])
    return found


def test_a_leader_chooses_a_colleague_at_a_party_who_then_writes(
    transactional_db: None, world: World, browser: Browser, live_server: LiveServer
) -> None:
    case = dialogue_case(world)
    fill_in(world, case, without=["q8"])
    leader = visitor(world, "leader", browser, live_server)
    leader.go(reverse("minimtv:overview", args=[case.number])).sees("Ingen hos parterne skriver med.")
    leader.press("Vælg medforfattere").sees("Ingen skriver med endnu")
    leader.page.get_by_label("Hvem skal skrive med?").select_option(label="aalborg_colleague (medarbejder)")
    leader.press("Tilføj medforfatter").sees("aalborg_colleague skriver nu med og har fået besked.")
    leader.press("Tilbage").sees("Hvem skriver med?")
    own = visitor(world, "aalborg_colleague", browser, live_server)
    own.go("/").sees("Skriv med på mini-MTV (1 spørgsmål mangler)")
    own.page.get_by_role("link", name="Skriv med").first.click()
    own.sees("Mini-MTV, del 2 af 5")
    own.page.locator("#id_q8").fill("Kommunen venter 12 færre indlæggelser.")
    own.press("Gem og gå ud").sees("26 af 26 spørgsmål er besvaret")
    assert MiniMTVAnswer.unscoped.get(document__case=case, question_key="q8").text.startswith("Kommunen venter")
    leader.go(reverse("minimtv:co_authors", args=[case.number])).press("Fjern aalborg_colleague")
    own.page.reload()
    own.sees("Der er ingen godkendt mini-MTV")
