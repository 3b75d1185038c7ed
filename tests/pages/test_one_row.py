"""The same from the very first case on: one case, then thirty."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.enums import Function, OrganisationKind
from tests.pages.forms import text_of
from tests.pages.growth import duplicate
from tests.pages.region import Region, signed_in
from tests.world import screened_case

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("route", "shown"), [("transfers:list", 25), ("transfers:desk", 30)])
def test_a_page_asks_as_often_for_one_case_as_for_thirty(region: Region, route: str, shown: int) -> None:
    browser = newcomer(region)
    case = screened_case(region.world, "head")
    queries, cases = asked(browser, route)
    assert cases == 1
    for number in range(29):
        duplicate(case, number=f"OF-1997-{number:04d}", request_key=uuid4())
    assert asked(browser, route) == (queries, shown)


def newcomer(region: Region) -> Client:
    """The browser of a leader whose department has no cases yet."""
    hospital = region.world.organisations["hospital"]
    region.world.organisation("new", "Lungemedicin", OrganisationKind.DEPARTMENT, parent=hospital)
    return signed_in(region.world.person("head", Function.LEADER, "new"))


def asked(browser: Client, route: str) -> tuple[int, int]:
    """How many questions a page asks, and how many cases it shows."""
    with CaptureQueriesContext(connection) as queries:
        text = text_of(browser.get(reverse(route)))
    return len(queries), len(set(re.findall(r"/sager/OF-\d{4}-\d{4}/", text)))
