"""Forms of the mini-MTV: the questions of one part, and the sign-off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from core.forms import GuardedForm
from core.models import FormQuestion
from minimtv.document import Given, Item, Section
from minimtv.quality import Advice, advice_on
from minimtv.sources import PartyTable, Proposal
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

    @property
    def is_open(self) -> bool:
        """Whether »ikke relevant« is unfolded: it is chosen, explained, or wrong."""
        chosen = self.not_relevant.value() in (True, "on") or bool(self.reason.value())
        return chosen or bool(self.reason.errors)


class PartForm(GuardedForm):
    """The questions of one part. Nothing is demanded; an empty field may hold a proposed text.

    Beside its fields it posts, per question, the mark of the answer it showed (see `save_answers`).
    """

    def __init__(
        self,
        *args: Any,
        section: Section,
        questions: Sequence[FormQuestion],
        stored: Mapping[str, Given],
        proposals: Mapping[str, Proposal],
        tables: Mapping[str, PartyTable],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.section, self.tables = section, tables
        self.theirs: Mapping[str, Given] = {}
        self.marks: dict[str, str] = {}
        by_key = {question.key: question for question in questions}
        for item in section.items:
            offered = proposals.get(item.key) if item.key not in stored else None
            self.ask(item, by_key[item.key], offered)

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
        self.marks[key] = self.data.get(f"{key}_mark", "") if self.is_bound else shown.mark

    @property
    def proposes(self) -> bool:
        """Whether a text stands in a field that is only proposed."""
        return any(getattr(field, "source", "") for field in self.fields.values())

    @property
    def given(self) -> dict[str, Given]:
        """The answers as posted, by question key; for a valid form."""
        data = self.cleaned_data
        return {
            i.key: Given(data[i.key], data[f"{i.key}_not_relevant"], data[f"{i.key}_reason"]).tidy
            for i in self.section.items
        }

    def show_both(self, theirs: Mapping[str, Given]) -> None:
        """Put what others wrote meanwhile beside what the user wrote; the next save knows it was seen."""
        self.theirs = theirs
        self.marks |= {key: given.mark for key, given in theirs.items()}
        for item in self.section.items:
            if item.key in theirs:
                self.add_error(item.key, f"Spørgsmål {item.number}: svaret er ændret, mens du skrev.")

    def saved(self, stored: Mapping[str, Given]) -> None:
        """Take over what is stored now, so that the page can go on saving and its advice is up to date."""
        self.marks |= {key: mine.mark for key, mine in self.given.items() if stored.get(key) == mine}
        items = (replace(item, given=stored.get(item.key, Given())) for item in self.section.items)
        self.section = replace(self.section, items=tuple(items))

    @property
    def rows(self) -> list[Row]:
        """The questions in order, for the template."""
        return [self.row(item) for item in self.section.items]

    def row(self, item: Item) -> Row:
        """Return one question with all that stands beside it."""
        key = item.key
        return Row(
            item, self[key], self[f"{key}_not_relevant"], self[f"{key}_reason"], self.marks[key],
            advice=advice_on(item), theirs=self.theirs.get(key), table=self.tables.get(key),
        )  # fmt: skip


def long_text(label: str, hint: str, rows: int, longest: int) -> forms.CharField:
    """Return a field for prose that may stay empty, without a mark after its label."""
    area = forms.Textarea(attrs={"rows": rows})
    field = forms.CharField(label=label, help_text=hint, max_length=longest, required=False, widget=area)
    field.marker = ""  # type: ignore[attr-defined]
    return field


class SignOffForm(CapacityForm):
    """The contact person's sign-off of exactly what was read."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
