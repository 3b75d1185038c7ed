"""Somebody who reads everything they can get at, by every link and by guessed addresses, and what stands there."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import urljoin, urlsplit
from zipfile import ZipFile

from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from pypdf import PdfReader

from contacts.viewer import viewer_for
from dialogue.models import Attachment
from notifications.actions import mail_for
from notifications.models import Notice
from portfolio.models import AgendaItem
from tests.leaks.planting import Garden
from tests.pages.catalogue import CATALOGUE
from tests.pages.forms import body_of
from tests.pages.fuzzing import FULL
from tests.pages.markup import FormMarkup, Markup
from tests.pages.places import Kind
from tests.pages.region import signed_in, undone
from tests.pages.routes import all_routes
from transfers.models import Party, TransferCase

KINDS = {page.route: page.kind for page in CATALOGUE}
LINK = re.compile(r'(?:href|hx-get)="([/?][^"#]*)')
ASKS = (Kind.FORM, Kind.ACT)
LEFT_OUT = (Kind.ACCOUNT, Kind.ADMIN)
SPACE = re.compile(r"[\s\u00ad-]+")
MOST = 10_000 if FULL else 2  # of forms and of views of a list of one route
MOST_READERS = 10_000 if FULL else 1  # of one PDF
Found = tuple[str, str]
fetched: Counter[str] = Counter()


@dataclass
class Reader:
    """A role at a browser, and the pages it has had before it."""

    garden: Garden
    role: str
    known: set[str] = field(default_factory=set)
    asked: Counter[str] = field(default_factory=Counter)
    saving: list[tuple[str, FormMarkup]] = field(default_factory=list)
    requests: int = 0

    def __post_init__(self) -> None:
        self.user = self.garden.world.users.get(self.role)
        self.browser: Client = signed_in(self.user)

    def finds(self) -> Iterator[Found]:
        """Where something stood, and what: pages, files, saved forms, and mails."""
        waiting = [*lists(), *self.guesses()]
        while waiting:
            url = waiting.pop()
            if url not in self.known and self.wants(url):
                self.known.add(url)
                text, links = self.read(url)
                waiting.extend(links)
                yield url, text
        yield from self.saved()
        yield from self.mails()

    def guesses(self) -> list[str]:
        """The hidden addresses this role tries; in a short run a third of them, another third than the next role."""
        turn = sum(map(ord, self.role))
        return [url for number, url in enumerate(guessed(self.garden)) if FULL or (number + turn) % 3 == 0]

    def wants(self, url: str) -> bool:
        """Whether an address is one of the product's own pages; in a short run not every one of a kind."""
        try:
            route = resolve(urlsplit(url).path).view_name
        except Resolver404:
            return False
        kind = KINDS.get(route, Kind.ACCOUNT)
        alike = route if kind in ASKS else urlsplit(url).path if "?" in url else url
        self.asked[alike] += 1
        return kind not in LEFT_OUT and self.asked[alike] <= MOST and fetched[url] < MOST_READERS

    def read(self, url: str) -> tuple[str, list[str]]:
        """The text of an address, and the links there."""
        self.requests += 1
        answer = self.browser.get(url)
        text = text_of(answer)
        kind = answer.headers.get("Content-Type", "")
        fetched[url] += kind == "application/pdf"
        if not kind.startswith("text/html"):
            return text, []
        if "hx-post" in text:
            self.saving.extend((url, form) for form in Markup(text).forms if "hx-post" in form.attributes)
        return text, [urljoin(url, html.unescape(link)) for link in LINK.findall(text)]

    def saved(self) -> Iterator[Found]:
        """What the forms that save by themselves answer when they are sent as they stand."""
        for url, form in self.saving[:MOST]:
            post = {name: control.values for name, control in form.controls.items() if control.kind != "file"}
            with undone():
                answer = self.browser.post(form.attributes["hx-post"] or url, post, headers={"HX-Request": "true"})
                yield f"what {url} answers when it saves", text_of(answer)

    def mails(self) -> Iterator[Found]:
        """What was mailed, and what stands in the outbox."""
        for notice in Notice.objects.filter(user=self.user) if self.user else ():
            sent = mail_for(notice)
            yield f"the mail »{sent.subject}«", f"{sent.subject} {sent.body} {notice.event} {notice.path}"

    def search(self, word: str) -> str:
        """What the list of cases says when it is searched for a word, without the word."""
        self.requests += 1
        answer = self.browser.get("/sager/", {"q": word})
        return re.sub(r"[A-Za-z0-9]{64}", "", body_of(answer).decode().replace(word, "…"))

    @property
    def has_access(self) -> bool:
        """Whether the role has a function, and so gets any further than signing in."""
        return self.user is not None and bool(viewer_for(self.user).memberships)


