"""Forms by which the secretariat changes values and words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from core.forms import DanishDateField, GuardedForm
from core.models import FormQuestion
from core.parameters import Declared
from core.wording import Wording, worded

YES_NO = [("1", "Ja"), ("0", "Nej")]


class ValueForm(GuardedForm):
    """A new value, and the day from which it holds."""

    valid_from = DanishDateField(label="Gælder fra", help_text="I dag eller senere. Værdien virker straks fra den dag.")

    def __init__(self, *args: Any, declared: Declared, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.declared = declared
        self.fields["value"] = self.value_field()
        self.order_fields(["value", "valid_from"])

    def value_field(self) -> forms.Field:
        """Return a choice between yes and no, or a number with its unit."""
        if self.declared.is_yes_no:
            return forms.ChoiceField(label="Ny værdi", choices=YES_NO, widget=forms.RadioSelect)
        widget = forms.TextInput(attrs={"class": "input-char-11", "inputmode": "decimal"})
        invalid = {"invalid": "Skriv et tal, fx 10."}
        field = forms.DecimalField(label="Ny værdi", localize=True, widget=widget, error_messages=invalid)
        field.suffix = self.declared.unit  # type: ignore[attr-defined]
        return field

    def clean_value(self) -> Decimal:
        """Read the value; says what it may be when it cannot be that."""
        value = Decimal(self.cleaned_data["value"])
        if refusal := self.declared.refusal(value):
            raise forms.ValidationError(refusal)
        return value


class WordingForm(GuardedForm):
    """The words of one question; what it is called in the software stays."""

    label = forms.CharField(label="Spørgsmål", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    hint = forms.CharField(
        label="Hjælpetekst", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    example = forms.CharField(
        label="Eksempel på et svar", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Foldes ud under spørgsmålet.",
    )  # fmt: skip

    def __init__(self, *args: Any, question: FormQuestion, **kwargs: Any) -> None:
        words = worded(question)
        kwargs["initial"] = {"label": words.label, "hint": words.hint, "example": words.example}
        super().__init__(*args, **kwargs)
        self.choice_names = [f"choice_{number}" for number in range(1, len(words.choices) + 1)]
        for name, label in zip(self.choice_names, words.choices, strict=True):
            told = f"Svarmulighed {name.removeprefix('choice_')}"
            self.fields[name] = forms.CharField(label=told, max_length=300, initial=label)

    def words(self) -> Wording:
        """Return what was typed, with line ends as they are kept; for a valid form."""
        data = {name: text.replace("\r\n", "\n") for name, text in self.cleaned_data.items()}
        choices = tuple(data[name] for name in self.choice_names)
        return Wording(data["label"], data["hint"], data["example"], choices)
