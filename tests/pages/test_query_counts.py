"""A page asks the database as often for one row as for thirty, and never more than twelve times."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from tests.pages.cases import CASES
from tests.pages.catalogue import places
from tests.pages.forms import body_of
from tests.pages.growth import enlarge, lengthen
from tests.pages.places import Kind, Place
from tests.pages.region import Region

pytestmark = pytest.mark.django_db
MOST = 12


@dataclass(frozen=True)
class Visit:
    """What a page asked the database, and how long it was."""

    asked: list[str]
    length: int


Visits = dict[Place, Visit]
LISTING = (Kind.LIST, Kind.DETAIL, Kind.DOWNLOAD, Kind.PUBLIC, Kind.FORM, Kind.ACT)


def shown(kinds: tuple[Kind, ...], name: str = "") -> list[Place]:
    """The pages of these kinds below one case, or outside all cases."""
    return [place for place in places(*kinds) if place.status == 200 and case_of(place) == name]


def case_of(place: Place) -> str:
    """The name of the case a page is below; empty for one outside all cases."""
    first = getattr(place.args[0], "called", "") if place.args else ""
    return first if first in CASES else ""


def counted(region: Region, wanted: list[Place]) -> Visits:
    """What each page asks, session and account included; what is read once per process has been read.

    The clock stands still, so that no session is written on again between the two visits, which happens once a minute.
    """
    with time_machine.travel(now(), tick=False):
        return {place: visited_twice(region, place) for place in wanted}


def visited_twice(region: Region, place: Place) -> Visit:
    """What a page asks at the second visit."""
    browser, url = region.browser(place.role), place.url(region)
    body_of(browser.get(url))
    with CaptureQueriesContext(connection) as queries:
        length = len(body_of(browser.get(url)))
    return Visit([query["sql"] for query in queries], length)


def assert_steady(one: Visits, thirty: Visits) -> None:
    """Assert that no page asks more often, or too often; one that does tells what it repeats."""
    pairs = [(place, one[place], thirty[place]) for place in one]
    more = [told(place, few, many) for place, few, many in pairs if len(few.asked) != len(many.asked)]
    assert not more, "\n".join(more)
    asked = {str(place): len(visit.asked) for place, visit in thirty.items()}
    assert {place: number for place, number in asked.items() if number > MOST} == {}
    lists = list(places(Kind.LIST))
    assert [str(place) for place, few, many in pairs if place in lists and many.length <= few.length] == []


def told(place: Place, one: Visit, thirty: Visit) -> str:
    """A page, how often it asks, and the question it asks most often."""
    (question, times), *_ = Counter(thirty.asked).most_common(1)
    return f"{place}: {len(one.asked)} → {len(thirty.asked)}, {times} times {question}"


def test_pages_outside_a_case_ask_as_often_for_one_as_for_thirty(region: Region) -> None:
    enlarge(region, 1)
    one = counted(region, shown(LISTING))
    enlarge(region, 29)
    assert_steady(one, counted(region, shown(LISTING)))


def names(*kinds: Kind) -> list[str]:
    """The cases whose pages are visited."""
    return sorted({case_of(place) for place in places(*kinds)} - {""})


@pytest.mark.parametrize("name", names(*LISTING))
def test_the_pages_of_a_case_ask_as_often_for_one_of_everything_as_for_thirty(region: Region, name: str) -> None:
    lengthen(region, region.cases[name], 1)
    pages = shown(LISTING, name)
    one = counted(region, pages)
    lengthen(region, region.cases[name], 29)
    assert pages
    assert_steady(one, counted(region, pages))
