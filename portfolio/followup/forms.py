"""The forms of a follow-up: what came of the agreement, and a party's own figures (form 7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.timezone import localdate

from core.fields import KronerField, PatientCountField
from core.forms import DanishDateField
from core.models import FormDefinition, FormPart
from core.patients import PatientCount
from core.renderers import RadioWithHints
from dialogue.enums import CountKind
from dialogue.models import EconomyKnown
from portfolio.agreements.content import figure
from portfolio.agreements.forms.fields import FigureField
from portfolio.followup.actions import NEEDED, OWN, WRITABLE, state_of_own
from portfolio.models import FollowUp, FollowUpOutcome, Indicator, PartyOutcome
from transfers.forms import CapacityForm

OWN_PATIENTS = "own_patients"  # the question about the patients of one party
OUTCOMES: dict[str, str] = {
    FollowUpOutcome.CONTINUE: "Aftalen fortsætter, som den er.",
    FollowUpOutcome.ADJUST: "Aftalen skal ændres i en ny version. Den gamle gælder, til den nye er bekræftet.",
    FollowUpOutcome.END: "Aftalen skal ophøre. Bring den derefter til ophør på sagens forside.",
}
FROM_STORED = {CountKind.FEW: PatientCount.of(1), CountKind.UNKNOWN: PatientCount.of(None)}


def prose(rows: int = 4) -> forms.CharField:
    """Return a field for text that may be left for later."""
    return forms.CharField(required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": rows}))


def patients() -> PatientCountField:
    """Return a field for patients a year (rule 17)."""
    field = PatientCountField(required=False)
    field.widget.attrs["class"] = "input-char-11"
    return field


def word(fields: dict[str, forms.Field], part: FormPart, **named: str) -> None:
    """Give fields the words of a part's questions; `named` are fields by questions of another name."""
    for question in part.questions.all():
        field = fields[named.get(question.key, question.key)]
        field.label, field.help_text = question.label, question.hint
        field.example = question.example  # type: ignore[attr-defined]
        if question.choices:
            field.choices = question.choices  # type: ignore[attr-defined]


def part_of(definition: FormDefinition, key: str) -> FormPart:
    """Return a part of the wording by its key."""
    return next(part for part in definition.parts.all() if part.key == key)


def stored_count(count: PatientCount | None) -> dict[str, Any]:
    """Return a number of patients as the tables keep it."""
    if count is None:
        return {"patients_kind": "", "patients_number": None}
    if not count.is_known:
        return {"patients_kind": CountKind.UNKNOWN, "patients_number": None}
    few = count.low != count.high
    return {"patients_kind": CountKind.FEW if few else CountKind.NUMBER, "patients_number": None if few else count.low}


def count_of(row: FollowUp | PartyOutcome) -> PatientCount | None:
    """Return a stored number of patients as the field shows it."""
    if row.patients_kind == CountKind.NUMBER:
        return PatientCount.of(row.patients_number)
    return FROM_STORED.get(CountKind(row.patients_kind)) if row.patients_kind else None


