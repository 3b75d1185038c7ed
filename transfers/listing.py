"""One page of the case list in two steps: a narrow query of keys along an index, then the rows by key.

Pages are turned from row to row (keyset), never by counting rows away: the last page costs what the first one does,
and a new case moves nothing. Counts stop at CAP.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection
from django.db.models import Q, QuerySet

from contacts.viewer import Viewer
from transfers.models import TransferCase, TransferCaseGrant
from transfers.queries import SHOWN_WITH

PER_PAGE = 25
CAP = 1000
BY_DATE = "sort_date"
Edge = tuple[Any, int]


@dataclass(frozen=True)
class Order:
    """By which column the list is sorted; the key of the case settles ties."""

    column: str
    descending: bool

    def columns(self, key: str = "pk", *, backwards: bool = False) -> list[str]:
        """Return what to order by; backwards for the rows before a place."""
        sign = "-" if self.descending != backwards else ""
        return [f"{sign}{self.column}", f"{sign}{key}"]

    def beyond(self, edge: Edge, key: str = "pk", *, backwards: bool = False) -> Q:
        """Return the condition for rows after a place in this order, or before it; the first part is the index's."""
        than = "lt" if self.descending != backwards else "gt"
        value, pk = edge
        further = Q((f"{self.column}__{than}", value)) | Q((f"{key}__{than}", pk))
        return Q((f"{self.column}__{than}e", value)) & further


class Keys(Protocol):
    """Where the keys of a list come from."""

    def found(self, edge: Edge | None, limit: int, *, backwards: bool) -> list[int]:
        """Return the keys next to a place, the nearest first."""
        ...

    def count(self, before: Edge | None = None) -> int:
        """Return how many there are, or how many before a place; CAP + 1 stands for more."""
        ...


@contextmanager
def along_index() -> Iterator[None]:
    """Read in the order of an index and stop early: much is known to match a word, which the planner cannot know."""
    with connection.cursor() as cursor:
        cursor.execute("SET enable_bitmapscan = off; SET enable_sort = off; SET enable_seqscan = off")
        try:
            yield
        finally:
            cursor.execute("RESET enable_bitmapscan; RESET enable_sort; RESET enable_seqscan")


@dataclass(frozen=True)
class Chosen:
    """The keys of a filtered list, or one in another order than by date; and of those who see every case."""

    rows: QuerySet[TransferCase]
    order: Order
    total: int | None = None
    is_frequent: bool = False  # a word that is found in more than CAP cases: nobody counts places then

    def found(self, edge: Edge | None, limit: int, *, backwards: bool) -> list[int]:
        """Return the keys next to a place, the nearest first."""
        rows = self.rows.filter(self.order.beyond(edge, backwards=backwards)) if edge else self.rows
        ordered = rows.order_by(*self.order.columns(backwards=backwards)).values_list("pk", flat=True)[:limit]
        with along_index() if self.is_frequent else nullcontext():
            return list(ordered)

    def count(self, before: Edge | None = None) -> int:
        """Return how many there are, or how many before a place; CAP + 1 stands for more."""
        if before is None and self.total is not None:
            return self.total
        if self.is_frequent:
            return CAP
        rows = self.rows.filter(self.order.beyond(before, backwards=True)) if before else self.rows
        return rows.order_by()[: CAP + 1].count()


@dataclass(frozen=True)
class Granted:
    """The keys of all that some groups see, by date: the newest of each group along its index, then merged."""

    groups: tuple[int, ...]
    order: Order

    def found(self, edge: Edge | None, limit: int, *, backwards: bool) -> list[int]:
        """Return the keys next to a place, the nearest first."""
        columns = self.order.columns("content_object", backwards=backwards)
        beyond = self.order.beyond(edge, "content_object", backwards=backwards) if edge else Q()
        fields = ("sort_date", "content_object")
        each = [self.of(group).filter(beyond).order_by(*columns).values_list(*fields)[:limit] for group in self.groups]
        rows = merged(each).order_by(*columns)[:limit] if len(each) > 1 else each[0] if each else ()
        return [pk for _, pk in rows]

    def count(self, before: Edge | None = None) -> int:
        """Return how many there are, or how many before a place; CAP + 1 stands for more."""
        beyond = self.order.beyond(before, "content_object", backwards=True) if before else Q()
        columns = self.order.columns("content_object", backwards=before is not None)
        each = [
            self.of(group).filter(beyond).order_by(*columns).values_list("content_object")[: CAP + 1]
            for group in self.groups
        ]
        return min(merged(each).count(), CAP + 1) if each else 0

    def of(self, group: int) -> QuerySet[TransferCaseGrant]:
        """Return what one group sees."""
        return TransferCaseGrant.objects.filter(group=group)


