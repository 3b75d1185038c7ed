"""The case list's filters; every choice stands in the address, so that a list can be shared."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from contacts.models import Forum, Organisation
from transfers.enums import PARTY_KINDS, ChangeKind, Result, Stage
from transfers.models import TransferCase

SORTS = {
    "-oprettet": ("-sort_date", "-pk"),
    "oprettet": ("sort_date", "pk"),
    "titel": ("title", "pk"),
    "-titel": ("-title", "-pk"),
    "alder": ("stage_since", "pk"),
    "-alder": ("-stage_since", "-pk"),
}
DEFAULT_SORT = "-oprettet"


def organisations(request: Any) -> QuerySet[Organisation]:
    """Organisations that may start a case or be a party, in Danish order."""
    return Organisation.objects.filter(kind__in=PARTY_KINDS)


class CaseFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """Search and narrow the list: text, stage, result, kind, who started it, who is affected, forum, year."""

    q = django_filters.CharFilter(label="Søg i nummer, titel og tekst", method="search")
    stadie = django_filters.ChoiceFilter(label="Stadie", field_name="stage", choices=Stage, empty_label="Alle")
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
        """Match inside words, since Danish compounds need it; title and number stand in the search text too."""
        wanted = value.strip().lower()
        return rows.filter(Q(search_text__contains=wanted) | Q(title__icontains=wanted) | Q(number__icontains=wanted))

    def affecting(self, rows: QuerySet[TransferCase], name: str, value: Organisation) -> QuerySet[TransferCase]:
        """Cases that an organisation is a party to."""
        return rows.filter(parties__organisation=value)

    @property
    def chosen(self) -> int:
        """How many filters are in use, the text search not counted."""
        return sum(1 for name, value in self.data.items() if value and name in self.filters and name != "q")


def sorted_by(rows: QuerySet[TransferCase], wanted: str | None) -> QuerySet[TransferCase]:
    """Order the list by one of the offered sorts; anything else means newest first."""
    return rows.order_by(*SORTS.get(wanted or "", SORTS[DEFAULT_SORT]))
