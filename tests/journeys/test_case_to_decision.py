"""One case in a real browser, each role with its own account: from the three questions to approval and the status."""

from __future__ import annotations

from io import BytesIO

from django.utils.timezone import localdate
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser import Visitor
from tests.journeys.conftest import Visit
from tests.services import Worker
from tests.world import World
from transfers.models import TransferCase

TITLE = "IV-antibiotika i eget hjem"


def test_from_screening_to_approval_and_status(region: World, visit: Visit, celery_worker: Worker) -> None:
    number = screen(visit("leader"))
    submit(visit("leader"), number)
    open_dialogue(visit("contact"), number)
    for role in ("aalborg_contact", "rebild_contact", "plo_contact"):
        answer(visit(role), number)
    write_mini_mtv(visit("leader"), number)
    route(visit("contact"), number)
    draft_decision(visit("psg_secretary"), number)
    publish(visit("psg_chair"), number)
    case = TransferCase.unscoped.get(number=number)
    assert case.stage == "agreement"
    read_status(visit("secretariat"), number)


def screen(leader: Visitor) -> str:
    """The leader answers the three questions and concludes that a dialoggrundlag is needed."""
    leader.go("/").press("Start en indledende vurdering")
    page = leader.page
    page.get_by_label("Hvad kalder I ændringen?").fill(TITLE)
    page.get_by_label("Hvad ændrer sig?").fill("Stabile patienter får antibiotika hjemme.")
    page.get_by_label("Kommuner").check(force=True)
    leader.fill_everything("")
    expect(page.get_by_text("Der er initiativpligt")).to_be_visible()
    leader.press("Afslut vurderingen")
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    return page.url.rstrip("/").split("/")[-1]


def submit(leader: Visitor, number: str) -> None:
    """The leader fills in the seven steps and sends the dialoggrundlag to the contact person."""
    page = leader.page
    leader.go(f"/sager/{number}/dialoggrundlag/")
    page.goto(f"/sager/{number}/dialoggrundlag/trin/1/")
    while "/trin/" in page.url:
        leader.inspect()
        for box in page.locator("main input[type=checkbox]:visible").all()[:3]:
            box.check(force=True)
        leader.fill_everything()
        page.get_by_role("button", name="Gem og fortsæt").click()
        page.wait_for_load_state()
    leader.inspect()
    leader.go(f"/sager/{number}/dialoggrundlag/indsend/")
    page.get_by_role("button", name="Indsend").first.click()
    page.wait_for_load_state()
    leader.inspect()
    assert TransferCase.unscoped.get(number=number).stage == "submitted"


def open_dialogue(contact: Visitor, number: str) -> None:
    """The hospital's contact person confirms the parties and opens the dialogue."""
    contact.go("/").go(f"/sager/{number}/").press("Modtag og åbn dialogen")
    for box in contact.page.locator("main input[type=checkbox]").all():
        box.uncheck(force=True)
    for name in ("Aalborg Kommune", "Rebild Kommune", "PLO Nordjylland"):
        contact.page.get_by_label(name).check(force=True)
    contact.press("Åbn dialogen")
    assert TransferCase.unscoped.get(number=number).parties.count() == 3


def answer(contact: Visitor, number: str) -> None:
    """A party finds the task on the front page and answers."""
    contact.go("/")
    contact.page.get_by_role("main").get_by_role("link", name="Svar").first.click()
    contact.page.wait_for_load_state()
    contact.inspect().fill_everything()
    contact.press("Indsend svar")
    contact.go(f"/sager/{number}/parter/")


def write_mini_mtv(leader: Visitor, number: str) -> None:
    """The leader answers the 26 questions, part by part."""
    page = leader.page
    leader.go(f"/sager/{number}/mini-mtv/")
    for part in range(1, 6):
        leader.go(f"/sager/{number}/mini-mtv/udfyld/{part}/")
        leader.fill_everything("Vurderet til 12 patienter i forhold til i dag.")
        page.locator("main button.button-primary").click()
        page.wait_for_load_state()
    leader.inspect()


def route(contact: Visitor, number: str) -> None:
    """The contact person signs off the mini-MTV, closes the dialogue and chooses forum."""
    contact.go(f"/sager/{number}/mini-mtv/godkend/").press("Godkend mini-MTV")
    contact.go(f"/sager/{number}/handling/close_dialogue/").press("Luk dialogen")
    contact.go(f"/sager/{number}/valg-af-forum/")
    contact.page.get_by_label("Porteføljestyregruppen", exact=False).first.check(force=True)
    contact.fill_everything("Opgaven berører flere kommuner.")
    contact.press("Send sagen videre")
    assert TransferCase.unscoped.get(number=number).stage == "portfolio"


def draft_decision(secretary: Visitor, number: str) -> None:
    """The group's secretary writes the decision as a draft."""
    secretary.go("/").go(f"/sager/{number}/behandling/").press("Registrér beslutning")
    page = secretary.page
    page.get_by_label("Godkend", exact=False).first.check(force=True)
    page.locator("main input[name=decided_on]").fill(localdate().strftime("%d.%m.%Y"))
    page.get_by_label("Beslutning", exact=True).fill("Porteføljestyregruppen godkender opgaveflytningen.")
    page.get_by_label("Begrundelse", exact=True).fill("Alle parter tilslutter sig, og økonomien er belyst.")
    secretary.press("Gem kladde")


def publish(chair: Visitor, number: str) -> None:
    """The chair reads the draft and publishes it."""
    chair.go(f"/sager/{number}/behandling/beslut/").press("Offentliggør …").press("Offentliggør beslutningen")
    chair.go(f"/sager/{number}/historik/").go(f"/sager/{number}/")
    expect(chair.page.get_by_text("Aftale", exact=False).first).to_be_visible()


def read_status(secretariat: Visitor, number: str) -> None:
    """The secretariat orders the year's status, waits for the worker, and reads the PDF."""
    year = localdate().year
    page = secretariat.page
    secretariat.go("/aarsstatus/")
    page.get_by_role("button", name="Bestil").first.click()
    link = page.get_by_role("link", name="Hent PDF", exact=True).first
    expect(link).to_be_visible(timeout=60_000)
    secretariat.inspect()
    with page.expect_download() as waiting:
        link.click()
    text = "\n".join(p.extract_text() for p in PdfReader(BytesIO(waiting.value.path().read_bytes())).pages)
    assert f"Årlig status {year}" in text.replace("\n", " ")
