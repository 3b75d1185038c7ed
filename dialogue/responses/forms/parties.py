"""Forms of the contact person: who is asked for a response, and until when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django import forms
from django.utils.timezone import localdate

from contacts.enums import OrganisationKind
from contacts.models import Organisation
from core.forms import DanishDateField
from dialogue.responses.queries import PartyStanding, default_deadline
from transfers.forms import CapacityForm

HEADINGS: dict[str, str] = {
    OrganisationKind.MUNICIPALITY: "Kommuner",
    OrganisationKind.GENERAL_PRACTICE: "Almen praksis",
    OrganisationKind.SPECIALIST_PRACTICE: "Speciallægepraksis",
    OrganisationKind.HOSPITAL: "Sygehuse",
    OrganisationKind.PSYCHIATRY: "Psykiatri",
    OrganisationKind.REGION: "Region",
}
NO_CONTACT = "Har ingen kontaktperson lige nu – ingen kan svare, før sekretariatet har udpeget en."
Group = tuple[str, list[tuple[int, str]]]


def by_kind(organisations: Iterable[Organisation]) -> list[Group]:
    """Return choices under one heading per kind of organisation."""
    groups: dict[str, list[tuple[int, str]]] = {kind: [] for kind in HEADINGS}
    for organisation in organisations:
        groups[organisation.kind].append((organisation.pk, organisation.name))
    return [(HEADINGS[kind], choices) for kind, choices in groups.items() if choices]


class CheckboxesWithHints(forms.CheckboxSelectMultiple):
    """Checkboxes with a line under some of them; `hints` maps a choice to its line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.hints: dict[int, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Give the option its line and tie the two together for screen readers."""
        option = super().create_option(name, value, *args, **kwargs)
        if hint := self.hints.get(value, ""):
            option["hint"] = hint
            option["attrs"]["aria-describedby"] = f"{option['attrs'].get('id', name)}_hint"
        return option


class DeadlineForm(CapacityForm):
    """An act that sets a deadline for parties; default is today plus the working days of the parameter."""

    deadline = DanishDateField(
        label="Svarfrist",
        help_text="Skriv datoen som dag.måned.år, fx 26.11.2026.",
        error_messages={"required": "Skriv en frist."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deadline"].initial = default_deadline()

    def clean_deadline(self) -> Any:
        """Refuse a day in the past."""
        deadline = self.cleaned_data["deadline"]
        if deadline and deadline < localdate():
            raise forms.ValidationError("Fristen ligger tilbage i tiden. Vælg i dag eller en senere dag.")
        return deadline


class OpenForm(DeadlineForm):
    """Which organisations are affected, and until when they may answer (rule 4)."""

    parties = forms.TypedMultipleChoiceField(
        label="Hvem er berørt?",
        coerce=int,
        widget=CheckboxesWithHints,
        help_text="De parter, som dialoggrundlaget foreslår, er valgt på forhånd. Ret, så listen passer.",
        error_messages={"required": "Vælg mindst én berørt part."},
    )
    field_order = ("seen", "capacity", "parties", "deadline")

    def __init__(
        self,
        *args: Any,
        organisations: Sequence[Organisation],
        chosen: Collection[int],
        reachable: Collection[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["parties"]
        field.choices = by_kind(organisations)  # type: ignore[attr-defined]
        field.initial = [organisation.pk for organisation in organisations if organisation.pk in chosen]
        field.widget.hints = {o.pk: NO_CONTACT for o in organisations if o.pk not in reachable}


class AddPartyForm(DeadlineForm):
    """One more organisation and its own deadline."""

    organisation = forms.TypedChoiceField(
        label="Hvilken organisation?", coerce=int, error_messages={"required": "Vælg en organisation."}
    )
    field_order = ("seen", "capacity", "organisation", "deadline")

    def __init__(
        self, *args: Any, organisations: Sequence[Organisation], reachable: Collection[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        groups = [
            (heading, [(pk, warned(pk, name, reachable)) for pk, name in choices])
            for heading, choices in by_kind(organisations)
        ]
        self.fields["organisation"].choices = [("", "Vælg"), *groups]  # type: ignore[attr-defined]


def warned(pk: int, name: str, reachable: Collection[int]) -> str:
    """Return an organisation's name, and that it has no contact person where that is so."""
    return name if pk in reachable else f"{name} (ingen kontaktperson)"


class ExtendForm(DeadlineForm):
    """A later deadline for some or all parties, with the reason."""

    parties = forms.TypedMultipleChoiceField(
        label="Hvem får længere frist?",
        coerce=int,
        widget=CheckboxesWithHints,
        error_messages={"required": "Vælg mindst én part."},
    )
    reason = forms.CharField(
        label="Begrundelse",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Begrundelsen står i sagens historik og kan læses af alle, der har adgang til sagen.",
        error_messages={"required": "Skriv en begrundelse."},
    )
    field_order = ("seen", "capacity", "parties", "deadline", "reason")

    def __init__(
        self, *args: Any, rows: Sequence[PartyStanding], chosen: Collection[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["parties"]
        field.choices = [(row.party.pk, str(row.organisation)) for row in rows]  # type: ignore[attr-defined]
        field.initial = [row.party.pk for row in rows if row.party.pk in chosen]
        field.widget.hints = {row.party.pk: deadline_hint(row) for row in rows}


def deadline_hint(row: PartyStanding) -> str:
    """Return a party's deadline and whether it has answered."""
    answered = "har svaret" if row.version else "har ikke svaret"
    return f"Frist {row.party.deadline:%d.%m.%Y} – {answered}"
