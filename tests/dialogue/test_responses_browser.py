"""The dialogue's pages in a browser: read aloud, by keyboard, on a phone."""

from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from dialogue.models import ResponseVersion
from dialogue.responses.actions import write_comment
from tests.browser import Visitor
from tests.dialogue.said import (
    ECONOMY,
    PATIENTS,
    answer,
    dialogue_case,
    draft,
    new_version,
    party,
    submitted_case,
    without_contact,
)
from tests.world import World


def visitor(world: World, role: str, browser: Browser, server: LiveServer) -> Visitor:
    """Somebody who is signed in already."""
    client, name = Client(), settings.SESSION_COOKIE_NAME
    client.force_login(world.users[role])
    found = Visitor(browser, server.url)
    found.page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": server.url}])
    return found


def test_every_page_is_accessible_and_fits_a_phone(
    transactional_db: None, world: World, browser: Browser, live_server: LiveServer
) -> None:
    waiting, case = submitted_case(world, whole=True), dialogue_case(world, "aalborg", "rebild", "plo", whole=True)
    without_contact(world, "thisted")
    answer(case, world, "aalborg", **ECONOMY, **PATIENTS, capacity="Plads om dagen. " * 20, shared_goals="Tryghed")
    draft(case, world, "rebild", reason="På vej")
    for audience in ("all", "internal"):
        write_comment(case=case, viewer=world.viewer("contact"), text="Hvem ringer vi til?", audience=audience)
    new_version(case, world)
    contact = visitor(world, "contact", browser, live_server)
    contact.go(reverse("dialogue:open", args=[waiting.number]))
    for route in ("parties", "add_party", "extend"):
        contact.go(reverse(f"dialogue:{route}", args=[case.number]))
    own = visitor(world, "aalborg_contact", browser, live_server)
    own.go(reverse("dialogue:response", args=[case.number, party(case, world, "aalborg").pk]))
    own.go(reverse("dialogue:respond", args=[case.number]))


def test_a_response_is_written_corrected_and_submitted(
    transactional_db: None, world: World, browser: Browser, live_server: LiveServer
) -> None:
    case = dialogue_case(world)
    own = visitor(world, "aalborg_contact", browser, live_server)
    own.go(reverse("dialogue:parties", args=[case.number])).press("Svar for Aalborg Kommune")
    own.page.get_by_label("Har I kapaciteten?").fill("Plads om dagen")
    own.page.get_by_role("button", name="Indsend svar").click()
    expect(own.page.get_by_role("alert")).to_be_focused()
    own.inspect()
    expect(own.page.get_by_label("Har I kapaciteten?")).to_have_value("Plads om dagen")
    own.page.get_by_label("Kan ikke tage stilling endnu").check(force=True)
    own.page.get_by_label("Hvad er jeres begrundelse").fill("Vi mangler tal")
    own.press("Indsend svar")
    expect(own.page.get_by_role("heading", name="Svar fra Aalborg Kommune")).to_be_visible()
    assert ResponseVersion.unscoped.get().content["answers"]["capacity"] == "Plads om dagen"
