"""Forms of the mini-MTV: the questions of one part, and the sign-off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from core.forms import GuardedForm
from core.models import FormQuestion
from minimtv.document import Entry, Given, Item, Rows, Section, ShownTable
from minimtv.quality import Advice, Beside, advice_on
from minimtv.rows import Block, rows_on_page
from minimtv.sources import PartyTable, Proposal
from minimtv.tables import BY_QUESTION, Table
from transfers.forms import CapacityForm

LONGEST = 10_000


@dataclass
class Row:
    """One question on the page: its fields, and what stands beside them."""

    item: Item
    text: BoundField
    not_relevant: BoundField
    reason: BoundField
    mark: str
    advice: Advice | None = None
    theirs: Given | None = None
    table: PartyTable | None = None
    block: Block | None = None
    shown: Sequence[ShownTable] = ()

    @property
    def is_open(self) -> bool:
        """Whether »ikke relevant« is unfolded: it is chosen, explained, or wrong."""
        chosen = self.not_relevant.value() in (True, "on") or bool(self.reason.value())
        return chosen or bool(self.reason.errors)


class PartForm(GuardedForm):
    """The questions of one part with their tables. Nothing is demanded; an empty field may hold a proposed text.

    Beside its fields it posts, per question and table, the mark of the answer it showed (see `save_answers`).
    """

    def __init__(
        self,
        *args: Any,
        section: Section,
        questions: Sequence[FormQuestion],
        stored: Mapping[str, Given],
        proposals: Mapping[str, Proposal],
        tables: Mapping[str, PartyTable],
        beside: Beside,
        proposed_rows: Mapping[str, Rows],
        shown: Sequence[ShownTable] = (),
        more: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.section, self.tables, self.beside, self.shown, self.more = section, tables, beside, shown, more
        self.theirs: Mapping[str, Entry] = {}
        self.marks: dict[str, str] = {}
        self.blocks: dict[str, Block] = {}
        by_key = {question.key: question for question in questions}
        for item in section.items:
            offered = proposals.get(item.key) if item.key not in stored else None
            self.ask(item, by_key[item.key], offered)
            if table := BY_QUESTION.get(item.key):
                self.ask_table(table, beside.rows.get(table.key), proposed_rows.get(table.key))

    def ask(self, item: Item, question: FormQuestion, offered: Proposal | None) -> None:
        """Add the three fields of a question, with its answer or the text proposed for it."""
        shown = Given(offered.text).tidy if offered else item.given
        key, field = item.key, long_text(f"{item.number}. {question.label}", question.hint, 5, LONGEST)
        field.initial, field.example = shown.text, question.example  # type: ignore[attr-defined]
        field.source = offered.origin if offered else ""  # type: ignore[attr-defined]
        self.fields[key] = field
        self.fields[f"{key}_not_relevant"] = forms.BooleanField(
            label="Spørgsmålet er ikke relevant", required=False, initial=shown.not_relevant
        )
        reason = long_text("Hvorfor er det ikke relevant?", "", 2, 2000)
        self.fields[f"{key}_reason"], reason.initial = reason, shown.reason
        self.marks[key] = self.posted(f"{key}_mark") or "" if self.is_bound else shown.mark

    def ask_table(self, table: Table, stored: Rows | None, proposed: Rows | None) -> None:
        """Add the rows of a table; a post that does not have the table at all leaves it alone."""
        shown = stored or proposed or Rows()
        count = self.posted(f"{table.key}_count")
        rows = rows_on_page(table, count, len(shown.rows), more=self.more == table.key)
        mark = self.posted(f"{table.key}_mark") or "" if self.is_bound else shown.mark
        source = "dialoggrundlaget, trin 2 og 5 – ret gerne" if proposed and proposed.rows else ""
        block = Block(self, table, 0 if self.is_bound and count is None else rows, source)
        block.ask(shown)
        self.blocks[table.key], self.marks[table.key] = block, mark

    def posted(self, name: str) -> str | None:
        """Return a posted value that is no field of the form; None when it was not posted."""
        value = self.data.get(name)
        return None if value is None else str(value)

    @property
    def proposes(self) -> bool:
        """Whether a text or a figure stands in a field that is only proposed."""
        texts = any(getattr(field, "source", "") for field in self.fields.values())
        return texts or any(block.source for block in self.blocks.values())

    @property
    def table_marks(self) -> list[tuple[str, str]]:
        """The marks of the tables by key, for the template."""
        return [(key, self.marks[key]) for key in self.blocks]

    @property
    def given(self) -> dict[str, Entry]:
        """The answers by question key and the rows by table key, as posted; for a valid form."""
        rows = {key: block.given for key, block in self.blocks.items() if self.posted(f"{key}_count") is not None}
        return {**{item.key: self.answer(item.key) for item in self.section.items}, **rows}

    def answer(self, key: str) -> Given:
        """Return one answer as posted."""
        data = self.cleaned_data
        return Given(data[key], data[f"{key}_not_relevant"], data[f"{key}_reason"]).tidy

    def show_both(self, theirs: Mapping[str, Entry]) -> None:
        """Put what others wrote meanwhile beside what the user wrote; the next save knows it was seen."""
        self.theirs = theirs
        self.marks |= {key: entry.mark for key, entry in theirs.items()}
        for item in self.section.items:
            if item.key in theirs:
                self.add_error(item.key, f"Spørgsmål {item.number}: svaret er ændret, mens du skrev.")
        for key, block in self.blocks.items():
            if isinstance(rows := theirs.get(key), Rows):
                block.theirs = block.table.shown(rows)
                name = block.first_field if block.count else None
                self.add_error(name, f"{block.table.caption}: tabellen er ændret, mens du skrev.")

    def saved(self, stored: Mapping[str, Entry]) -> None:
        """Take over what is stored now, so that the page can go on saving and its advice is up to date."""
        given = self.given
        self.marks |= {key: mine.mark for key, mine in given.items() if stored.get(key, type(mine)()) == mine}
        items = (replace(item, given=given_in(stored, item.key)) for item in self.section.items)
        self.section = replace(self.section, items=tuple(items))
        rows = {key: entry for key, entry in stored.items() if isinstance(entry, Rows)}
        self.beside = replace(self.beside, rows=rows)

    @property
    def rows(self) -> list[Row]:
        """The questions in order, for the template."""
        return [self.row(item) for item in self.section.items]

    def row(self, item: Item) -> Row:
        """Return one question with all that stands beside it."""
        key, theirs = item.key, self.theirs.get(item.key)
        table = BY_QUESTION.get(key)
        return Row(
            item, self[key], self[f"{key}_not_relevant"], self[f"{key}_reason"], self.marks[key],
            advice=advice_on(item, self.beside), theirs=theirs if isinstance(theirs, Given) else None,
            table=self.tables.get(key), block=self.blocks[table.key] if table else None,
            shown=[table for table in self.shown if table.question == key],
        )  # fmt: skip


def given_in(stored: Mapping[str, Entry], key: str) -> Given:
    """Return the stored answer to a question, an empty one when there is none."""
    found = stored.get(key)
    return found if isinstance(found, Given) else Given()


def long_text(label: str, hint: str, rows: int, longest: int) -> forms.CharField:
    """Return a field for prose that may stay empty, without a mark after its label."""
    area = forms.Textarea(attrs={"rows": rows})
    field = forms.CharField(label=label, help_text=hint, max_length=longest, required=False, widget=area)
    field.marker = ""  # type: ignore[attr-defined]
    return field


class SignOffForm(CapacityForm):
    """The contact person's sign-off of exactly what was read."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
