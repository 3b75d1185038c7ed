"""Asks for what is foreign, gone or was never there, and compares the answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import connection
from django.http import HttpResponseBase
from django.test import Client

from tests.pages.answers import Post
from tests.pages.cases import make_report, ordered
from tests.pages.forms import Form, body_of
from tests.pages.fuzzing import body
from tests.pages.places import Place
from tests.pages.readers import Bound
from tests.pages.region import Region, undone
from tests.portfolio.gatherings import planned
from tests.world import screened_case

METHODS = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")
TOKEN = re.compile(rb"\b[A-Za-z0-9]{64}\b")
WRITES = """
SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_xact_user_tables
WHERE schemaname = 'public' AND relname <> ALL(%s)
"""
Keyed = tuple[str, object]
Answer = tuple[int, bytes, tuple[tuple[str, str], ...]]


def writes(but: Sequence[str] = ()) -> int:
    """How many rows this transaction has written, but for some tables; those taken back again included."""
    with connection.cursor() as cursor:
        cursor.execute(WRITES, [["django_session", "cache", *but]])
        return int(cursor.fetchone()[0])


@dataclass
class Crawl:
    """Browsers of all roles that ask whatever the address and the method, and what is wrong with the answers."""

    region: Region
    counted: int = 0
    compared: int = 0
    wrong: list[str] = field(default_factory=list)
    known: dict[tuple[str, str, str], Answer] = field(default_factory=dict)

    @cached_property
    def browsers(self) -> dict[str, Client]:
        """A browser with the session of each role; nobody asks where its posts come from."""
        made = {role: Client() for role in self.region.browsers}
        for role, client in made.items():
            client.cookies = copy(self.region.browser(role).cookies)
        return made

    @cached_property
    def gone(self) -> dict[str, Any]:
        """A key of each kind that was there and is no more."""
        world = self.region.world
        found: dict[str, Any] = {}
        with undone():
            found["case"] = screened_case(world).number
            found["meeting"], found["report"] = planned(world).pk, make_report(world).pk
            found["edition"] = ordered(world).edition
            found["organisation"] = world.organisation("gone", "Nedlagt Kommune", "municipality").pk
            found["forum"] = world.forum("gone", "Nedlagt forum", "local", world.organisations["hospital"]).pk
            found["account"] = world.person("gone", "colleague", "thisted").pk
            found["membership"] = self.region.membership("gone")
            del world.organisations["gone"], world.forums["gone"], world.users["gone"]
        return found

    def ask(self, role: str, method: str, url: str) -> HttpResponseBase:
        """Ask once."""
        self.counted += 1
        answer: HttpResponseBase = self.browsers[role].generic(method, url)
        return answer

    def told(self, role: str, method: str, url: str, key: object) -> Answer:
        """What an answer tells: status, text and headers, but for the clock, tokens, and the key that was asked for."""
        answer = self.ask(role, method, url)
        lasting = {name: text for name, text in answer.headers.items() if name not in ("Expires", "Content-Length")}
        if "Location" in lasting:
            lasting["Location"] = hidden(lasting["Location"], key)
        return answer.status_code, TOKEN.sub(b"", body_of(answer)), tuple(sorted(lasting.items()))

    def missing(self, role: str, method: str, url: str, key: object) -> Answer:
        """What is told of something that never was; asked once."""
        asked = (role, method, url)
        if asked not in self.known:
            self.known[asked] = self.told(role, method, url, key)
        return self.known[asked]

    def compare(self, place: Place, role: str, method: str, asked: Keyed, never: Keyed) -> None:
        """Note when what is foreign or gone answers otherwise than what never was; each question is asked once."""
        if (role, method, asked[0]) in self.known:
            return
        self.compared += 1
        one, other = self.told(role, method, *asked), self.missing(role, method, *never)
        self.known[role, method, asked[0]] = one
        if one != other or one[0] < 300:
            shown = f"{one[0]} and {other[0]}, headers {dict(one[2]).items() ^ dict(other[2]).items()}"
            self.wrong.append(f"{method} {place}, asked as {role or 'visitor'} for {asked[0]}: {shown}")

    def keep_out(self, place: Place, bound: Bound, askers: list[tuple[str, str]]) -> None:
        """Let strangers ask for one address, each by a method, and for the same below a key that is gone."""
        never = keyed(self.region, place, bound, bound.missing)
        foreign = (place.url(self.region), place.values(self.region)[bound.position])
        gone = keyed(self.region, place, bound, self.gone[bound.kind])
        before = writes()
        for role, method in askers:
            self.compare(place, role, method, foreign, never)
            self.compare(place, role, method, gone, never)
        if writes() != before:
            self.wrong.append(f"{place} wrote something")


def keyed(region: Region, place: Place, bound: Bound, key: Any) -> Keyed:
    """The address with another key, and the key."""
    instead = [*place.values(region)[: bound.position], key]
    return place.url(region, *instead), key


def hidden(text: str, key: object) -> str:
    """An address without the key that was asked for, which the one of the sign-in page repeats."""
    return re.sub(rf"(?<![0-9A-Za-z]){re.escape(str(key))}(?![0-9A-Za-z])", "…", text)


def sent(client: Client, form: Form, post: Post) -> HttpResponseBase:
    """Send a form from any browser."""
    content, kind = body(form, post)
    answer: HttpResponseBase = client.post(form.action, content, content_type=kind)
    return answer
