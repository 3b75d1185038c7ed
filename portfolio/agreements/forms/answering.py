"""The forms of the parties: answering a version, reporting ready, leaving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate

from core.forms import DanishDateField
from core.renderers import RadioWithHints
from portfolio.agreements.forms.writing import DATE_HINT
from portfolio.models import ReadinessItem
from transfers.forms import CapacityForm, YesNoField
from transfers.workflow import Act

WHAT_IS_READY = {
    ReadinessItem.CAPACITY: "Fx personale, vagtplan og lokaler.",
    ReadinessItem.SYSTEMS: "Fx adgange, meddelelser og fælles vejledninger.",
    ReadinessItem.COMPETENCES: "De, der skal løse opgaven, er oplært.",
    ReadinessItem.EQUIPMENT: "Fx utensilier, behandlingsredskaber og aftaler om levering.",
    ReadinessItem.INFORMATION: "Patienter, pårørende og samarbejdspartnere har fået besked.",
    ReadinessItem.TRAINING: "Patienterne kan oplæres, og materialet er klar.",
}
TO_COME = "Meld først klar, når det er på plads. Datoen kan ikke ligge fremme i tiden."


class AnswerForm(CapacityForm):
    """The answer to exactly the text that stands on the page."""

    kind = forms.ChoiceField(
        label="Hvad svarer I?", widget=RadioWithHints, error_messages={"required": "Vælg, hvad I svarer."}
    )
    until = DanishDateField(
        label="Hvornår ventes sagen behandlet politisk?", required=False, help_text=f"Kun hvis I afventer. {DATE_HINT}"
    )
    reason = forms.CharField(
        label="Hvorfor tiltræder I ikke?", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Kun hvis I ikke tiltræder. Begrundelsen kan læses af alle, der har adgang til sagen.",
    )  # fmt: skip
    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    unguarded = frozenset({"sha256"})

    def __init__(self, *args: Any, acts: Sequence[Act], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        kind.choices = [(act.code, act.label) for act in acts]  # type: ignore[attr-defined]
        kind.widget.hints = {act.code: act.effect for act in acts}
        for name in ("until", "reason"):
            self.fields[name].marker = ""  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the date or the reason where the answer needs one."""
        data = super().clean() or self.cleaned_data
        if data.get("kind") == "await_political" and not data.get("until") and "until" not in self.errors:
            self.add_error("until", "Skriv, hvornår sagen ventes behandlet politisk.")
        if data.get("kind") == "decline_agreement" and not data.get("reason", "").strip():
            self.add_error("reason", "Skriv, hvorfor I ikke tiltræder aftalen.")
        return data

    def clean_until(self) -> date | None:
        """Refuse a day that is past."""
        day: date | None = self.cleaned_data["until"]
        if day is not None and day < localdate():
            raise forms.ValidationError("Datoen er passeret. Skriv, hvornår sagen ventes behandlet.")
        return day


class ReadyForm(CapacityForm):
    """Since when each item is in place; an empty date means not yet."""

    def __init__(
        self, *args: Any, items: Sequence[ReadinessItem], stored: Mapping[str, date], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items_asked = list(items)
        for item in items:
            field = DanishDateField(label=item.label, required=False, initial=stored.get(item))
            field.help_text = f"{WHAT_IS_READY[item]} Skriv datoen, det kom på plads, eller lad feltet stå tomt."
            field.marker = ""  # type: ignore[attr-defined]
            self.fields[f"ready_{item}"] = field

    def clean(self) -> dict[str, Any]:
        """Refuse days to come."""
        data = super().clean() or self.cleaned_data
        for item in self.items_asked:
            day = data.get(f"ready_{item}")
            if day and day > localdate():
                self.add_error(f"ready_{item}", TO_COME)
        return data

    @property
    def reported(self) -> dict[str, date | None]:
        """The items with their dates."""
        return {str(item): self.cleaned_data[f"ready_{item}"] for item in self.items_asked}


class LeaveForm(CapacityForm):
    """Notice: when, how the task is taken back, whether the others go on, and why."""

    effective_on = DanishDateField(
        label="Hvornår træder I ud?", help_text=DATE_HINT,
        error_messages={"required": "Skriv, hvornår I træder ud."},
    )  # fmt: skip
    plan = forms.CharField(
        label="Hvordan tages opgaven tilbage?", max_length=8000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Hvem overtager patienterne, hvordan får de besked, og hvad sker der med igangværende forløb?",
        error_messages={"required": "Skriv, hvordan opgaven tages tilbage."},
    )  # fmt: skip
    others_go_on = YesNoField(
        label="Kan de øvrige parter fortsætte uden jer?",
        error_messages={"required": "Svar ja eller nej."},
    )  # fmt: skip
    reason = forms.CharField(
        label="Hvorfor træder I ud?", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Skriv, hvorfor I træder ud."},
    )  # fmt: skip
