"""Every address, method and role: what is foreign or gone is as if it never was, and nothing is written there."""

from __future__ import annotations

import logging
from random import Random
from uuid import UUID

import pytest
from django.http import HttpResponseBase

from tests.pages.answers import valid_post
from tests.pages.catalogue import CATALOGUE, places
from tests.pages.crawling import METHODS, Crawl, sent, writes
from tests.pages.forms import Form
from tests.pages.fuzzing import FULL
from tests.pages.places import Kind, Place
from tests.pages.readers import NO_NUMBER, SEE_CASE, bound, everyone, readers
from tests.pages.region import Region
from transfers.models import TransferCase

pytestmark = pytest.mark.django_db
ROUTES = [page.route for page in CATALOGUE]
NO_KEY = UUID(int=0)
# Addresses of a part of something: what else the part is looked for in, and a part that nobody has.
PARTS: dict[str, tuple[str, object]] = {
    "dialogue:response": ("closing", NO_NUMBER),
    "dialogue:response_attachments": ("closing", NO_NUMBER),
    "dialogue:attachment": ("answered", NO_KEY),
    "portfolio:correct": ("followed", NO_NUMBER),
    "portfolio:decision_pdf": ("followed", NO_NUMBER),
    "portfolio:item_edit": ("held", NO_NUMBER),
    "portfolio:item_move": ("held", NO_NUMBER),
}


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Thousands of refusals are not written to the log one by one."""
    caplog.set_level(logging.CRITICAL, "django.request")


def test_the_table_of_who_sees_a_case_is_what_the_product_shows(region: Region) -> None:
    shown: dict[str, set[str]] = {name: set() for name in region.cases}
    for role in region.world.users:
        numbers = set(TransferCase.visible_to(region.world.viewer(role)).values_list("number", flat=True))
        for name in region.cases:
            shown[name] |= {role} if region.number(name) in numbers else set()
    assert shown == {name: set(roles) for name, roles in SEE_CASE.items()}


def test_foreign_and_deleted_are_as_missing_to_everybody_and_by_every_method(region: Region) -> None:
    crawl = Crawl(region)
    for place in places():
        found = bound(place)
        if found is not None:
            crawl.keep_out(place, found, strangers(region, place))
    print(f"\n{len(crawl.wrong)} foreign reads or writes of {crawl.compared} ({crawl.counted} requests)")  # noqa: T201
    assert not crawl.wrong, "\n".join([f"{len(crawl.wrong)} of {crawl.compared}", *crawl.wrong[:30]])
    assert crawl.compared > (20_000 if FULL else 1_500)


def strangers(region: Region, place: Place) -> list[tuple[str, str]]:
    """Those who may not know, with every method; in a short run two in five of them, each with one of the methods."""
    found, turn = [role for role in everyone(region) if role not in readers(place)], ROUTES.index(place.route)
    if FULL:
        return [(role, method) for role in found for method in METHODS]
    chosen = [(number, role) for number, role in enumerate(found) if (number + turn) % 5 < 2]
    return [(role, METHODS[(3 * number + turn) % len(METHODS)]) for number, role in chosen]


def test_a_part_of_something_else_is_as_a_missing_part(region: Region) -> None:
    crawl = Crawl(region)
    for place in (place for place in places() if place.route in PARTS):
        other, never = PARTS[place.route]
        key = region.meetings[other].pk if other in region.meetings else region.number(other)
        part, missing = place.values(region)[1], place.url(region, key, never)
        for role in readers(place) if FULL else (place.role, "secretariat"):
            for method in METHODS[:2]:
                crawl.compare(place, role, method, (place.url(region, key), part), (missing, never))
    assert not crawl.wrong, "\n".join(crawl.wrong)
    assert {route for route in PARTS if any(place.route == route for place in places())} == PARTS.keys()


def test_no_page_of_ones_own_takes_a_method_it_has_no_use_for(region: Region) -> None:
    crawl, before = Crawl(region), writes()
    own = places(*set(Kind) - {Kind.ACCOUNT, Kind.ADMIN})  # whose views are Django's and allauth's
    for number, place in enumerate(own):
        for method in METHODS[3:] if FULL else [METHODS[3 + number % 4]]:
            assert crawl.ask(place.role, method, place.url(region)).status_code == 405, f"{method} {place}"
    assert writes() == before


# --- Posts ----------------------------------------------------------------------------------------------


def test_what_its_owner_could_send_is_refused_from_a_stranger(region: Region, every_form: list[Form]) -> None:
    count, random = 0, Random(7)  # noqa: S311 – repeatable, nothing secret
    crawl = Crawl(region)
    for form in every_form:
        if bound(form.place) and form.route == form.place.route:
            outside = [role for role in everyone(region) if role not in readers(form.place)]
            for role in outside if FULL else random.sample(outside, min(2, len(outside))):
                count, before = count + 1, writes()
                answer = sent(crawl.browsers[role], form, valid_post(form, random))
                assert answer.status_code in (302, 401, 403, 404), f"{form} sent as {role}"
                assert answer.status_code != 302 or leads_out(answer), f"{form} sent as {role}"
                assert writes() == before, f"{form} sent as {role}"
    print(f"\n0 writes of {count} posts by strangers")  # noqa: T201
    assert count > 100


def leads_out(answer: HttpResponseBase) -> bool:
    """Whether an answer leads to sign-in or to where one waits."""
    return answer.headers["Location"].startswith(("/konto/login/", "/admin/login/", "/afventer/"))
