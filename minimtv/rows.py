"""The fields of a table inside the form of a part: some rows, always a few of them empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.boundfield import BoundField

from core.forms import DanishDateField, FigureField, KronerField, PatientCountField
from minimtv.document import Row, Rows, ShownTable
from minimtv.tables import CHOICES, Column, Kind, Table

EMPTY, MORE, MOST = 2, 5, 60


def field_for(column: Column, label: str) -> forms.Field:
    """Return the field that asks one cell; nothing is demanded."""
    match column.kind:
        case Kind.LINE:
            return forms.CharField(label=label, required=False, max_length=column.longest)
        case Kind.PROSE:
            area = forms.Textarea(attrs={"rows": 2})
            return forms.CharField(
                label=label, required=False, widget=area, validators=[MaxLengthValidator(column.longest)]
            )
        case Kind.DATE:
            return DanishDateField(label=label, required=False)
        case Kind.LEVEL | Kind.LIKELIHOOD:
            return choice_for(column, label)
        case Kind.NUMBER:
            return FigureField(label=label, required=False)
        case Kind.PATIENTS:
            return PatientCountField(
                label=label, required=False, widget=forms.TextInput(attrs={"class": "input-char-12"})
            )
        case _:
            return KronerField(label=label, required=False, min_value=None if column.is_signed else 0)


def choice_for(column: Column, label: str) -> forms.Field:
    """Return a list to choose from, with an empty choice first."""
    is_level = column.kind is Kind.LEVEL
    return forms.TypedChoiceField(
        label=label, required=False, choices=[("", "Ukendt"), *CHOICES[column.kind].choices],
        coerce=int if is_level else str, empty_value=None if is_level else "",
    )  # fmt: skip


@dataclass
class Block:
    """One table on the page of a part: the fields of its rows, and what others stored meanwhile."""

    form: forms.BaseForm
    table: Table
    count: int
    source: str = ""
    theirs: ShownTable | None = field(default=None)

    @property
    def places(self) -> range:
        """The rows on the page, empty ones too."""
        return range(self.count)

    def name(self, place: int, column: Column) -> str:
        """Return the name of a cell's field."""
        return f"{self.table.key}_{place}_{column.name}"

    def label(self, place: int, column: Column) -> str:
        """Return what a cell is called when it is read alone: »Søgeord, række 2«."""
        return f"{column.label}, {self.table.row_name} {place + (0 if self.table.fixed else 1)}"

    def ask(self, rows: Rows) -> None:
        """Add the fields of all rows to the form."""
        by_place = {row["year"]: row for row in rows.rows} if self.table.fixed else dict(enumerate(rows.rows))
        for place in self.places:
            for column in self.table.asked:
                cell = field_for(column, self.label(place, column))
                cell.initial = by_place.get(place, {}).get(column.name)
                self.form.fields[self.name(place, column)] = cell

    @property
    def given(self) -> Rows:
        """The rows as posted, the blank ones left out; for a valid form."""
        rows = (self.row(place) for place in self.places)
        return Rows(tuple(row for row in rows if not self.table.is_blank(row)))

    def row(self, place: int) -> Row:
        """Return one row as posted."""
        year = {"year": place} if self.table.fixed else {}
        return year | {column.name: self.value(place, column) for column in self.table.asked}

    def value(self, place: int, column: Column) -> object:
        """Return one cell, with one kind of line break."""
        value = self.form.cleaned_data.get(self.name(place, column))
        return value.replace("\r\n", "\n") if isinstance(value, str) else value

    @property
    def lines(self) -> Iterator[tuple[str, list[tuple[Column, BoundField]]]]:
        """The rows for the template: what each is called, and its cells."""
        for place in self.places:
            called = f"{self.table.row_name.capitalize()} {place + (0 if self.table.fixed else 1)}"
            yield called, [(column, self.form[self.name(place, column)]) for column in self.table.asked]

    @property
    def first_field(self) -> str:
        """The name of the first cell, where a message about the whole table stands."""
        return self.name(0, self.table.asked[0])


def rows_on_page(table: Table, posted: str | None, stored: int, *, more: bool) -> int:
    """Return how many rows a page has: as many as it had, or those stored and some empty ones."""
    if table.fixed:
        return table.fixed
    if posted is not None:
        return min(int(posted), MOST) if posted.isdecimal() and len(posted) < 4 else 0
    return min(stored + (MORE if more else EMPTY), MOST)