class FollowUpForm(CapacityForm):
    """Opfølgning. A draft may be half filled; `require_whole` marks what recording needs."""

    held_on = DanishDateField(required=False)
    patients = patients()
    went_well = prose()
    went_badly = prose()
    patient_experience = prose()
    outcome = forms.ChoiceField(required=False, widget=RadioWithHints(OUTCOMES))
    outcome_reason = prose(rows=3)
    next_on = DanishDateField(required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, indicators: Sequence[Indicator], definition: FormDefinition, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        word(self.fields, part_of(definition, "outcome"))
        self.indicators = {f"maalt_{indicator.pk}": indicator for indicator in indicators}
        for name, indicator in self.indicators.items():
            self.fields[name] = measured_field(indicator)
        self.order_fields(["capacity", "held_on", *self.indicators])
        for name in NEEDED:
            self.fields[name].marker = ""  # type: ignore[attr-defined]

    def clean_held_on(self) -> date | None:
        """Refuse a day to come."""
        day: date | None = self.cleaned_data["held_on"]
        if day is not None and day > localdate():
            raise forms.ValidationError("Datoen er ikke kommet endnu. Skriv den dag, der blev fulgt op.")
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse a next day that does not come after this one."""
        data = super().clean() or self.cleaned_data
        held, following = data.get("held_on"), data.get("next_on")
        if held and following and following <= held:
            self.add_error("next_on", "Næste opfølgning skal ligge efter denne.")
        return data

    def require_whole(self) -> bool:
        """Mark what is missing before the follow-up can be recorded; returns whether nothing is."""
        for name, words in NEEDED.items():
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, f"{words}.")
        if self.cleaned_data.get("outcome") == FollowUpOutcome.ADJUST and not self.cleaned_data.get("next_on"):
            self.add_error("next_on", "Skriv, hvornår der følges op igen efter justeringen.")
        return not self.errors

    @property
    def values(self) -> dict[str, Any]:
        """The follow-up's fields by name."""
        kept = {name: value for name, value in self.cleaned_data.items() if name in WRITABLE}
        return kept | stored_count(self.cleaned_data.get("patients"))

    @property
    def measured(self) -> dict[int, Decimal | None]:
        """The measured values by indicator."""
        return {indicator.pk: self.cleaned_data.get(name) for name, indicator in self.indicators.items()}


def measured_field(indicator: Indicator) -> FigureField:
    """Return the field for one indicator, with what was expected as its hint."""
    unit = f" {indicator.unit}" if indicator.unit else ""
    expected = sentence(f"Forventet: {indicator.get_aim_display()} {figure(indicator.expected)}{unit}")
    baseline = sentence(f"Udgangspunkt: {figure(indicator.baseline)}{unit}")
    hint = f"{expected} {baseline} Tomt, hvis I ikke har målt."
    field = FigureField(label=f"Målt: {indicator.name}", help_text=hint, required=False, max_length=20)
    field.widget.attrs["class"] = "input-char-11"
    return field


def sentence(words: str) -> str:
    """Return words with one full stop at their end, after an abbreviated unit too (pct.)."""
    return words if words.endswith(".") else f"{words}."


def initial_of(draft: FollowUp | None, measured: dict[int, Decimal | None]) -> dict[str, Any]:
    """Return a stored draft as the form's initial values; one without a date starts with today."""
    if draft is None:
        return {"held_on": localdate(), "revision": 0}
    names = (*(WRITABLE - {"patients_kind", "patients_number"}), "revision")
    shown = {name: getattr(draft, name) for name in names} | {"patients": count_of(draft)}
    shown["held_on"] = draft.held_on or localdate()
    return shown | {f"maalt_{key}": value for key, value in measured.items()}


class OwnForm(CapacityForm):
    """A party's own figures; nobody else states them (S4.6)."""

    economy_known = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": "Vælg, om I kan opgøre økonomien."}
    )
    one_off_cost = KronerField(required=False)
    annual_cost = KronerField(required=False)
    annual_saving = KronerField(required=False)
    patients = patients()
    note = prose(rows=3)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, definition: FormDefinition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self.fields, part_of(definition, "own"), **{OWN_PATIENTS: "patients"})

    @property
    def figures(self) -> dict[str, Any]:
        """The party's figures by name; none where the economy cannot be stated yet."""
        data = {name: value for name, value in self.cleaned_data.items() if name in OWN}
        if data.get("economy_known") == EconomyKnown.NOT_YET:
            data |= dict.fromkeys(("one_off_cost", "annual_cost", "annual_saving"))
        return data | stored_count(self.cleaned_data.get("patients"))


def own_initial(outcome: PartyOutcome | None) -> dict[str, Any]:
    """Return stored figures as the form's initial values."""
    if outcome is None:
        return {"revision": 0}
    names = OWN - {"patients_kind", "patients_number"}
    shown = {name: getattr(outcome, name) for name in names}
    return shown | {"patients": count_of(outcome), "revision": state_of_own(outcome)}


