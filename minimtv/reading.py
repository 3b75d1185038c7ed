"""The mini-MTV laid out to be read: answers, holes, the parties' own figures and the advice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from minimtv.document import Document, Item, ShownTable, from_content
from minimtv.models import MiniMTVVersion
from minimtv.quality import Advice
from minimtv.sources import PartyTable, party_tables
from minimtv.writing import Draft


@dataclass(frozen=True)
class Line:
    """One question as it is read; `url` leads to its field for those who may edit."""

    item: Item
    advice: Advice | None
    table: PartyTable | None
    url: str = ""
    own: tuple[ShownTable, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """One part as it is read; tables too wide to stand beside their question come after the last one."""

    title: str
    holes: int
    lines: list[Line]
    wide: tuple[ShownTable, ...] = ()


@dataclass(frozen=True)
class Reading:
    """The whole document as it is read."""

    chapters: list[Chapter]
    advice: list[Advice]

    @property
    def holes(self) -> list[Line]:
        """The questions that lack an answer."""
        return [line for chapter in self.chapters for line in chapter.lines if line.item.hole]


def laid_out(
    document: Document,
    advice: list[Advice],
    tables: Mapping[str, PartyTable],
    shown: Sequence[ShownTable] = (),
    edit_number: str = "",
) -> Reading:
    """Lay out a document with its tables; with the case's number each question links to its field."""
    hints = {spot.key: spot for spot in advice}
    chapters = [
        Chapter(part.title, part.holes, [
            Line(
                i, hints.get(i.key), tables.get(i.key), field_url(edit_number, part.order, i.key),
                tuple(table for table in shown if table.question == i.key and not table.is_wide),
            )
            for i in part.items
        ], tuple(table for table in shown if table.is_wide and table.question in {i.key for i in part.items}))
        for part in document.sections
    ]  # fmt: skip
    return Reading(chapters, advice)


def field_url(number: str, part: int, key: str) -> str:
    """Return the address of a question's field; empty without a case number."""
    return f"{reverse('minimtv:edit_part', args=[number, part])}#id_{key}" if number else ""


def live(draft: Draft, edit_number: str = "") -> Reading:
    """Lay out what is being written."""
    parties = party_tables(draft.case, draft.questions)
    return laid_out(draft.document, draft.advice, parties, draft.shown, edit_number)


def frozen(version: MiniMTVVersion) -> Reading:
    """Lay out a signed-off version from its own content alone."""
    content: dict[str, Any] = version.content
    advice = [Advice(**spot) for spot in content["advice"]]
    tables = {key: PartyTable(**table) for key, table in content["tables"].items()}
    shown = [ShownTable(**table) for table in content.get("shown_tables", [])]
    return laid_out(from_content(content), advice, tables, shown)
