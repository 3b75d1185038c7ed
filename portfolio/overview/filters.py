"""The filters of the overview's table; every choice stands in the address, and every figure of the page uses one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import django_filters
from django.db.models import F

from contacts.enums import OrganisationKind
from contacts.models import Organisation
from contacts.naming import named
from portfolio.overview.queries import AGES, HOSPITALS, UNDER_WAY, Portfolio, involving, soon
from transfers.enums import PARTY_KINDS
from transfers.models import TransferCase

KINDS = [(kind.value, kind.label) for kind in PARTY_KINDS]
DUE = [("overskredet", "Overskredet"), ("snart", "Inden for 30 dage"), ("ingen", "Ingen frist")]
DEFAULT_SORT = "frist"
SORTS = {
    DEFAULT_SORT: (F("late").desc(), F("due").asc(nulls_last=True), "since", "pk"),
    "-frist": (F("due").desc(nulls_last=True), "since", "pk"),
    "alder": ("-since", "pk"),
    "-alder": ("since", "pk"),
}


def stages() -> list[tuple[str, str]]:
    """Stages under way with their names, forums called what they are called today."""
    return [(stage.value, named(stage.label)) for stage in UNDER_WAY]


class PortfolioFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """Narrow the portfolio: stage, who started it, hospital, municipality, age in the stage, deadline."""

    stadie = django_filters.ChoiceFilter(label="Stadie", field_name="stage", choices=stages, empty_label="Alle")
    initiativ = django_filters.ChoiceFilter(
        label="Initiativ fra", field_name="initiator__kind", choices=KINDS, empty_label="Alle"
    )
    sygehus = django_filters.ChoiceFilter(label="Sygehus", empty_label="Alle", method="place")
    kommune = django_filters.ChoiceFilter(label="Kommune", empty_label="Alle", method="place")
    alder = django_filters.ChoiceFilter(
        label="Dage i stadiet", field_name="age", choices=[age[:2] for age in AGES], empty_label="Alle"
    )
    frist = django_filters.ChoiceFilter(label="Frist", choices=DUE, empty_label="Alle", method="deadline")

    class Meta:
        model = TransferCase
        fields: list[str] = []

    def __init__(self, *args: Any, places: Iterable[Organisation], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for name, kinds in (("sygehus", HOSPITALS), ("kommune", (OrganisationKind.MUNICIPALITY,))):
            self.filters[name].extra["choices"] = [(p.pk, p.name) for p in places if p.kind in kinds]
        for field in self.form.fields.values():
            field.marker = ""

    def place(self, rows: Portfolio, name: str, value: str) -> Portfolio:
        """Cases a hospital or municipality has started or is a party to."""
        return involving(rows, int(value))

    def deadline(self, rows: Portfolio, name: str, value: str) -> Portfolio:
        """Cases whose deadline is past, near, or not set."""
        if value == "snart":
            return soon(rows, self.today)
        return rows.filter(late=True) if value == "overskredet" else rows.filter(due__isnull=True)

    @property
    def chosen(self) -> int:
        """How many filters are in use."""
        return sum(1 for name, value in self.data.items() if value and name in self.filters)


def sorted_by(rows: Portfolio, wanted: str | None) -> Portfolio:
    """Order the table by one of the offered sorts; anything else means overdue first."""
    return rows.order_by(*SORTS.get(wanted or "", SORTS[DEFAULT_SORT]))
