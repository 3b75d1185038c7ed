"""Every route is known and classified, asks for sign-in, and tells nothing about what is not one's own."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import resolve

from portfolio.models import AnnualStatus
from tests.pages.catalogue import CATALOGUE, places
from tests.pages.forms import body_of, text_of
from tests.pages.markup import Markup
from tests.pages.places import Kind, Page, Place
from tests.pages.region import MISSING, Region
from tests.pages.routes import all_routes

pytestmark = pytest.mark.django_db
STRANGER = "thisted_contact"
CASE_BOUND = re.compile(r"^sager/<str:number>/")
ENGLISH = re.compile(r"\b(this|the|please|you|your|already|requested|logged|been|has|address)\b", re.I)
NO_EDITION = 99
NO_MEETING = 99_999_999
SIGN_IN = "/konto/login/"
OPEN = (Kind.HEALTH, Kind.PUBLIC, Kind.ACCOUNT)
TOKEN = re.compile(r"\b[A-Za-z0-9]{64}\b")


def test_every_route_is_classified_and_every_classified_route_exists() -> None:
    assert sorted(all_routes()) == sorted(page.route for page in CATALOGUE)


def test_no_route_is_classified_twice() -> None:
    routes = [page.route for page in CATALOGUE]
    assert len(routes) == len(set(routes))


def test_every_page_of_the_product_can_be_visited() -> None:
    assert [page.route for page in CATALOGUE if not page.places and page.kind is not Kind.ADMIN] == []


def test_every_address_leads_to_its_route_and_answers_the_role_it_is_for(region: Region) -> None:
    for place in places():
        url = place.url(region)
        assert resolve(url.split("?")[0]).view_name == place.route
        answer = region.browser(place.role).get(url)
        assert (answer.status_code, bool(body_of(answer))) == (place.status, place.status in (200, 403)), str(place)


def test_only_open_pages_answer_without_sign_in(region: Region) -> None:
    for page in CATALOGUE:
        for place in () if page.is_public else page.places:
            for answer in (Client().get(place.url(region)), Client().post(place.url(region))):
                assert leads_to_sign_in(answer.status_code, answer.headers.get("Location", "")), str(place)


def leads_to_sign_in(status: int, address: str) -> bool:
    """Whether an answer asks for sign-in, straight away or by way of the administrator's own page for it."""
    return status == 302 and address.startswith((SIGN_IN, "/admin/login/"))


def test_what_is_open_is_named_here() -> None:
    open_to_all = [page.route for page in CATALOGUE if page.is_public and page.places]
    assert [route for route in open_to_all if not route.startswith("account_")] == [
        "healthz", "contacts:overview", "contacts:overview_csv", "contacts:overview_excel",
        "mfa_authenticate", "mfa_login_webauthn",
    ]  # fmt: skip


def test_the_administrators_pages_are_for_administrators(region: Region) -> None:
    for place in places(Kind.ADMIN):
        for role in ("secretariat", "leader"):
            answer = region.browser(role).get(place.url(region))
            assert leads_to_sign_in(answer.status_code, answer.headers.get("Location", "")), str(place)


def test_an_account_without_a_function_gets_no_further_than_the_waiting_page(region: Region) -> None:
    for place in places(*set(Kind) - {*OPEN, Kind.ADMIN}):
        if place.role and place.route != "contacts:waiting":
            answer = region.browser("newcomer").get(place.url(region))
            assert answer.headers.get("Location") == "/afventer/", str(place)


def test_every_page_speaks_danish(region: Region) -> None:
    for place in places(*set(Kind) - {Kind.ADMIN}):  # Django translates its own
        page = Markup(text_of(region.browser(place.role).get(place.url(region), follow=True)))
        assert [text for text in page.read if ENGLISH.search(text)] == [], str(place)


# --- Foreign and missing are the same ---------------------------------------------------------------


def bound() -> list[Page]:
    """The pages that show or change something of one case."""
    routes = all_routes()
    return [page for page in CATALOGUE if CASE_BOUND.match(routes[page.route])]


def test_the_pages_of_a_case_are_found_by_their_address() -> None:
    assert len(bound()) > 25
    assert all(page.places for page in bound())


def test_a_foreign_and_a_missing_case_give_the_same_answer(region: Region) -> None:
    stranger = region.careless(STRANGER)
    for place in (place for page in bound() for place in page.places):
        foreign, missing = place.url(region), place.url(region, MISSING)
        assert_same_404(stranger, foreign, missing, place)


def test_a_foreign_and_a_missing_edition_give_the_same_answer(region: Region) -> None:
    for place in places():
        if place.route.startswith("portfolio:annual") and place.args:
            year, edition = place.values(region)
            if AnnualStatus.objects.get(year=year, edition=edition).is_published:
                continue  # which everybody who is signed in reads
            assert_same_404(region.careless("leader"), place.url(region), place.url(region, year, NO_EDITION), place)


def test_a_foreign_and_a_missing_meeting_give_the_same_answer(region: Region) -> None:
    for place in places():
        if all_routes()[place.route].startswith("moeder/<int:pk>/"):
            foreign, missing = place.url(region), place.url(region, NO_MEETING)
            assert_same_404(region.careless("leader"), foreign, missing, place)


def assert_same_404(stranger: Client, foreign: str, missing: str, place: Place) -> None:
    """Assert that reading and writing tell a stranger no more of what exists than of what does not."""
    reading, writing = (stranger.get(foreign), stranger.get(missing)), (stranger.post(foreign), stranger.post(missing))
    for one, other in (reading, writing):
        assert one.status_code == other.status_code, str(place)
        assert one.status_code == (405 if one.request["REQUEST_METHOD"] not in allowed(one) else 404), str(place)
        assert TOKEN.sub("", text_of(one)) == TOKEN.sub("", text_of(other)), str(place)
        assert lasting(one) == lasting(other), str(place)


def lasting(answer: HttpResponseBase) -> dict[str, str]:
    """The headers but for the clock."""
    return {name: value for name, value in answer.headers.items() if name not in ("Expires", "Content-Length")}


def allowed(answer: HttpResponseBase) -> str:
    """The methods an address takes, as far as the answer tells; else all of them."""
    return answer.headers.get("Allow", "GET, POST")
