"""The register's filters; every choice stands in the address, so that a list can be shared."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q

from contacts.enums import OrganisationKind
from contacts.models import Organisation
from portfolio.models import Agreement, PartyRole
from portfolio.register.queries import Made, involving, is_terminated

KINDS = OrganisationKind
SECTORS: dict[str, tuple[str, tuple[OrganisationKind, ...]]] = {
    "region": ("Region og sygehuse", (KINDS.REGION, KINDS.HOSPITAL, KINDS.PSYCHIATRY)),
    "kommuner": ("Kommuner", (KINDS.MUNICIPALITY,)),
    "almen_praksis": ("Almen praksis", (KINDS.GENERAL_PRACTICE,)),
    "speciallaeger": ("Speciallægepraksis", (KINDS.SPECIALIST_PRACTICE,)),
}
SECTOR_CHOICES = [(key, label) for key, (label, _) in SECTORS.items()]
STATES = [("gaelder", "Gælder"), ("ophoert", "Ophørt")]


def municipalities(request: Any) -> Any:
    """Municipalities, in Danish order."""
    return Organisation.objects.filter(kind=KINDS.MUNICIPALITY)


class RegisterFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """Narrow the register: words, receiving sector, municipality, year, in force or ended."""

    q = django_filters.CharFilter(label="Søg i titel", method="search")
    sektor = django_filters.ChoiceFilter(
        label="Modtagende sektor", choices=SECTOR_CHOICES, empty_label="Alle", method="received_by"
    )
    kommune = django_filters.ModelChoiceFilter(
        label="Kommune", queryset=municipalities, empty_label="Alle", method="of_municipality"
    )
    aar = django_filters.NumberFilter(
        label="Indgået i år", field_name="made_on__year", widget=forms.NumberInput(attrs={"class": "input-char-4"})
    )
    status = django_filters.ChoiceFilter(label="Status", choices=STATES, empty_label="Alle", method="in_state")

    class Meta:
        model = Agreement
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.form.fields.values():
            field.marker = ""

    def search(self, rows: Made, name: str, value: str) -> Made:
        """Match inside words of the title, since Danish compounds need it."""
        return rows.filter(text__title__icontains=value.strip())

    def received_by(self, rows: Made, name: str, value: str) -> Made:
        """Agreements that hold for a receiver of the sector."""
        return involving(rows, role=PartyRole.RECEIVER, organisation__kind__in=SECTORS[value][1])

    def of_municipality(self, rows: Made, name: str, value: Organisation) -> Made:
        """Agreements a municipality is a party to."""
        return involving(rows, organisation=value)

    def in_state(self, rows: Made, name: str, value: str) -> Made:
        """Agreements in force, or ended."""
        return rows.filter(is_terminated() if value == "ophoert" else ~Q(is_terminated()))

    @property
    def chosen(self) -> int:
        """How many filters are in use, the search not counted."""
        return sum(1 for name, value in self.data.items() if value and name in self.filters and name != "q")
