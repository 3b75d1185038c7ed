"""A person at a real browser: signs in, fills in forms by their labels, and every page they see is inspected."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import resolve
from django.utils.timezone import localdate
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

PASSWORD = "Prøve-2026-opgaveflytning"
AXE = Axe.from_file(Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js")
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
TABBABLE = """() => [...document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter(e => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true}))
  .filter(e => !(e.type === 'radio' && e !== (document.querySelector(
     `input[type=radio][name="${e.name}"]:checked`) || document.querySelector(`input[type=radio][name="${e.name}"]`))))
  .map((e, i) => { e.dataset.tabStop = i; return i; })"""
WATCH = """() => {
  if (document.activeElement) document.activeElement.blur();
  window.tabStops = new Set();
  document.addEventListener('focusin', e => window.tabStops.add(e.target.dataset.tabStop)); }"""
REACHED = "() => { if (document.activeElement) document.activeElement.blur(); return [...window.tabStops]; }"
OPEN_FIELDS = """kinds => [...document.querySelectorAll('main textarea, main input[type=text]')]
  .filter(e => e.name && !e.value && e.checkVisibility() && e.matches(kinds))
  .map(e => ({name: e.name, mode: e.inputMode, day: Boolean(e.closest('.date-picker'))}))"""
OPEN_CHOICES = """() => [...new Set([...document.querySelectorAll('main input[type=radio]')].map(e => e.name))]
  .filter(name => !document.querySelector(`main input[type=radio][name="${name}"]:checked`))"""
WHICH_ROW = {"number", "pk", "item", "version", "edition", "year", "organisation"}


class Visitor:
    """One account in a browser window of its own.

    `seen` holds the pages that were inspected. Visitors who share it inspect a page once, whoever comes first;
    without it every page is inspected each time.
    """

    def __init__(
        self, browser: Browser, base_url: str, email: str = "", pictures: Path | None = None,
        seen: set[str] | None = None,
    ) -> None:  # fmt: skip
        self.page: Page = browser.new_page(
            base_url=base_url, locale="da-DK", viewport={"width": 1280, "height": 900}
        )
        self.page.set_default_timeout(40_000)
        self.email, self.pictures, self.seen, self.complaints = email, pictures, seen, list[str]()
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))

    def sign_in(self) -> Visitor:
        """Sign in by the form on the page."""
        self.page.goto("/konto/login/")
        self.page.locator("input[name=login]").fill(self.email)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.get_by_role("button", name="Log ind", exact=True).click()
        self.page.wait_for_url(lambda url: "/konto/" not in url)
        return self

    def go(self, path: str) -> Visitor:
        """Open a page, and look at it."""
        self.page.goto(path)
        return self.look()

    def press(self, name: str, *, exact: bool = True) -> Visitor:
        """Press the button or follow the link with this name, or with this in it, and look at what comes."""
        main = self.page.get_by_role("main")
        target = main.get_by_role("button", name=name, exact=exact)
        if not target.count():
            target = main.get_by_role("link", name=name, exact=exact)
        with self.page.expect_navigation():
            target.first.click()
        return self.look()

    def look(self) -> Visitor:
        """Inspect the page unless one of its kind has been; whatever it is, the console has nothing to say."""
        kind = kind_of(self.page.url)
        if self.seen is None or kind not in self.seen:
            self.inspect()
        assert not self.complaints, f"{kind}: {self.complaints}"
        return self

    def inspect(self) -> Visitor:
        """Accessible by axe, reachable by keyboard, no sideways scroll at 390 pixels, nothing to complain of."""
        name = self.page.url.split("/", 3)[-1].strip("/").replace("/", "-").split("?")[0] or "forside"
        found = AXE.run(self.page, options=RULES).response["violations"]
        assert not found, f"{name}: {summary(found)}"
        self.reach_everything(name)
        self.narrow(name)
        assert not self.complaints, f"{name}: {self.complaints}"
        if self.seen is not None:
            self.seen.add(kind_of(self.page.url))
        return self

    def reach_everything(self, name: str) -> None:
        """Every control can be reached by the Tab key, and the focus never gets stuck."""
        stops = set(map(str, self.page.evaluate(TABBABLE)))
        self.page.evaluate(WATCH)
        for _ in range(len(stops) + 3):
            self.page.keyboard.press("Tab")
        reached = set(map(str, self.page.evaluate(REACHED)))
        assert stops <= reached, f"{name}: not reached by keyboard: {self.described(stops - reached)}"

    def described(self, stops: set[str]) -> list[str]:
        """What the unreached controls are."""
        found = [self.page.locator(f'[data-tab-stop="{stop}"]').first for stop in stops]
        return [element.evaluate("e => e.outerHTML")[:160] for element in found]

    def narrow(self, name: str) -> None:
        """At 390 pixels nothing is cut off; pictures of both widths are kept when asked for."""
        self.picture(name, 1280)
        self.page.set_viewport_size({"width": 390, "height": 844})
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        self.picture(name, 390)
        self.page.set_viewport_size({"width": 1280, "height": 900})
        assert wide <= 390, f"{name} scrolls sideways at 390 pixels ({wide})"

    def picture(self, name: str, width: int) -> None:
        """Keep a screenshot."""
        if self.pictures:
            self.page.screenshot(path=self.pictures / f"{name[:90]}-{width}.png", full_page=True)

    def fill(self, **texts: str) -> Visitor:
        """Write in these fields, by their names."""
        for field, text in texts.items():
            self.page.locator(f'main [name="{field}"]').fill(text)
        return self

    def pick(self, field: str, *values: str) -> Visitor:
        """Choose these values of a field with radio buttons or checkboxes, by the field's name."""
        for value in values:
            self.page.locator(f'main input[name="{field}"][value="{value}"]').check(force=True)
        return self

    def fill_everything(self, text: str = "Beskrevet i et par ord.", kinds: str = "textarea, input") -> Visitor:
        """Answer every open field of the page's main form, or those of some kinds, with something sensible."""
        for field in self.page.evaluate(OPEN_FIELDS, kinds):
            self.fill(**{field["name"]: sensible(field, text)})
        for name in self.page.evaluate(OPEN_CHOICES):
            self.page.locator(f'main input[type=radio][name="{name}"]').first.check(force=True)
        return self

    def sees(self, text: str) -> Visitor:
        """Wait until the page says this."""
        expect(self.page.get_by_role("main").get_by_text(text).first).to_be_visible()
        return self

    def wait_for(self, link: str) -> Visitor:
        """Wait for a link that comes when a job in the background is done; and look at the page."""
        expect(self.page.get_by_role("link", name=link, exact=True).first).to_be_visible(timeout=60_000)
        return self.look()

    def read_pdf(self, link: str) -> str:
        """Download the PDF behind a link; returns what it says."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=link, exact=True).first.click()
        pages = PdfReader(BytesIO(waiting.value.path().read_bytes())).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())


def kind_of(url: str) -> str:
    """Tell which page an address is of, whatever case, meeting or edition it is about."""
    found = resolve(urlsplit(url).path)
    return " ".join([found.view_name, *(str(v) for name, v in found.kwargs.items() if name not in WHICH_ROW)])


def danish(days: int = 0) -> str:
    """Write the day so many days from today, as Danes do."""
    return f"{localdate() + timedelta(days=days):%d.%m.%Y}"


def sensible(field: dict[str, Any], text: str) -> str:
    """Say what a careful person would write in a field."""
    name = field["name"]
    if field["day"] or "date" in name or "deadline" in name:
        return danish(90)
    counts = field["mode"] in ("numeric", "decimal") or any(word in name for word in ("patients", "cost", "saving"))
    return "12" if counts else text


def summary(violations: list[dict[str, Any]]) -> str:
    """Say what axe found, briefly."""
    return "; ".join(f"{v['id']} ×{len(v['nodes'])}: {v['nodes'][0]['html'][:160]}" for v in violations)
