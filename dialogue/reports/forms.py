"""Forms of a report: making it, answering or closing it, and making a case of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.timezone import localdate

from contacts.models import Membership, Organisation
from core.forms import DanishDateField, GuardedForm, PatientCountField
from dialogue.models import UnannouncedTransfer
from dialogue.reports.queries import answerable, parts_of
from dialogue.responses.forms.parties import by_kind


def long_text(label: str, hint: str, ask: str) -> forms.CharField:
    """A required text area with a counter."""
    return forms.CharField(
        label=label, help_text=hint, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": ask},
    )  # fmt: skip


class ReportForm(GuardedForm):
    """Meld opgaveglidning: what moved, from whom, since when, and what it has led to."""

    request_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    membership = forms.TypedChoiceField(label="På vegne af", coerce=int)
    title = forms.CharField(
        label="Hvad kalder I opgaven?",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "input-wide"}),
        error_messages={"required": "Skriv, hvad I kalder opgaven."},
    )
    responsible = forms.TypedChoiceField(
        label="Hvem har opgaven været hos?",
        coerce=int,
        help_text="Organisationens kontaktperson får meldingen og svarer på den. Sekretariatet får den også.",
        error_messages={"required": "Vælg den organisation, som opgaven er flyttet fra."},
    )
    what_moved = long_text(
        "Hvad er flyttet?",
        "Beskriv opgaven, hvordan I har opdaget det, og hvem der løser den nu. Skriv ikke om enkelte patienter.",
        "Beskriv, hvad der er flyttet.",
    )
    since = DanishDateField(
        label="Siden hvornår?",
        required=False,
        help_text="Skriv datoen som dag.måned.år. Lad feltet stå tomt, hvis I ikke ved det.",
    )
    consequences = long_text(
        "Hvilke konsekvenser har det?",
        "Skriv, hvad det betyder for patienterne og for jeres arbejde.",
        "Beskriv, hvilke konsekvenser det har.",
    )
    patients = PatientCountField(
        label="Hvor mange patienter om året drejer det sig om?",
        help_text="Skriv et tal, »1–4« eller »ukendt«. Et skøn er nok.",
        widget=forms.TextInput(attrs={"class": "input-char-11"}),
        error_messages={"required": "Skriv et antal, »1–4« eller »ukendt«."},
    )

    def __init__(self, *args: Any, memberships: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(m.pk, f"{m.place} ({m.get_function_display().lower()})") for m in memberships]
        self.fields["membership"].choices = choices  # type: ignore[attr-defined]
        self.fields["membership"].initial = choices[0][0] if choices else None
        if len(choices) < 2:
            self.fields["membership"].widget = forms.HiddenInput()
        self.organisations = {o.pk: o for o in answerable()}
        groups = by_kind(self.organisations.values())
        self.fields["responsible"].choices = [("", "Vælg"), *groups]  # type: ignore[attr-defined]

    def clean_since(self) -> Any:
        """Refuse a day to come."""
        since = self.cleaned_data["since"]
        if since and since > localdate():
            raise forms.ValidationError("Datoen er ikke kommet endnu. Skriv den dag, opgaven blev flyttet.")
        return since


class ReportTextForm(GuardedForm):
    """One text: the answer to a report, or why it is closed."""

    def __init__(self, *args: Any, label: str, hint: str, ask: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = long_text(label, hint, ask)


class ReportCaseForm(GuardedForm):
    """The case a report becomes: its title, what changes, and the department whose leader assesses it."""

    title = forms.CharField(
        label="Sagens titel",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "input-wide"}),
        error_messages={"required": "Skriv sagens titel."},
    )
    what_changes = long_text(
        "Hvad er ændret?",
        "Teksten kommer fra meldingen. Ret den, så den kan læses af dem, der får sagen.",
        "Beskriv, hvad der er ændret.",
    )
    department = forms.TypedChoiceField(
        label="Hvilken afdeling eller enhed?",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Afdelingens leder afslutter den indledende vurdering.",
    )

    def __init__(self, *args: Any, report: UnannouncedTransfer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].initial = report.title
        self.fields["what_changes"].initial = report.what_moved
        self.parts: dict[int, Organisation] = {o.pk: o for o in parts_of(report.responsible)}
        choices = [("", f"Hele {report.responsible}"), *((pk, o.name) for pk, o in self.parts.items())]
        self.fields["department"].choices = choices  # type: ignore[attr-defined]
        if not self.parts:
            del self.fields["department"]

    @property
    def chosen_part(self) -> Organisation | None:
        """The chosen department or unit."""
        return self.parts.get(self.cleaned_data.get("department") or 0)
