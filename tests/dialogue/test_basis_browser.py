"""The dialoggrundlag in a browser: saving while writing, reaching it by phone, reading it aloud."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from dialogue.basis.queries import written
from tests.dialogue.basis_answers import fill, fill_for_forum, open_to_parties, reissue, save, submit
from tests.services import ROOT
from tests.world import World, draft_case
from transfers.models import TransferCase

pytestmark = pytest.mark.django_db(transaction=True)


def open_page(world: World, page: Page, server: LiveServer, role: str, address: str) -> None:
    client = Client()
    client.force_login(world.users[role])
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": server.url}])
    page.goto(server.url + address)


def step_url(case: TransferCase, step: int) -> str:
    return reverse("dialogue:basis_step", args=[case.number, step])


def fresh(case: TransferCase) -> TransferCase:
    return TransferCase.unscoped.get(pk=case.pk)


def test_what_is_typed_is_saved_without_a_button_and_does_not_collide_with_the_button(
    transactional_db: None, world: World, page: Page, live_server: LiveServer
) -> None:
    case = draft_case(world)
    open_page(world, page, live_server, "leader", step_url(case, 3))
    page.get_by_label("Er der noget, der haster, og hvorfor?").fill("Intet haster")
    page.keyboard.press("Tab")
    expect(page.locator("#saved")).to_contain_text("Gemt kl.")
    expect(page.locator("#revision")).to_have_value("1")
    assert written(fresh(case)).texts == {"urgency": "Intet haster"}
    page.get_by_label("Hvordan indfases ændringen?").fill("Gradvist")
    page.get_by_role("button", name="Gem og fortsæt").click()
    expect(page).to_have_url(live_server.url + step_url(case, 4))
    assert written(fresh(case)).texts["phasing"] == "Gradvist"


def test_a_cpr_number_is_not_saved_while_writing_and_the_page_says_so(
    transactional_db: None, world: World, page: Page, live_server: LiveServer
) -> None:
    case = draft_case(world)
    open_page(world, page, live_server, "leader", step_url(case, 3))
    field = page.get_by_label("Er der noget, der haster, og hvorfor?")
    field.fill("Patient 010190-1234 venter")
    page.keyboard.press("Tab")
    expect(page.locator("#saved")).to_contain_text("Ikke gemt: Teksten ser ud til at indeholde et CPR-nummer")
    expect(field).to_have_value("Patient 010190-1234 venter")
    assert written(fresh(case)).texts == {}


def addresses(world: World) -> list[str]:
    """Every page of the room: one draft under way, and one case with two versions."""
    draft, sent = draft_case(world), draft_case(world)
    save(draft, world.viewer("leader"), "task", why="Fordi")
    fill_for_forum(world, sent)
    submit(world, sent)
    open_to_parties(world, sent)
    save(sent, world.viewer("leader"), "task", why="En bedre grund")
    reissue(world, sent)
    place, other = (reverse("dialogue:basis", args=[case.number]) for case in (draft, sent))
    steps = [step_url(draft, step) for step in range(1, 8)]
    rest = [place, f"{place}tjek/", f"{place}indsend/", other, f"{other}kvittering/", f"{other}version/1/"]
    return [*steps, *rest, f"{other}version/1/mod/2/"]


def test_every_page_is_accessible_and_fits_a_phone(
    transactional_db: None, world: World, page: Page, live_server: LiveServer
) -> None:
    axe = Axe.from_file(ROOT / "node_modules" / "axe-core" / "axe.min.js")
    found, wide = {}, []
    for address in addresses(world):
        open_page(world, page, live_server, "leader", address)
        page.set_viewport_size({"width": 1280, "height": 900})
        if (result := axe.run(page)).violations_count:
            found[address] = result.generate_report()
        page.set_viewport_size({"width": 390, "height": 844})
        if page.locator("html").evaluate("page => page.scrollWidth > page.clientWidth"):
            wide.append(address)
    assert found == {}
    assert wide == []


def test_a_refused_step_moves_focus_to_what_is_wrong_by_keyboard(
    transactional_db: None, world: World, page: Page, live_server: LiveServer
) -> None:
    case = draft_case(world)
    fill(world, case)
    open_page(world, page, live_server, "leader", step_url(case, 5))
    page.get_by_label("Hvad er jeres engangsudgift?").fill("mange penge")
    page.get_by_role("button", name="Gem og fortsæt").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary a").press("Enter")
    expect(page.get_by_label("Hvad er jeres engangsudgift?")).to_be_focused()
    expect(page.get_by_label("Hvad er jeres engangsudgift?")).to_have_value("mange penge")
