"""The early steps in a browser: the three questions, the dialoggrundlag, the dialogue and its answers."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser import Visitor
from transfers.models import TransferCase


def stage(number: str) -> str:
    """Return where a case is."""
    return TransferCase.unscoped.get(number=number).stage


def screen(leader: Visitor, title: str, what: str, *affected: str) -> str:
    """The leader answers the three questions and concludes that a dialoggrundlag is needed; the case's number."""
    leader.go("/").press("Start en indledende vurdering")
    leader.fill(title=title, what_changes=what)
    for sector in affected:
        leader.page.get_by_label(sector).check(force=True)
    leader.fill_everything("")
    expect(leader.page.get_by_text("Der er initiativpligt")).to_be_visible()
    leader.press("Afslut vurderingen")
    expect(leader.page.get_by_role("heading", name=title)).to_be_visible()
    return leader.page.url.rstrip("/").split("/")[-1]


def submit(leader: Visitor, number: str, **picked: str) -> None:
    """The leader fills in the seven steps and sends the dialoggrundlag to the contact person."""
    page = leader.page
    leader.go(f"/sager/{number}/dialoggrundlag/").go(f"/sager/{number}/dialoggrundlag/trin/1/")
    for step in range(1, 8):
        assert page.url.endswith(f"/trin/{step}/"), page.inner_text("main")
        for field, value in picked.items():
            if page.locator(f'main input[name="{field}"]').count():
                leader.pick(field, value)
        if not page.locator("main input[type=checkbox]:checked").count():
            for box in page.locator("main input[type=checkbox]:visible").all()[:3]:
                box.check(force=True)
        leader.fill_everything().press("Gem og fortsæt")
    leader.go(f"/sager/{number}/dialoggrundlag/indsend/").press("Indsend til kontaktpersonen")
    assert stage(number) == "submitted"


def open_dialogue(contact: Visitor, number: str, *parties: str) -> None:
    """The initiator's contact person confirms the parties and opens the dialogue."""
    contact.go(f"/sager/{number}/").press("Modtag og åbn dialogen")
    for box in contact.page.locator("main input[type=checkbox]").all():
        box.uncheck(force=True)
    for name in parties:
        contact.page.get_by_label(name).check(force=True)
    contact.press("Åbn dialogen")
    assert TransferCase.unscoped.get(number=number).parties.count() == len(parties)


def answer(contact: Visitor) -> None:
    """A party's contact person finds the case among what awaits them, and answers."""
    contact.go("/").press("Svar", exact=False).fill_everything().press("Indsend svar")
