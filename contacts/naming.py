"""What the upper forums are called today: our texts say the agreement's names (S1), but names are data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.db.models.functions import JSONObject

from contacts.enums import ForumLevel
from contacts.models import Forum

IN_THE_AGREEMENT = {
    "Porteføljestyregruppen": (ForumLevel.PORTFOLIO, "name"),
    "PSG": (ForumLevel.PORTFOLIO, "short_name"),
    "Den Administrative Styregruppe": (ForumLevel.ADMINISTRATIVE, "name"),
    "DAS": (ForumLevel.ADMINISTRATIVE, "short_name"),
}
SAID = re.compile(rf"\b({'|'.join(IN_THE_AGREEMENT)})(s?)\b")
KEPT = ("level", "name", "short_name")
Row = dict[str, str]


class Names:
    """The names of one moment; read when the first is needed, unless they were read already."""

    def __init__(self, rows: Iterable[Row] | None = None) -> None:
        self.rows = rows

    @cached_property
    def by_level(self) -> dict[str, Row]:
        """The forum in force at each upper level; where there are several, the one that cases are put before."""
        rows = read() if self.rows is None else self.rows
        return {row["level"]: row for row in rows}

    def of(self, found: re.Match[str]) -> str:
        """Return today's name for one that the agreement uses, in the genitive where that stood."""
        level, kind = IN_THE_AGREEMENT[found[1]]
        name = self.by_level.get(level, {}).get(kind, found[1])
        return name + ("’" if found[2] and name.endswith(("s", "x", "z")) else found[2])


_now: ContextVar[Names | None] = ContextVar("names_of_forums", default=None)


def named(text: str) -> str:
    """Return one of the product's own texts, never a user's, with the upper forums called as they are today."""
    return SAID.sub((_now.get() or Names()).of, text)


@contextmanager
def names_of(rows: Iterable[Row] | None) -> Iterator[None]:
    """Let the names stand still while a page is made, so that they are read at most once."""
    token = _now.set(Names(rows))
    try:
        yield
    finally:
        _now.reset(token)


def upper_forums() -> QuerySet[Forum]:
    """Return the forums above the hospitals' that cases can be put before today, the first of a level last."""
    return Forum.taking_cases().exclude(level=ForumLevel.LOCAL).order_by("-pk")


def read() -> list[Row]:
    """Return the names; one query."""
    return [dict(row) for row in upper_forums().values(*KEPT)]


def names_asked_along() -> ArraySubquery:
    """Return the names as something to ask for in another query."""
    return ArraySubquery(upper_forums().values(row=JSONObject(**{name: name for name in KEPT})))


class Named:
    """A text of a dataclass, given with the agreement's names and read with today's; empty unless given."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.place = f"_{name}"

    def __get__(self, row: object | None, owner: type | None = None) -> str:
        return "" if row is None else named(getattr(row, self.place))

    def __set__(self, row: object, text: str) -> None:
        object.__setattr__(row, self.place, text)
