"""Forms of the case itself: the screening, and the confirmation with a reason that plain acts ask for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms

from contacts.models import Membership
from core.forms import GuardedForm
from core.models import FormDefinition
from transfers.models import Screening, TransferCase
from transfers.workflow import Act

YES_NO = [("yes", "Ja"), ("no", "Nej")]
CASE_FIELDS = ("title", "change_kind", "what_changes")
QUESTIONS = ("consequences", "new_competences", "utensils")


class YesNoField(forms.ChoiceField):
    """Ja or nej as two radio buttons; gives True, False or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=YES_NO, widget=forms.RadioSelect, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return True for »yes«, False for »no«, None for no answer."""
        return {"yes": True, "no": False}.get(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        """Show a stored answer as its radio button."""
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class CapacityForm(GuardedForm):
    """A form for an act: by which membership one acts (asked when there is a choice) and what one saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    capacity = forms.TypedChoiceField(label="Du handler som", coerce=int, empty_value=None)

    def __init__(self, *args: Any, capacities: Sequence[Membership], seen: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = seen
        self.only_capacity = capacities[0].pk if len(capacities) == 1 else None
        if len(capacities) > 1:
            choices = [(m.pk, str(m)) for m in capacities]
            self.fields["capacity"].choices = choices  # type: ignore[attr-defined]
            self.fields["capacity"].initial = capacities[0].pk
        else:
            del self.fields["capacity"]

    @property
    def capacity_id(self) -> int | None:
        """The chosen membership, or None where there was no choice."""
        return self.cleaned_data.get("capacity")


class ActForm(CapacityForm):
    """Confirmation of a plain act, with a reason where the table asks for one."""

    reason = forms.CharField(
        label="Begrundelse",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Begrundelsen står i sagens historik og kan læses af alle, der har adgang til sagen.",
        error_messages={"required": "Skriv en begrundelse."},
    )

    def __init__(self, *args: Any, act: Act, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not act.asks_reason:
            del self.fields["reason"]


class ScreeningForm(GuardedForm):
    """Indledende vurdering on one page; wording from the form definition, answers checked by what is concluded."""

    title = forms.CharField(
        max_length=200,
        widget=forms.TextInput(attrs={"class": "input-wide"}),
        error_messages={"required": "Skriv, hvad I kalder ændringen."},
    )
    membership = forms.TypedChoiceField(label="På vegne af", coerce=int)
    change_kind = forms.ChoiceField(
        choices=TransferCase._meta.get_field("change_kind").choices or [],
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg, hvilken slags ændring det er."},
    )
    what_changes = forms.CharField(
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Beskriv, hvad der ændrer sig."},
    )
    affected = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    consequences = YesNoField(required=False)
    new_competences = YesNoField(required=False)
    utensils = YesNoField(required=False)
    needs_basis = YesNoField(required=False)
    not_needed_reason = forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), required=False)
    request_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, definition: FormDefinition, memberships: Sequence[Membership], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for question in definition.questions:
            self.word(question.key, question)
        choices = [(m.pk, f"{m.place} ({m.get_function_display().lower()})") for m in memberships]
        self.fields["membership"].choices = choices  # type: ignore[attr-defined]
        self.fields["membership"].initial = choices[0][0] if choices else None
        if len(choices) < 2:
            self.fields["membership"].widget = forms.HiddenInput()
        for name in (*QUESTIONS, "affected", "needs_basis", "not_needed_reason"):
            self.fields[name].marker = ""  # type: ignore[attr-defined]

    def word(self, key: str, question: Any) -> None:
        """Give a field the words of its question."""
        field = self.fields[key]
        field.label, field.help_text = question.label, question.hint
        field.example = question.example  # type: ignore[attr-defined]
        if question.choices:
            field.choices = question.choices  # type: ignore[attr-defined]

    def require_conclusion(self) -> bool:
        """Mark what is missing before the screening can be concluded (S1; rule 1); returns whether nothing is."""
        data = self.cleaned_data
        for name in QUESTIONS:
            if data.get(name) is None:
                self.add_error(name, "Svar ja eller nej.")
        duty = any(data.get(name) for name in QUESTIONS)
        if duty and data.get("needs_basis") is None:
            self.add_error("needs_basis", "Tag stilling til, om der er behov for et dialoggrundlag.")
        if duty and data.get("needs_basis") is False and not data.get("not_needed_reason", "").strip():
            self.add_error("not_needed_reason", "Begrund, hvorfor der ikke er behov for et dialoggrundlag.")
        return not self.errors

    @property
    def case_data(self) -> dict[str, Any]:
        """What belongs to the case."""
        return {name: self.cleaned_data[name] for name in CASE_FIELDS}

    @property
    def answers(self) -> dict[str, Any]:
        """What belongs to the screening."""
        own = ("affected", *QUESTIONS, "needs_basis", "not_needed_reason")
        return {name: self.cleaned_data[name] for name in own}


def screening_initial(case: TransferCase, screening: Screening) -> dict[str, Any]:
    """Return the stored screening as the form's initial values."""
    own = ("affected", *QUESTIONS, "needs_basis", "not_needed_reason")
    return (
        {name: getattr(case, name) for name in CASE_FIELDS}
        | {name: getattr(screening, name) for name in own}
        | {"seen": case.version, "request_key": case.request_key or uuid4()}
    )
