"""The keys of the case list in order, read along indexes; counts stop at CAP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from contacts.viewer import Viewer
from transfers.models import TransferCase

CAP = 1000
SAMPLE, FIRST, MANY = 200, 1200, 3000  # of the newest cases a search looks at first
BY_DATE = "sort_date"
ELSEWHERE = ("enable_bitmapscan", "enable_seqscan", "enable_sort", "enable_gathermerge", "jit")  # all but an index
Edge = tuple[Any, int]
OF_ONE = """(
SELECT sort_date, content_object_id FROM transfers_transfercasegrant WHERE group_id = %s {beyond}
ORDER BY sort_date {way}, content_object_id {way} LIMIT %s)"""
OF_ALL = """
SELECT DISTINCT ON (sort_date, content_object_id) content_object_id FROM ({each}) AS seen
ORDER BY sort_date {way}, content_object_id {way} LIMIT %s"""
BEYOND = "AND sort_date {than}= %s AND (sort_date, content_object_id) {than} (%s, %s)"


@dataclass(frozen=True)
class Order:
    """By which column the list is sorted; the key of the case settles ties."""

    column: str
    descending: bool

    def columns(self, *, backwards: bool = False) -> list[str]:
        """Return what to order by; backwards for the rows before a place."""
        sign = "-" if self.descending != backwards else ""
        return [f"{sign}{self.column}", f"{sign}pk"]

    def beyond(self, edge: Edge, *, backwards: bool = False) -> Q:
        """Return the condition for rows after a place in this order, or before it; the first part is the index's."""
        than = "lt" if self.descending != backwards else "gt"
        value, pk = edge
        further = Q((f"{self.column}__{than}", value)) | Q((f"pk__{than}", pk))
        return Q((f"{self.column}__{than}e", value)) & further


NEWEST_FIRST = Order(BY_DATE, descending=True)


@contextmanager
def along_index() -> Iterator[None]:
    """Read in the order of an index and stop early: much is known to match a word, which the planner cannot know."""
    with connection.cursor() as cursor:
        cursor.execute("; ".join(f"SET {way} = off" for way in ELSEWHERE))
        try:
            yield
        finally:
            cursor.execute("; ".join(f"RESET {way}" for way in ELSEWHERE))


@dataclass(frozen=True)
class Chosen:
    """The keys of a list that is narrowed, or in another order than by date; and of those who see every case."""

    rows: QuerySet[TransferCase]
    order: Order
    head: list[int]  # the first keys in order, CAP + 1 at most

    @property
    def total(self) -> int:
        """How many there are; CAP + 1 stands for more."""
        return len(self.head)

    def found(self, edge: Edge | None, limit: int, *, backwards: bool) -> list[int]:
        """Return the keys next to a place, the nearest first, or the first ones."""
        rows = self.rows.filter(self.order.beyond(edge, backwards=backwards)) if edge else None
        return self.head[:limit] if rows is None else in_turn(rows, self.order, limit, backwards=backwards)


@dataclass(frozen=True)
class Frequent:
    """The keys of cases with a word that is found in more than CAP of them; nobody counts places then."""

    rows: QuerySet[TransferCase]
    order: Order
    head: tuple[()] = ()
    total: int = CAP + 1

    def found(self, edge: Edge | None, limit: int, *, backwards: bool) -> list[int]:
        """Return the keys next to a place, the nearest first, or the first ones."""
        rows = self.rows.filter(self.order.beyond(edge, backwards=backwards)) if edge else self.rows
        with along_index():
            return in_turn(rows, self.order, limit, backwards=backwards)


@dataclass(frozen=True)
class Granted:
    """The keys of all that some groups see, by date: the nearest of each group along its index, then merged."""

    groups: tuple[int, ...]
    order: Order

    @cached_property
    def head(self) -> list[int]:
        """The first keys in order."""
        return self.read(None, CAP + 1, backwards=False)

    @property
    def total(self) -> int:
        """How many there are; CAP + 1 stands for more."""
        return len(self.head)

    def found(self, edge: Edge | None, limit: int, *, backwards: bool) -> list[int]:
        """Return the keys next to a place, the nearest first."""
        return self.read(edge, limit, backwards=backwards) if edge else self.head[:limit]

    def read(self, edge: Edge | None, limit: int, *, backwards: bool) -> list[int]:
        """Return the keys next to a place, or the first ones, as the database has them."""
        if not self.groups:
            return []
        with connection.cursor() as cursor:
            cursor.execute(*nearest(self.groups, edge, limit, newest_first=self.order.descending != backwards))
            return [pk for (pk,) in cursor]


