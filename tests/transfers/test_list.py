"""The list of cases: every case once, in order, forwards and backwards; nothing moves when a case is added."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from itertools import count

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate, now

from core.models import User
from tests.http_page import Page
from tests.world import World, screened_case
from transfers.access import VIEW
from transfers.enums import Stage
from transfers.filters import SORTS
from transfers.keys import CAP, MANY, looked_up, matching, newest
from transfers.models import Party, TransferCase, TransferCaseGrant

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r"/sager/(OF-\d+-\d{4})/\"")
YEARS = count(100_000)
ROLES = ("leader", "aalborg_contact", "psg_chair", "secretariat", "other_leader")


def listed(world: World, many: int, groups: str, stage: str = "screening", forum: str = "") -> list[TransferCase]:
    """Cases of the department that these see; by twos of the same moment, with few titles, of few ages."""
    department, moment = world.organisations["department"], now()
    rows = TransferCase.unscoped.bulk_create(
        TransferCase(
            number=f"OF-19{next(YEARS)}-0001", title=f"Opgave {n % 5}", change_kind="transfer", what_changes="Alt.",
            initiator=world.organisations["hospital"], department=department, created_by=world.users["leader"],
            sort_date=moment - timedelta(hours=n // 2), stage_since=moment - timedelta(days=n % 7), stage=stage,
            current_forum=world.forums.get(forum),
        )
        for n in range(many)
    )  # fmt: skip
    places = world.organisations | world.forums
    permission = Permission.objects.get(codename=VIEW)
    TransferCaseGrant.objects.bulk_create(
        TransferCaseGrant(group=places[key].group, permission=permission, content_object=case, sort_date=moment)
        for case in rows for key in groups.split()
    )
    return rows


@pytest.fixture
def crowded(world: World) -> World:
    """Some eighty cases in three stages, and one of today."""
    listed(world, 28, "hospital department", "draft")
    asked = listed(world, 26, "hospital department aalborg psg das", "dialogue")
    aalborg, leader = world.organisations["aalborg"], world.users["leader"]
    Party.unscoped.bulk_create(
        Party(case=case, organisation=aalborg, deadline=localdate(), added_by=leader) for case in asked
    )
    listed(world, 27, "hospital department psg das", "portfolio", "psg")
    screened_case(world)
    return world


def numbers(text: str) -> list[str]:
    """The cases a page lists, in its order."""
    return list(dict.fromkeys(NUMBER.findall(text)))


def browse(client: Client, user: User) -> Client:
    """The browser, signed in as somebody."""
    client.force_login(user)
    return client


def turned(client: Client, url: str, way: str) -> list[list[str]]:
    """The pages from here on, one way, until there is no further link."""
    found = []
    while url != "":
        page = Page(f"/sager/{url}", text := client.get(f"/sager/{url}").content.decode())
        found.append(numbers(text))
        links = [href for words, href in page.links if words == way]
        url = links[0] if links else ""
    return found


def reference(world: World, role: str, sort: str, rows: Iterable[TransferCase]) -> list[str]:
    """All that a role sees, as the order has it, worked out in memory."""
    order, seen = SORTS[sort], set(TransferCase.visible_to(world.viewer(role)).values_list("pk", flat=True))
    key = sorted((case for case in rows if case.pk in seen), key=lambda case: (getattr(case, order.column), case.pk))
    return [case.number for case in (reversed(key) if order.descending else key)]


@pytest.mark.parametrize("role", ROLES)
def test_turning_the_pages_shows_every_case_once_in_order_and_back_again(
    crowded: World, client: Client, role: str
) -> None:
    browse(client, crowded.users[role])
    rows = list(TransferCase.unscoped.all())
    for sort in SORTS if role in ("leader", "secretariat") else ("-oprettet",):
        if "title" in SORTS[sort].column:
            continue  # the server's order of letters is its own
        pages = turned(client, f"?sorter={sort}", "Næste")
        assert [number for page in pages for number in page] == reference(crowded, role, sort, rows), sort
        assert all(len(page) == 25 for page in pages[:-1])
        if len(pages) > 1:
            last = f"?sorter={sort}&efter={pages[-2][-1]}"
            assert turned(client, last, "Forrige") == pages[::-1], sort


def test_the_order_by_title_has_every_case_once_too(crowded: World, client: Client) -> None:
    browse(client, crowded.users["leader"])
    pages = [number for page in turned(client, "?sorter=titel", "Næste") for number in page]
    assert sorted(pages) == sorted(TransferCase.visible_to(crowded.viewer("leader")).values_list("number", flat=True))
    assert [number for page in turned(client, "?sorter=-titel", "Næste") for number in page] == pages[::-1]


@pytest.mark.parametrize("query", ["?stadie=draft", "?q=GAVE+3", "?part=0", "?stadie=dialogue&sorter=alder"])
def test_a_narrowed_list_is_turned_in_the_same_way_and_its_links_keep_the_filter(
    crowded: World, client: Client, query: str
) -> None:
    browse(client, crowded.users["leader"])
    query = query.replace("part=0", f"part={crowded.organisations['aalborg'].pk}")
    whole = client.get(f"/sager/csv/{query}").content.decode().splitlines()[1:]
    pages = turned(client, query, "Næste")
    assert [number for page in pages for number in page] == [line.split(";")[0] for line in whole]
    assert 0 < len(whole) < TransferCase.unscoped.count()


def test_a_new_case_moves_nothing_on_the_pages_that_follow(crowded: World, client: Client) -> None:
    browse(client, crowded.users["leader"])
    before = turned(client, "?", "Næste")
    fresh = screened_case(crowded)
    later = turned(client, f"?efter={before[0][-1]}", "Næste")
    assert later == before[1:]
    back = turned(client, f"?foer={before[1][0]}", "Forrige")
    assert back[0] == before[0]
    assert turned(client, "?", "Næste")[0][0] == fresh.number


def test_the_page_tells_which_part_it_is(crowded: World, client: Client) -> None:
    browse(client, crowded.users["leader"])
    count = TransferCase.visible_to(crowded.viewer("leader")).count()
    first = client.get("/sager/").content.decode()
    assert f"1–25 af {count} sager" in first
    second = client.get(f"/sager/?efter={numbers(first)[-1]}").content.decode()
    assert f"26–50 af {count} sager" in second
    assert ">1 sag " in client.get("/sager/?stadie=screening").content.decode()


def test_a_case_that_is_not_seen_turns_no_page(crowded: World, client: Client) -> None:
    browse(client, crowded.users["aalborg_contact"])
    hidden = TransferCase.unscoped.filter(stage=Stage.DRAFT).first()
    assert hidden is not None
    asked = [client.get(f"/sager/{query}").content.decode() for query in ("", f"?efter={hidden.number}", "?efter=OF-1")]
    assert len({tuple(numbers(text)) for text in asked}) == 1


def test_no_page_counts_rows_away_and_the_last_one_asks_no_more_than_the_second(
    crowded: World, client: Client
) -> None:
    for role in ("leader", "secretariat"):
        browse(client, crowded.users[role])
        pages = turned(client, "?", "Næste")
        counts = []
        for page in (pages[0], pages[-2]):
            with CaptureQueriesContext(connection) as asked:
                client.get(f"/sager/?efter={page[-1]}")
            counts.append(len(asked))
            assert not [query["sql"] for query in asked if "OFFSET" in query["sql"]]
        assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize("role", ["leader", "secretariat"])
def test_nobody_counts_beyond_a_thousand(world: World, client: Client, role: str) -> None:
    listed(world, 1002, "department")
    browse(client, world.users[role])
    assert "1–25 af mere end 1.000 sager" in client.get("/sager/").content.decode()
    assert "1–25 af mere end 1.000 sager" in client.get("/sager/?stadie=screening").content.decode()
    for query in ("?q=opgave", "?stadie=screening"):
        first = numbers(client.get(f"/sager/{query}").content.decode())
        with CaptureQueriesContext(connection) as asked:
            second = numbers(client.get(f"/sager/{query}&efter={first[-1]}").content.decode())
        assert len(asked) <= 12, query
        assert (len(second), set(second) & set(first)) == (25, set())
    oldest = client.get("/sager/?sorter=oprettet").content.decode()
    last = client.get(f"/sager/?efter={numbers(oldest)[2]}").content.decode()
    assert "mere end 1.000 sager" in last
    assert "af mere end" not in last


def test_a_word_finds_the_same_cases_in_the_same_order_whichever_way_they_are_read(world: World) -> None:
    listed(world, 1260, "department")
    seen = newest(world.viewer("leader"))
    for word in ("opgave", "opgave 3"):
        rows = TransferCase.visible_to(world.viewer("leader")).filter(findable__contains=word)
        for order in SORTS.values():
            wanted = list(rows.order_by(*order.columns()).values_list("pk", flat=True))
            few, many = (matching(rows, known, order, is_first=True) for known in (seen, seen + [0] * MANY))
            for keys in (few, many, looked_up(rows, order), matching(rows, seen + [0] * MANY, order, is_first=False)):
                assert keys.found(None, 26, backwards=False) == wanted[:26], (word, order)
                assert keys.total == min(len(wanted), CAP + 1), (word, order)
                place = rows.values_list(order.column, "pk").get(pk=wanted[99])
                assert keys.found(place, 26, backwards=False) == wanted[100:126], (word, order)
                assert keys.found(place, 26, backwards=True) == wanted[73:99][::-1], (word, order)
            late = rows.values_list(order.column, "pk").get(pk=wanted[-3])
            turned = matching(rows, seen, order, is_first=False)
            assert turned.found(late, 26, backwards=False) == wanted[-2:], (word, order)
