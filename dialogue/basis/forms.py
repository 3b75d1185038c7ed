"""One form for every step: its fields are made from the questions of the form definition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from contacts.models import Organisation
from core.enums import QuestionKind, RequiredFor
from core.forms import DanishDateField, GuardedForm, KronerField, PatientCountField
from core.models import FormPart, FormQuestion
from dialogue.basis.content import COUNTS, PARTIES, Written, stated
from transfers.forms import CapacityForm

MARKERS = {
    RequiredFor.SUBMIT: "skal udfyldes for at indsende",
    RequiredFor.FORUM: "inden behandling i forum",
    RequiredFor.OPTIONAL: "frivilligt",
}
LONGEST_TEXT = 10_000
MOST = 2_000_000_000
CHARACTERS_A_LINE, FEWEST_LINES, MOST_LINES = 75, 4, 18
YES_NO = [("yes", "Ja"), ("no", "Nej")]


def long_text(question: FormQuestion) -> forms.Field:
    """A text area with a counter."""
    return forms.CharField(max_length=LONGEST_TEXT, widget=forms.Textarea)


def one_choice(question: FormQuestion) -> forms.Field:
    """Radio buttons; yes and no where the definition names no choices."""
    return forms.ChoiceField(choices=question.choices or YES_NO, widget=forms.RadioSelect)


MAKE: dict[str, Callable[[FormQuestion], forms.Field]] = {
    QuestionKind.TEXT: lambda q: forms.CharField(max_length=200),
    QuestionKind.LONGTEXT: long_text,
    QuestionKind.YESNO: one_choice,
    QuestionKind.CHOICE: one_choice,
    QuestionKind.MULTICHOICE: lambda q: forms.MultipleChoiceField(
        choices=q.choices, widget=forms.CheckboxSelectMultiple
    ),
    QuestionKind.DATE: lambda q: DanishDateField(),
    QuestionKind.KRONER: lambda q: KronerField(),
    QuestionKind.INTEGER: lambda q: forms.IntegerField(
        min_value=0,
        max_value=MOST,
        localize=True,
        widget=forms.TextInput(attrs={"class": "input-char-11", "inputmode": "numeric"}),
        error_messages={"invalid": "Skriv et helt tal, fx 420."},
    ),
}


def lines(text: str) -> int:
    """Return how many lines a text area needs for a text, within reason."""
    needed = sum(1 + len(line) // CHARACTERS_A_LINE for line in text.splitlines())
    return max(FEWEST_LINES, min(needed + 1, MOST_LINES))


@dataclass(frozen=True)
class Item:
    """One question on the page: a field, or the rows of the patient table; `theirs` is what another saved."""

    question: FormQuestion
    field: BoundField | None
    rows: Sequence[tuple[str, BoundField]] = ()
    theirs: str | None = None
    marker: str = ""


class StepForm(GuardedForm):
    """The questions of one step. No field is required: saving demands nothing, submitting does (rule 3)."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        part: FormPart,
        written: Written,
        municipalities: Sequence[tuple[int, str]] = (),
        organisations: Sequence[Organisation] = (),
        proposed: Sequence[int] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(part.questions.all())
        self.municipalities = municipalities
        self.theirs: dict[str, str] = {}
        for question in self.questions:
            if question.key == COUNTS:
                self.add_counts(written)
            elif question.key == PARTIES:
                self.add_parties(question, organisations, proposed)
            else:
                self.add(question.key, MAKE[question.kind](question), question, written.value(question.key))

    def add(self, name: str, field: forms.Field, question: FormQuestion, initial: Any) -> None:
        """Put a field on the form with the words of its question."""
        field.required, field.initial = False, initial
        field.label, field.help_text = question.label, question.hint
        field.marker = MARKERS[RequiredFor(question.required_for)]  # type: ignore[attr-defined]
        field.example = question.example  # type: ignore[attr-defined]
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = lines(str(initial))
        self.fields[name] = field

    def add_counts(self, written: Written) -> None:
        """One field a municipality: a number, »1–4« or »ukendt«."""
        known = {count.organisation_id: count.shown for count in written.counts}
        for pk, name in self.municipalities:
            field = PatientCountField(required=False, label=f"Patienter om året, {name}", initial=known.get(pk, ""))
            field.widget.attrs["class"] = "input-char-8"
            self.fields[f"{COUNTS}_{pk}"] = field

    def add_parties(
        self, question: FormQuestion, organisations: Sequence[Organisation], proposed: Sequence[int]
    ) -> None:
        """Ticks in groups: one per kind of organisation."""
        groups = [
            (kind, [(o.pk, o.name) for o in members])
            for kind, members in groupby(organisations, key=lambda o: o.get_kind_display())
        ]
        field = forms.TypedMultipleChoiceField(coerce=int, choices=groups, widget=forms.CheckboxSelectMultiple)
        self.add(PARTIES, field, question, list(proposed))

    def show_theirs(self, keys: Iterable[str], found: Written) -> None:
        """Put what another saved beside these questions; own answers stay in the fields, empty fields take theirs."""
        self.theirs = {q.key: found.shown(q) for q in self.questions if q.key in set(keys)}
        data = QueryDict(mutable=True)
        data.update(self.data)
        for key in self.theirs:
            stored = found.value(key)
            if isinstance(stored, str) and not data.get(key):
                data[key] = stored
        self.data = data

    def items(self) -> list[Item]:
        """Return the questions in order, as the page draws them."""
        return [self.item(question) for question in self.questions]

    def item(self, question: FormQuestion) -> Item:
        """Return one question as the page draws it."""
        theirs, marker = self.theirs.get(question.key), MARKERS[RequiredFor(question.required_for)]
        if question.key != COUNTS:
            return Item(question, self[question.key], theirs=theirs)
        rows = [(name, self[f"{COUNTS}_{pk}"]) for pk, name in self.municipalities]
        return Item(question, None, rows, theirs, marker)

    @property
    def values(self) -> dict[str, Any]:
        """Return the valid answers by question key, as the action stores them; invalid fields are left out."""
        return {q.key: self.stored(q.key) for q in self.questions if self.holds(q.key)}

    def holds(self, key: str) -> bool:
        """Tell whether all of a question's fields are valid."""
        names = [f"{COUNTS}_{pk}" for pk, _ in self.municipalities] if key == COUNTS else [key]
        return all(name in self.cleaned_data for name in names)

    def stored(self, key: str) -> Any:
        """Return one valid answer in the shape it is kept in."""
        if key == COUNTS:
            typed = {pk: self.cleaned_data[f"{COUNTS}_{pk}"] for pk, _ in self.municipalities}
            return [stated(pk, typed[pk]) for pk in sorted(typed) if typed[pk]]
        value = self.cleaned_data[key]
        if isinstance(value, list):
            return sorted(value) if key == PARTIES else value
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


class SubmitForm(CapacityForm):
    """Confirmation of a submission: which revision of the dialoggrundlag was read."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
