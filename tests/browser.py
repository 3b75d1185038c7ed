"""A person at a real browser: signs in, fills in forms by their labels, and every page they see is inspected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page

PASSWORD = "Prøve-2026-opgaveflytning"
AXE = Axe.from_file(Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js")
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
TABBABLE = """() => [...document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter(e => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true}))
  .filter(e => !(e.type === 'radio' && e !== (document.querySelector(
     `input[type=radio][name="${e.name}"]:checked`) || document.querySelector(`input[type=radio][name="${e.name}"]`))))
  .map((e, i) => { e.dataset.tabStop = i; return i; })"""
FOCUSED = "() => document.activeElement && document.activeElement.dataset.tabStop"


class Visitor:
    """One account in a browser window of its own; `seen` holds the addresses that were inspected."""

    def __init__(self, browser: Browser, base_url: str, email: str = "", pictures: Path | None = None) -> None:
        self.page: Page = browser.new_page(
            base_url=base_url, locale="da-DK", viewport={"width": 1280, "height": 900}
        )
        self.page.set_default_timeout(40_000)
        self.email, self.pictures, self.complaints = email, pictures, list[str]()
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
        """Open a page, and inspect it."""
        self.page.goto(path)
        return self.inspect()

    def press(self, name: str) -> Visitor:
        """Press the button or follow the link with this name, and inspect what comes."""
        target = self.page.get_by_role("button", name=name, exact=True)
        if not target.count():
            target = self.page.get_by_role("link", name=name, exact=True)
        target.first.click()
        self.page.wait_for_load_state()
        return self.inspect()

    def inspect(self) -> Visitor:
        """Accessible by axe, reachable by keyboard, no sideways scroll at 390 pixels, nothing to complain of."""
        name = self.page.url.split("/", 3)[-1].strip("/").replace("/", "-").split("?")[0] or "forside"
        found = AXE.run(self.page, options=RULES).response["violations"]
        assert not found, f"{name}: {summary(found)}"
        self.reach_everything(name)
        self.narrow(name)
        assert not self.complaints, f"{name}: {self.complaints}"
        return self

    def reach_everything(self, name: str) -> None:
        """Every control can be reached by the Tab key, and the focus never gets stuck."""
        stops = set(map(str, self.page.evaluate(TABBABLE)))
        self.page.evaluate("document.activeElement && document.activeElement.blur()")
        reached: set[str] = set()
        for _ in range(len(stops) + 3):
            self.page.keyboard.press("Tab")
            reached.add(str(self.page.evaluate(FOCUSED)))
        assert stops <= reached, f"{name}: not reached by keyboard: {self.described(stops - reached)}"
        self.page.evaluate("document.activeElement && document.activeElement.blur()")

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

    def fill_everything(self, text: str = "Beskrevet i et par ord.") -> Visitor:
        """Answer every open field of the page's main form with something sensible."""
        for box in self.page.locator("main textarea:visible, main input[type=text]:visible").all():
            if not box.input_value():
                box.fill(self.sensible(box.get_attribute("name") or "", box.get_attribute("inputmode") or "", text))
        names = self.page.locator("main input[type=radio]").evaluate_all("all => [...new Set(all.map(e => e.name))]")
        for name in names:
            group = self.page.locator(f'main input[type=radio][name="{name}"]')
            if not self.page.locator(f'main input[type=radio][name="{name}"]:checked').count():
                group.first.check(force=True)
        return self

    def sensible(self, name: str, mode: str, text: str) -> str:
        """What a careful person would write in a field of this name."""
        if "date" in name or "deadline" in name:
            return "01.03.2027"
        return "12" if mode == "numeric" or "patients" in name or "cost" in name or "saving" in name else text


def summary(violations: list[dict[str, Any]]) -> str:
    """Say what axe found, briefly."""
    return "; ".join(f"{v['id']} ×{len(v['nodes'])}: {v['nodes'][0]['html'][:160]}" for v in violations)