def text_of(answer: HttpResponseBase) -> str:
    """What an answer says, whatever it is: a page, a file with its name, a spreadsheet, a PDF.

    Paper breaks words, so what a PDF says is without spaces, line ends and hyphens.
    """
    body, kind = body_of(answer), answer.headers.get("Content-Type", "")
    name = answer.headers.get("Content-Disposition", "")
    if kind.startswith("application/pdf"):
        return name + SPACE.sub("", "".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages))
    if "openxmlformats" in kind:
        sheets = ZipFile(BytesIO(body))
        return name + " ".join(sheets.read(part).decode("utf-8", "replace") for part in sheets.namelist())
    return name + body.decode("utf-8", "replace")


def lists() -> list[str]:
    """The addresses that stand for themselves."""
    routes = [page.route for page in CATALOGUE if page.kind not in LEFT_OUT and not page.posts_only]
    return [reverse(route) for route in routes if "<" not in all_routes()[route]]


OF_CASE = (
    "transfers:case", "transfers:history", "transfers:screening", "dialogue:basis", "dialogue:basis_check",
    "dialogue:basis_attachments", "dialogue:parties", "dialogue:respond", "minimtv:overview", "portfolio:treatment",
    "portfolio:publish", "portfolio:vote", "portfolio:agreement",
)  # fmt: skip
OF_PARTY = ("dialogue:response", "dialogue:response_attachments")
OF_MEETING = ("portfolio:meeting", "portfolio:minutes", "portfolio:agenda_pdf", "portfolio:minutes_pdf")
OF_REPORT = ("dialogue:report", "dialogue:report_answer", "dialogue:report_case", "dialogue:report_close")
OF_YEAR = ("portfolio:annual", "portfolio:annual_pdf", "portfolio:annual_excel", "portfolio:annual_public_pdf")


def guessed(garden: Garden) -> Iterator[str]:
    """Addresses of everything that is hidden, to which nobody is led who may not read it."""
    for case in garden.cases.values():
        yield from of_case(case)
    for meeting in garden.meetings.values():
        yield from (reverse(route, args=[meeting.pk]) for route in OF_MEETING)
        items = AgendaItem.unscoped.filter(meeting=meeting)
        yield from (reverse("portfolio:item_edit", args=[meeting.pk, item.pk]) for item in items)
    yield from (reverse(route, args=[garden.report.pk]) for route in OF_REPORT)
    yield from (reverse(route, args=[garden.status.year, garden.status.edition]) for route in OF_YEAR)


def of_case(case: TransferCase) -> Iterator[str]:
    """The same of one case."""
    yield from (reverse(route, args=[case.number]) for route in OF_CASE)
    yield reverse("dialogue:basis_step", args=[case.number, 3])
    yield reverse("minimtv:edit_part", args=[case.number, 1])
    yield reverse("portfolio:agreement_part", args=[case.number, "content"])
    for party in Party.unscoped.filter(case=case):
        yield from (reverse(route, args=[case.number, party.pk]) for route in OF_PARTY)
    for attachment in Attachment.unscoped.filter(case=case):
        yield reverse("dialogue:attachment", args=[case.number, attachment.file_id])