def merged(each: list[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    """Return the rows of several queries, each row once."""
    return each[0].union(*each[1:])


@dataclass(frozen=True)
class Turn:
    """From which case, by number, the reader turned the page, and which way."""

    number: str
    backwards: bool


@dataclass(frozen=True)
class CasePage:
    """One page: its cases, the place of the first of them, how many there are, and the cases to turn from."""

    cases: list[TransferCase]
    first: int
    found: int
    previous: str = ""
    following: str = ""

    @property
    def told(self) -> str:
        """Which part of the list this is: »1–25 af 312«, or how many it has in all; beyond CAP nobody counts."""
        total = "mere end 1.000" if self.found > CAP else str(self.found)
        is_all = not self.previous and not self.following
        return total if is_all or self.first > CAP else f"{self.first}–{self.first + len(self.cases) - 1} af {total}"


def page_of(
    rows: QuerySet[TransferCase], viewer: Viewer, order: Order, turn: Turn | None, *, is_whole: bool, has_words: bool
) -> CasePage:
    """Return a page of the cases `rows`, which come from `visible_to`.

    `is_whole` where no filter narrows them, `has_words` where a text is searched for.
    """
    keys = keys_of(rows, viewer, order, is_whole=is_whole, has_words=has_words)
    edge = edge_of(viewer, order, turn)
    backwards = bool(edge and turn and turn.backwards)
    found = keys.found(edge, PER_PAGE + 1, backwards=backwards)
    if edge and (not found or (backwards and len(found) <= PER_PAGE)):  # nothing there, or the first page itself
        edge, backwards, found = None, False, keys.found(None, PER_PAGE + 1, backwards=False)
    more, shown = len(found) > PER_PAGE, found[:PER_PAGE]
    cases = in_order(reversed(shown) if backwards else shown)
    first = 1 + keys.count((getattr(cases[0], order.column), cases[0].pk)) if edge and cases else 1
    return CasePage(
        cases, first, keys.count(),
        previous=cases[0].number if edge else "", following=cases[-1].number if more or backwards else "",
    )  # fmt: skip


def keys_of(
    rows: QuerySet[TransferCase], viewer: Viewer, order: Order, *, is_whole: bool, has_words: bool
) -> Keys:
    """Return where the keys come from: few are found first and then sorted, many are read in order."""
    if is_whole:
        by_grants = order.column == BY_DATE and not viewer.is_secretariat
        return Granted(viewer.group_ids, order) if by_grants else Chosen(rows, order)
    few = list(rows.order_by().values_list("pk", flat=True)[: CAP + 1])
    if len(few) > CAP:
        return Chosen(rows, order, len(few), has_words)
    return Chosen(TransferCase.unscoped.filter(pk__in=few), order, len(few))


def edge_of(viewer: Viewer, order: Order, turn: Turn | None) -> Edge | None:
    """Return the place of the case the page was turned from; None for one the viewer does not see."""
    if turn is None:
        return None
    rows = TransferCase.visible_to(viewer).filter(number=turn.number)
    return rows.values_list(order.column, "pk").first()


def in_order(keys: Iterable[int]) -> list[TransferCase]:
    """Return the rows of these keys, in the order of the keys, with what a line shows."""
    wanted = list(keys)
    rows = TransferCase.unscoped.select_related(*SHOWN_WITH).defer("search_text", "what_changes").in_bulk(wanted)
    return [rows[key] for key in wanted if key in rows]