def nearest(groups: tuple[int, ...], edge: Edge | None, limit: int, *, newest_first: bool) -> tuple[str, list[Any]]:
    """Return the query of the keys that groups see next to a place, and its values."""
    way, than = ("DESC", "<") if newest_first else ("ASC", ">")
    beyond = BEYOND.replace("{than}", than) if edge else ""
    sql = OF_ALL.replace("{each}", " UNION ALL ".join([OF_ONE] * len(groups)))
    place = (edge[0], *edge) if edge else ()
    values = [value for group in groups for value in (group, *place, limit)]
    return sql.replace("{beyond}", beyond).replace("{way}", way), [*values, limit]


Keys = Chosen | Frequent | Granted


def in_turn(rows: QuerySet[TransferCase], order: Order, limit: int, *, backwards: bool = False) -> list[int]:
    """Return the first keys of rows in an order."""
    return list(rows.order_by(*order.columns(backwards=backwards)).values_list("pk", flat=True)[:limit])


def keys_of(
    rows: QuerySet[TransferCase], viewer: Viewer, order: Order, *, is_whole: bool, has_words: bool, is_first: bool
) -> Keys:
    """Return where the keys of a list come from; `is_first` where its first page is asked for."""
    if has_words:
        return matching(rows, newest(viewer), order, is_first=is_first)
    if is_whole and order.column == BY_DATE and not viewer.is_secretariat:
        return Granted(viewer.group_ids, order)
    return Chosen(rows, order, in_turn(rows, order, CAP + 1))


def newest(viewer: Viewer) -> list[int]:
    """Return the newest keys a viewer sees, for the search: all of them, if they are fewer than MANY."""
    if viewer.is_secretariat:
        return in_turn(TransferCase.unscoped.all(), NEWEST_FIRST, MANY)
    return Granted(viewer.group_ids, NEWEST_FIRST).read(None, MANY, backwards=False)


def matching(rows: QuerySet[TransferCase], seen: list[int], order: Order, *, is_first: bool) -> Keys:
    """Return the keys of cases with a word: one that many of the newest have is soon found, any other is looked up."""
    with along_index():
        found = soon_found(rows, seen, order, is_first=is_first)
    return found or looked_up(rows, order)


def soon_found(rows: QuerySet[TransferCase], seen: list[int], order: Order, *, is_first: bool) -> Chosen | None:
    """Return the keys of cases with a word if they are among few, or if a quarter of the newest have it."""
    sample = seen[:SAMPLE] if len(seen) > CAP and is_first else []
    if sample and rows.filter(pk__in=sample).count() < len(sample) / 4:
        return None
    if len(seen) < MANY:
        found = having(rows, seen, stops=is_first and order == NEWEST_FIRST)
        return in_order_of(found, order, is_newest_first=True)
    return Chosen(rows, order, in_turn(rows, order, CAP + 1)) if is_first else None


def having(rows: QuerySet[TransferCase], seen: list[int], *, stops: bool) -> list[int]:
    """Return the keys of cases with a word, newest first; one who `stops` looks no further than counts go."""
    found: list[int] = []
    for part in (seen[:FIRST], seen[FIRST:]) if stops else (seen,):
        if part and len(found) <= CAP:
            has = set(rows.filter(pk__in=part).order_by().values_list("pk", flat=True))
            found += [pk for pk in part if pk in has]
    return found


def looked_up(rows: QuerySet[TransferCase], order: Order) -> Keys:
    """Return the keys of cases with a word: found first and then sorted, or read in order where there are too many."""
    few = list(rows.order_by().values_list("pk", flat=True)[: CAP + 1])
    return Frequent(rows, order) if len(few) > CAP else in_order_of(few, order)


def in_order_of(found: list[int], order: Order, *, is_newest_first: bool = False) -> Chosen:
    """Return keys that have been found, in order."""
    rows = TransferCase.unscoped.filter(pk__in=found)
    as_found = is_newest_first and order == NEWEST_FIRST
    return Chosen(rows, order, found[: CAP + 1] if as_found else in_turn(rows, order, CAP + 1))
