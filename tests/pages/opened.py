"""Opens answers in Chromium that were made before; the browser is given them from memory and reaches nothing else.

The browser runs in a thread of its own: where its event loop runs, Django takes another connection to the
database, which does not know what a test has not yet stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Error, Page, Route, WebError, sync_playwright
from playwright.sync_api import TimeoutError as TookTooLong

from tests.pages.answered import Answered, Files
from tests.pages.payloads import PAYLOADS, RUN

ORIGIN = "http://localhost"
PATIENCE, LONGEST = 60_000, 3_600  # milliseconds for a page, seconds for all: a browser that hangs is an error
SIGNS = (RUN, "<class '")  # of templates and formats that were taken for such
REFUSED = "Failed to load resource"  # what the console says of a page whose own status is an error
TELL = """document.addEventListener('securitypolicyviolation',
  e => console.error(`policy violation: ${e.effectiveDirective} ${e.blockedURI} ${e.sample}`));"""
LOOK = """() => {
  const elements = [...document.querySelectorAll('*')];
  const attributes = elements.flatMap(element => [...element.attributes].map(a => [element, a.name, a.value]));
  const isScript = (name, value) => ['href', 'src', 'action', 'formaction', 'srcdoc', 'xlink:href'].includes(name)
    && /^[\\x00-\\x20]*(javascript|vbscript|data):/i.test(value);
  const shown = element => element.outerHTML.slice(0, 200);
  return {
    planted: elements.filter(e => e.hasAttribute('data-planted')).map(shown),
    armed: attributes.filter(([, n, v]) => n.startsWith('on') || isScript(n, v)).map(([e]) => shown(e)),
    said: [document.documentElement.textContent, ...attributes.map(([, , value]) => value)].join('\\n'),
  };
}"""


@dataclass
class Reader:
    """Somebody at Chromium: what went wrong while they read, and how often they have read each payload."""

    files: Files
    reading: Answered | None = None
    is_there: bool = False
    opened: int = 0
    dialogs: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    elements: list[str] = field(default_factory=list)
    worked_out: list[str] = field(default_factory=list)
    read: Counter[str] = field(default_factory=Counter)

    @property
    def noticed(self) -> list[str]:
        """Everything that went wrong."""
        return [*self.dialogs, *self.violations, *self.complaints, *self.requests, *self.elements, *self.worked_out]

    def open(self, page: Page, answer: Answered) -> None:
        """Open an answer, and look at what became of it; one that leads away on its own is a complaint."""
        self.reading, self.is_there = answer, False
        self.opened += 1
        try:
            page.goto(ORIGIN + answer.address, wait_until="load")
            self.look(page)
        except TookTooLong:
            raise
        except Error as error:
            self.note(self.complaints, error.message)

    def look(self, page: Page) -> None:
        """Note what stands on the page."""
        found = page.evaluate(LOOK)
        for element in found["planted"] + found["armed"]:
            self.note(self.elements, element)
        for sign in SIGNS:
            if sign in found["said"]:
                self.note(self.worked_out, sign)
        self.read.update(text for text in PAYLOADS if text in found["said"])

    def note(self, where: list[str], what: str) -> None:
        """Note something about the page that is read."""
        where.append(f"{self.reading.name if self.reading else ''}: {what}")

    # --- What the browser calls ---------------------------------------------------------------------

    def give(self, route: Route) -> None:
        """Give what was made before; whatever else is asked for is noted and gets nothing."""
        found = self.found(route)
        if found is None:
            route.abort()
        else:
            route.fulfill(status=found.status, headers=found.headers, body=found.body)

    def found(self, route: Route) -> Answered | None:
        """What there is at an address: first the page that is read, then other files."""
        if self.reading and not self.is_there and route.request.is_navigation_request():
            self.is_there = True
            return self.reading
        address = route.request.url.removeprefix(ORIGIN)
        found = self.files.get(address)
        if found is None and not self.asks_again(address):
            self.note(self.requests, f"{route.request.method} {route.request.url}")
        return found

    def asks_again(self, address: str) -> bool:
        """Whether the page itself asks how far a job has come."""
        return self.reading is not None and f'hx-get="{address}"'.encode() in self.reading.body

    def on_dialog(self, dialog: Dialog) -> None:
        """Note a dialog, and close it."""
        self.note(self.dialogs, dialog.message)
        dialog.dismiss()

    def on_error(self, error: WebError) -> None:
        """Note an error in a script."""
        self.note(self.complaints, str(error.error))

    def on_console(self, message: ConsoleMessage) -> None:
        """Note what the browser says is wrong."""
        if "policy violation" in message.text or "Content Security Policy" in message.text:
            self.note(self.violations, message.text)
        elif message.type == "error" and REFUSED not in message.text:
            self.note(self.complaints, message.text)


def read(answers: Iterable[Answered], files: Files, launch: dict[str, Any]) -> Reader:
    """Open one answer after the other; an error when that has no end."""
    return apart(lambda: read_all(list(answers), files, launch))


def read_all(answers: list[Answered], files: Files, launch: dict[str, Any]) -> Reader:
    """The same, where no other event loop runs."""
    reader = Reader(files)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch)
        context = browser.new_context(locale="da-DK", service_workers="block")
        listen(context, reader)
        page = context.new_page()
        for answer in answers:
            complaints = len(reader.complaints)
            reader.open(page, answer)
            if len(reader.complaints) > complaints:  # it may still be on its way elsewhere
                page.close()
                page = context.new_page()
        browser.close()
    return reader


def listen(context: BrowserContext, reader: Reader) -> None:
    """Tell a reader all that happens."""
    context.set_default_timeout(PATIENCE)
    context.add_init_script(TELL)
    context.on("dialog", reader.on_dialog)
    context.on("console", reader.on_console)
    context.on("weberror", reader.on_error)
    context.route("**/*", reader.give)


def apart(work: Callable[[], Reader]) -> Reader:
    """Do something in a thread of its own."""
    done = Future[Reader]()

    def settle() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # noqa: BLE001 – it is raised again where somebody waits
            done.set_exception(error)

    Thread(target=settle, daemon=True).start()
    return done.result(LONGEST)
