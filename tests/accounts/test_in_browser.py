"""Two steps, a passkey and the end of a session, as a person meets them in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from core.second_factor import factors
from core.sessions import USED, now
from dialogue.basis.queries import written
from tests.accounts.factors import code
from tests.browser import AXE, PASSWORD, RULES, Visitor
from tests.journeys.conftest import give_passwords
from tests.world import World, draft_case, make_world
from transfers.models import TransferCase

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def region(transactional_db: None, settings: Settings) -> World:
    """The small region, committed, with passwords and second factors demanded."""
    settings.SECOND_FACTOR_WAIVED = False
    world = make_world()
    give_passwords()
    return world


@pytest.fixture
def visitor(region: World, live_server: LiveServer, browser: Browser) -> Iterator[Visitor]:
    """The secretariat at a browser, every page of which is inspected."""
    seated = Visitor(browser, live_server.url, region.users["secretariat"].email)
    yield seated
    seated.page.close()


def give_password(page: Page, email: str) -> None:
    """Fill in the first step."""
    page.goto("/konto/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Adgangskode", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log ind", exact=True).click()


def start(visitor: Visitor, link: str) -> None:
    """Begin to set up a second factor, and confirm by password who one is."""
    visitor.sees("kræver, at du logger ind i to trin").look()
    visitor.press(link).fill(password=PASSWORD).press("Fortsæt")


def test_an_app_is_set_up_and_signs_in(region: World, visitor: Visitor) -> None:
    give_password(visitor.page, visitor.email)
    start(visitor, "Sæt en app op")
    secret = visitor.page.locator(".secret").inner_text()
    visitor.fill(code=code(secret)).press("Tag appen i brug")
    assert visitor.page.locator(".codes code").count() == 10
    visitor.press("Jeg har gemt koderne")
    visitor.page.goto("/sager/")
    expect(visitor.page).to_have_title("Sager – Opgaveflytning")
    visitor.page.get_by_role("group").filter(has_text="sekretariat").first.click()
    visitor.page.get_by_role("button", name="Log ud").first.click()
    give_password(visitor.page, visitor.email)
    visitor.sees("Skriv den kode, som appen").look()
    visitor.fill(code="000000").press("Log ind").sees("Koden er forkert eller for gammel")
    visitor.fill(code=code(secret, ahead=1)).press("Log ind")
    expect(visitor.page).to_have_title("Mine opgaver – Opgaveflytning")


def test_a_passkey_is_added_and_signs_in_alone_and_as_the_second_step(region: World, visitor: Visitor) -> None:
    device = visitor.page.context.new_cdp_session(visitor.page)
    device.send("WebAuthn.enable")
    abilities = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    device.send("WebAuthn.addVirtualAuthenticator", {"options": abilities})
    give_password(visitor.page, visitor.email)
    start(visitor, "Tilføj en adgangsnøgle")
    visitor.fill(name="Min telefon").press("Tilføj nøglen")
    assert visitor.page.locator(".codes code").count() == 10
    assert str(factors(region.users["secretariat"]).get()) == "Min telefon"
    visitor.go("/konto/2fa/webauthn/").sees("Min telefon")
    sign_out(visitor)
    give_password(visitor.page, visitor.email)
    visitor.sees("Med adgangsnøgle")
    visitor.page.get_by_role("button", name="Brug adgangsnøgle").click()
    expect(visitor.page).to_have_title("Mine opgaver – Opgaveflytning")
    sign_out(visitor)
    visitor.go("/konto/login/")
    visitor.page.get_by_role("button", name="Log ind med adgangsnøgle").click()
    expect(visitor.page).to_have_title("Mine opgaver – Opgaveflytning")
    assert not visitor.complaints


def sign_out(visitor: Visitor) -> None:
    visitor.page.goto("/konto/logout/")
    visitor.page.get_by_role("main").get_by_role("button", name="Log ud").click()
    expect(visitor.page).to_have_title("Log ind – Opgaveflytning")


# --- The end of a session -------------------------------------------------------------------------------


def idle_for(minutes: int) -> None:
    """Let the only session have been used so long ago."""
    session = SessionStore(Session.objects.get().session_key)
    session[USED] = now() - 60 * minutes
    session.save()


def last_used() -> int:
    return int(Session.objects.get().get_decoded()[USED])


def texts(case: TransferCase) -> dict[str, str]:
    return dict(written(TransferCase.unscoped.get(pk=case.pk)).texts)


def test_the_page_warns_in_time_and_keeps_what_is_typed_until_one_has_signed_in_again(
    region: World, live_server: LiveServer, browser: Browser
) -> None:
    case = draft_case(region)
    leader = Visitor(browser, live_server.url, region.users["leader"].email)
    page = leader.page
    page.clock.install()
    leader.sign_in()
    page.goto(f"/sager/{case.number}/dialoggrundlag/trin/3/")
    notice = page.locator("#session-notice")

    idle_for(57)
    page.clock.fast_forward("56:00")
    expect(notice).to_contain_text("Du bliver snart logget ud")
    leader.inspect()
    notice.get_by_role("button", name="Bliv logget ind").click()
    expect(notice).to_be_empty()
    assert now() - last_used() < 60

    idle_for(61)
    page.get_by_label("Hvordan indfases ændringen?").fill("Gradvist fra foråret")
    page.clock.fast_forward("56:00")
    expect(notice).to_contain_text("Du er logget ud")
    assert AXE.run(page, options=RULES).response["violations"] == []
    page.get_by_role("button", name="Gem og fortsæt").click()
    expect(notice).to_contain_text("Du er logget ud")
    expect(page.get_by_label("Hvordan indfases ændringen?")).to_have_value("Gradvist fra foråret")
    assert texts(case) == {}

    with page.context.expect_page() as opened:
        notice.get_by_role("link", name="Log ind i et nyt vindue").click()
    window = opened.value
    give_password(window, leader.email)
    expect(window).to_have_title("Mine opgaver – Opgaveflytning")
    window.close()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(notice).to_contain_text("Du kan arbejde videre her")
    page.get_by_role("button", name="Gem og fortsæt").click()
    page.wait_for_url("**/trin/4/")
    assert texts(case) == {"phasing": "Gradvist fra foråret"}
    assert all("401" in complaint for complaint in leader.complaints)  # which is how the server says so
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    page.close()


def test_without_scripts_a_late_post_is_held_by_the_page(
    region: World, live_server: LiveServer, browser: Browser
) -> None:
    case = draft_case(region)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    give_password(page, region.users["leader"].email)
    page.goto(f"/sager/{case.number}/dialoggrundlag/trin/3/")
    page.get_by_label("Hvordan indfases ændringen?").fill("Gradvist\nfra foråret")
    Session.objects.all().delete()
    page.get_by_role("button", name="Gem og fortsæt").click()
    expect(page.get_by_role("heading", name="Det er ikke gemt endnu")).to_be_visible()
    window = context.new_page()
    give_password(window, region.users["leader"].email)
    expect(window).to_have_title("Mine opgaver – Opgaveflytning")
    page.get_by_role("button", name="Send det, jeg skrev").click()
    expect(page.get_by_text("du har logget ind igen siden")).to_be_visible()
    page.get_by_role("button", name="Send det, jeg skrev").click()
    page.wait_for_url("**/trin/4/")
    assert texts(case) == {"phasing": "Gradvist\nfra foråret"}
    context.close()
