"""Filters of the case list and the access log; every choice stands in the address, so that a list can be shared."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.forms import BoundField

from contacts.models import Forum, Organisation
from contacts.naming import named
from core.forms import DanishDateField
from transfers.dates import midnight
from transfers.enums import PARTY_KINDS, ChangeKind, Result, Stage
from transfers.keys import Order
from transfers.models import AccessEntry, TransferCase
from transfers.queries import glimpsed

SORTS = {
    "-oprettet": Order("sort_date", descending=True),
    "oprettet": Order("sort_date", descending=False),
    "titel": Order("title", descending=False),
    "-titel": Order("title", descending=True),
    "alder": Order("stage_since", descending=False),
    "-alder": Order("stage_since", descending=True),
}
DEFAULT_SORT = "-oprettet"
Looks = QuerySet[AccessEntry]
LAST_DAY = date(9000, 1, 1)  # beyond it the day after cannot be told
TELLING = ("art", "initiativ", "part")  # what a draft that is only glimpsed keeps to itself


def stages() -> list[tuple[str, str]]:
    """Stages with their names, forums called what they are called today."""
    return [(stage.value, named(stage.label)) for stage in Stage]


def organisations(request: Any) -> QuerySet[Organisation]:
    """Organisations that may start a case or be a party, in Danish order."""
    return Organisation.objects.filter(kind__in=PARTY_KINDS)


class CaseFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """Search and narrow the list: text, stage, result, kind, who started it, who is affected, forum, year."""

    q = django_filters.CharFilter(label="Søg i nummer, titel og tekst", method="search")
    stadie = django_filters.ChoiceFilter(label="Stadie", field_name="stage", choices=stages, empty_label="Alle")
    resultat = django_filters.ChoiceFilter(label="Resultat", field_name="result", choices=Result, empty_label="Alle")
    art = django_filters.ChoiceFilter(
        label="Ændringens art", field_name="change_kind", choices=ChangeKind, empty_label="Alle"
    )
    initiativ = django_filters.ModelChoiceFilter(
        label="Initiativ fra", field_name="initiator", queryset=organisations, empty_label="Alle"
    )
    part = django_filters.ModelChoiceFilter(
        label="Berørt part", queryset=organisations, empty_label="Alle", method="affecting"
    )
    forum = django_filters.ModelChoiceFilter(
        label="I forum nu", field_name="current_forum", queryset=Forum.objects.all(), empty_label="Alle"
    )
    aar = django_filters.NumberFilter(
        label="Oprettet i år", field_name="sort_date__year", widget=forms.NumberInput(attrs={"class": "input-char-4"})
    )

    class Meta:
        model = TransferCase
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.form.fields.values():
            field.marker = ""

    def search(self, rows: QuerySet[TransferCase], name: str, value: str) -> QuerySet[TransferCase]:
        """Match inside words, since Danish compounds need it: in number, title and text, as far as these are seen."""
        wanted = value.strip().lower()
        found = rows.filter(findable__contains=wanted)
        if not self.request.viewer.is_secretariat:
            return found
        return found.filter(~glimpsed(self.request.viewer) | Q(title__icontains=wanted) | Q(number__icontains=wanted))

    def filter_queryset(self, queryset: QuerySet[TransferCase]) -> QuerySet[TransferCase]:
        """Narrow the list; by what a viewer does not see of a draft no draft is found."""
        rows: QuerySet[TransferCase] = super().filter_queryset(queryset)
        if any(self.form.cleaned_data.get(name) for name in TELLING):
            return rows.exclude(glimpsed(self.request.viewer))
        return rows

    def affecting(self, rows: QuerySet[TransferCase], name: str, value: Organisation) -> QuerySet[TransferCase]:
        """Cases that an organisation is a party to."""
        return rows.filter(parties__organisation=value)

    @cached_property
    def offered(self) -> dict[str, list[tuple[object, str]]]:
        """What can be chosen of organisations and forums, each asked for once."""
        places = [("", "Alle"), *organisations(self.request).values_list("pk", "name")]
        return {"initiativ": places, "part": places, "forum": [("", "Alle"), *Forum.objects.values_list("pk", "name")]}

    @property
    def drawn_from(self) -> list[object]:
        """All that the fields below the search are drawn from: the same gives the same HTML."""
        return [self.offered, [(name, self.data.getlist(name)) for name in (*self.filters, "sorter") if name != "q"]]

    @property
    def narrowing(self) -> list[BoundField]:
        """The fields below the search, with what is offered."""
        for name, choices in self.offered.items():
            self.form.fields[name].widget.choices = choices
        return [field for field in self.form if field.name != "q"]

    @property
    def is_whole(self) -> bool:
        """Whether nothing narrows the list, text search included."""
        return self.form.is_valid() and all(value in (None, "") for value in self.form.cleaned_data.values())

    @property
    def chosen(self) -> int:
        """How many filters are in use, the text search not counted."""
        return sum(1 for name, value in self.data.items() if value and name in self.filters and name != "q")


def order_of(wanted: str | None) -> Order:
    """Return one of the offered orders; anything else means newest first."""
    return SORTS.get(wanted or "", SORTS[DEFAULT_SORT])


class DanishDateFilter(django_filters.Filter):  # type: ignore[misc]  # the library has no types
    """A date as Danes write it."""

    field_class = DanishDateField


class AccessFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """Narrow the access log: one case, a person, the days."""

    sag = django_filters.CharFilter(label="Sagsnummer", method="of_case")
    person = django_filters.CharFilter(label="Navn eller e-mail", method="by_person")
    fra = DanishDateFilter(label="Fra og med", method="since")
    til = DanishDateFilter(label="Til og med", method="until")

    class Meta:
        model = AccessEntry
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.form.fields.values():
            field.marker = ""

    def of_case(self, rows: Looks, name: str, value: str) -> Looks:
        """Looks at one case, by its whole number."""
        return rows.filter(case__number=value.strip().upper())

    def by_person(self, rows: Looks, name: str, value: str) -> Looks:
        """Looks by people whose name or address holds the words."""
        return rows.filter(Q(user__name__icontains=value.strip()) | Q(user__email__icontains=value.strip()))

    def since(self, rows: Looks, name: str, value: date) -> Looks:
        """From the beginning of a day on."""
        return rows.filter(seen_at__gte=midnight(value))

    def until(self, rows: Looks, name: str, value: date) -> Looks:
        """To the end of a day."""
        return rows.filter(seen_at__lt=midnight(min(value, LAST_DAY) + timedelta(days=1)))
