"""One page of the case list in two steps: a narrow query of keys along an index, then the rows by key.

Pages are turned from row to row (keyset), never by counting rows away: the last page costs what the first one does,
and a new case moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from contacts.viewer import Viewer
from transfers.keys import CAP, Edge, Order, keys_of
from transfers.models import TransferCase
from transfers.queries import SHOWN_WITH

PER_PAGE = 25
SHOWN = (
    "number", "title", "change_kind", "stage", "result", "sort_date", "stage_since", "initiator__name",
    "department__name", "current_forum__name", "current_forum__short_name",
)  # fmt: skip


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
    keys = keys_of(rows, viewer, order, is_whole=is_whole, has_words=has_words, is_first=turn is None)
    edge = edge_of(viewer, order, turn)
    backwards = bool(edge and turn and turn.backwards)
    found = keys.found(edge, PER_PAGE + 1, backwards=backwards)
    if edge and (not found or (backwards and len(found) <= PER_PAGE)):  # nothing there, or the first page itself
        edge, backwards, found = None, False, keys.found(None, PER_PAGE + 1, backwards=False)
    more, shown = len(found) > PER_PAGE, found[:PER_PAGE]
    cases = in_order(reversed(shown) if backwards else shown)
    return CasePage(
        cases, place_in(keys.head, cases), keys.total,
        previous=cases[0].number if edge else "", following=cases[-1].number if more or backwards else "",
    )  # fmt: skip


def place_in(head: Sequence[int], cases: list[TransferCase]) -> int:
    """Return the place of a page's first case; CAP + 1 where it is beyond what is counted."""
    first = cases[0].pk if cases else 0
    return 1 + head.index(first) if first in head else CAP + 1


def edge_of(viewer: Viewer, order: Order, turn: Turn | None) -> Edge | None:
    """Return the place of the case the page was turned from; None for one the viewer does not see."""
    if turn is None:
        return None
    rows = TransferCase.visible_to(viewer).filter(number=turn.number)
    return rows.values_list(order.column, "pk").first()


def in_order(keys: Iterable[int]) -> list[TransferCase]:
    """Return the rows of these keys, in the order of the keys, with what a line shows and nothing else."""
    wanted = list(keys)
    rows = TransferCase.unscoped.select_related(*SHOWN_WITH).only(*SHOWN).in_bulk(wanted)
    return [rows[key] for key in wanted if key in rows]
