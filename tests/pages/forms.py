"""The forms of the product, found by opening every page of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponseBase
from django.test import Client
from django.urls import resolve

from tests.pages.catalogue import CATALOGUE
from tests.pages.markup import Control, FormMarkup, Markup
from tests.pages.places import Kind, Place
from tests.pages.region import Region

SIGN_OUT = "account_logout"


@dataclass(frozen=True)
class Form:
    """A form that posts, on the page where it stands."""

    place: Place
    page: str
    action: str
    route: str
    markup: FormMarkup
    by_script: bool = False

    def __str__(self) -> str:
        to = "" if self.route == self.place.route else f" → {self.route}"
        return f"{self.place}{to}"

    @property
    def controls(self) -> list[Control]:
        """Its fields."""
        return list(self.markup.controls.values())

    @property
    def saves_by_itself(self) -> bool:
        """Whether the page also posts it while somebody writes."""
        return "hx-post" in self.markup.attributes


def body_of(response: HttpResponseBase) -> bytes:
    """What an answer holds; a file is read to its end, which closes it."""
    chunks: Any = getattr(response, "streaming_content", None)
    return b"".join(chunks) if chunks is not None else getattr(response, "content", b"")


def text_of(response: HttpResponseBase) -> str:
    """The text of an answer; empty for a file."""
    body = body_of(response)
    return body.decode() if response.headers.get("Content-Type", "").startswith("text/html") else ""


def forms(region: Region, every: int = 1) -> list[Form]:
    """Every form once per address it posts to and role; those of one route in so many, when asked."""
    found: dict[tuple[str, str, str], Form] = {}
    for entry in CATALOGUE[::every]:
        for place in () if entry.posts_only or entry.kind is Kind.DOWNLOAD else entry.places:
            for form in forms_at(region.browser(place.role), place, place.url(region)):
                found.setdefault((form.action, place.role, " ".join(form.markup.controls)), form)
    return list(found.values())


def forms_at(browser: Client, place: Place, url: str) -> list[Form]:
    """The forms of one page; signing out stands on every page and belongs to its own."""
    answer = browser.get(url, follow=True)
    asked = answer.request
    page = asked["PATH_INFO"] + (f"?{asked['QUERY_STRING']}" if asked["QUERY_STRING"] else "")
    posting = [form for form in Markup(text_of(answer)).forms if form.method == "post"]
    made = [made_of(place, page, form) for form in posting]
    made += [made_of(place, page, form, script) for form in posting for script in form.asked_by_script]
    sendable = [form for form in made if form.markup.buttons]
    return [form for form in sendable if form.route != SIGN_OUT or place.route == SIGN_OUT]


def made_of(place: Place, page: str, markup: FormMarkup, script: str = "") -> Form:
    """A form with the address it posts to, or that a script on the page asks with its fields, and the route there."""
    asked = script or markup.action
    action = urljoin(page, asked) if asked else page
    return Form(place, page, action, resolve(urlsplit(action).path).view_name, markup, bool(script))


def again(region: Region, form: Form) -> Form:
    """The same form as its page shows it now."""
    shown = forms_at(region.browser(form.place.role), form.place, form.page)
    asked = (form.action, form.markup.controls.keys())
    return next(one for one in shown if (one.action, one.markup.controls.keys()) == asked)
