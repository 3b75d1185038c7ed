"""The forms of writing: one for every part of the agreement, one for a party's own part, and sending out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from contacts.enums import OrganisationKind
from core.enums import RequiredFor
from core.forms import DanishDateField, GuardedForm
from core.models import FormPart, FormQuestion
from dialogue.basis.forms import MAKE, lines
from portfolio.agreements.content import INDICATORS, OWN_FIELDS, RESPONSIBLE, REVIEWS, ROLES, Draft, answer_of
from portfolio.agreements.forms.fields import DaysField, FigureField
from portfolio.models import AgreementParty, Aim, PartyRole
from transfers.forms import CapacityForm

MARKERS = {RequiredFor.SUBMIT: "", RequiredFor.FORUM: "", RequiredFor.OPTIONAL: "frivilligt"}
SPARE_ROWS, MOST_ROWS = 2, 12
WHERE_RESPONSIBILITY_LIES = (
    OrganisationKind.HOSPITAL, OrganisationKind.PSYCHIATRY, OrganisationKind.GENERAL_PRACTICE,
    OrganisationKind.SPECIALIST_PRACTICE,
)  # fmt: skip
MEASURED: dict[str, tuple[str, int]] = {
    "name": ("Indikator", 200), "unit": ("Enhed", 60), "baseline": ("Udgangspunkt", 16), "aim": ("Mål", 0),
    "expected": ("Forventet", 16), "measured_when": ("Hvornår måles den", 200), "source": ("Kilde", 200),
}  # fmt: skip
FIGURES = ("baseline", "expected")
DATE_HINT = "Skriv datoen som dag.måned.år, fx 26.11.2026."


@dataclass(frozen=True)
class Item:
    """One question on the page: a field, or a table of fields; `theirs` is what another saved meanwhile."""

    question: FormQuestion
    field: BoundField | None
    rows: Sequence[tuple[str, Sequence[BoundField]]] = ()
    theirs: str | None = None


class PartForm(GuardedForm):
    """The questions of one part. No field is required: saving demands nothing, sending does (rule 11)."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, part: FormPart, draft: Draft, proposed: Mapping[str, Any], sources: Mapping[str, str],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.questions, self.draft = list(part.questions.all()), draft
        self.theirs: dict[str, str] = {}
        self.fields["revision"].initial = draft.agreement.revision
        for question in self.questions:
            if question.key == ROLES:
                self.add_roles()
            elif question.key == INDICATORS:
                self.add_indicators()
            else:
                value = draft.value(question.key) or proposed.get(question.key, draft.value(question.key))
                source = "" if draft.value(question.key) else sources.get(question.key, "")
                self.add(question, self.field_for(question), value, source)

    def field_for(self, question: FormQuestion) -> forms.Field:
        """Return the field that fits a question."""
        if question.key == RESPONSIBLE:
            able = (p.organisation for p in self.draft.parties if p.organisation.kind in WHERE_RESPONSIBILITY_LIES)
            choices = [("", "Ikke valgt"), *((o.pk, o.name) for o in able)]
            return forms.TypedChoiceField(choices=choices, coerce=int, empty_value=None)
        if question.key == REVIEWS:
            return DaysField(max_length=400)
        if question.key == "notice_months":
            return whole_number(120)
        return MAKE[question.kind](question)

    def add(self, question: FormQuestion, field: forms.Field, value: Any, source: str) -> None:
        """Put a field on the form with the words of its question."""
        field.required, field.initial = False, value
        word(field, question)
        if source and value:
            field.source = source  # type: ignore[attr-defined]
        self.fields[question.key] = field

    def add_roles(self) -> None:
        """One choice per party."""
        for party in self.draft.parties:
            self.fields[f"{ROLES}_{party.organisation_id}"] = forms.ChoiceField(
                choices=PartyRole, required=False, label=f"Rolle, {party.organisation}", initial=party.role
            )

    def add_indicators(self) -> None:
        """The rows there are, and a few to spare."""
        self.row_ids: list[int | None] = [row.pk for row in self.draft.indicators]
        self.row_ids += [None] * max(SPARE_ROWS if len(self.row_ids) < MOST_ROWS else 0, 1 - len(self.row_ids))
        for place, pk in enumerate(self.row_ids):
            stored = next((row for row in self.draft.indicators if row.pk == pk), None)
            for name, (label, longest) in MEASURED.items():
                field = measure(name, longest)
                field.label, field.required = f"{label}, indikator {place + 1}", False
                field.initial = getattr(stored, name, None) or (Aim.AT_LEAST if name == "aim" else None)
                self.fields[f"{INDICATORS}_{place}_{name}"] = field

    def clean(self) -> dict[str, Any]:
        """An indicator is known by its name."""
        data = super().clean() or self.cleaned_data
        for place in range(len(getattr(self, "row_ids", ()))):
            said = [data.get(f"{INDICATORS}_{place}_{name}") for name in MEASURED if name not in ("name", "aim")]
            if any(value not in (None, "") for value in said) and not data.get(f"{INDICATORS}_{place}_name"):
                self.add_error(f"{INDICATORS}_{place}_name", "Skriv, hvad der måles.")
        return data

    def show_theirs(self, keys: Iterable[str], draft: Draft) -> None:
        """Put what another saved beside these questions; what was typed stays in the fields."""
        self.theirs = {q.key: answer_of(draft, q)["shown"] for q in self.questions if q.key in set(keys)}

    def accept(self, revision: int) -> None:
        """Let the next save be a choice made knowingly: it is about the revision that is shown beside."""
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        typed["revision"] = str(revision)
        self.data = typed

    def items(self) -> list[Item]:
        """Return the questions in order, as the page draws them."""
        return [self.item(question) for question in self.questions]

    def item(self, question: FormQuestion) -> Item:
        """Return one question as the page draws it."""
        theirs = self.theirs.get(question.key)
        if question.key == ROLES:
            rows = [(str(p.organisation), [self[f"{ROLES}_{p.organisation_id}"]]) for p in self.draft.parties]
            return Item(question, None, rows, theirs)
        if question.key == INDICATORS:
            named = enumerate(self.row_ids)
            return Item(question, None, [(f"Indikator {i + 1}", self.row(i)) for i, _ in named], theirs)
        return Item(question, self[question.key], theirs=theirs)

    def row(self, place: int) -> list[BoundField]:
        """Return the fields of one indicator."""
        return [self[f"{INDICATORS}_{place}_{name}"] for name in MEASURED]

    @property
    def values(self) -> dict[str, Any]:
        """Return the valid answers by question key, as the action stores them."""
        return {question.key: self.stored(question.key) for question in self.questions}

    def stored(self, key: str) -> Any:
        """Return one answer of a valid form in the shape it is kept in."""
        data = self.cleaned_data
        if key == ROLES:
            typed = {p.organisation_id: data.get(f"{ROLES}_{p.organisation_id}") for p in self.draft.parties}
            return {pk: role for pk, role in typed.items() if role}
        if key == INDICATORS:
            rows = [self.measured(place, pk) for place, pk in enumerate(self.row_ids)]
            return [row for row in rows if row["name"]]
        value = data[key]
        return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value

    def measured(self, place: int, pk: int | None) -> dict[str, Any]:
        """Return one indicator as it was typed."""
        typed = {name: self.cleaned_data.get(f"{INDICATORS}_{place}_{name}") for name in MEASURED}
        typed["aim"] = typed["aim"] or Aim.AT_LEAST
        return {name: value if name in FIGURES else value or "" for name, value in typed.items()} | {"indicator": pk}


def word(field: forms.Field, question: FormQuestion) -> None:
    """Give a field the words of its question."""
    field.label, field.help_text = question.label, question.hint
    field.marker = MARKERS[RequiredFor(question.required_for)]  # type: ignore[attr-defined]
    field.example = question.example  # type: ignore[attr-defined]
    if isinstance(field.widget, forms.Textarea):
        field.widget.attrs["rows"] = lines(str(field.initial or ""))


def whole_number(most: int) -> forms.IntegerField:
    """Return a field for a small whole number."""
    attrs = {"class": "input-char-4", "inputmode": "numeric"}
    return forms.IntegerField(
        min_value=0, max_value=most, widget=forms.TextInput(attrs=attrs),
        error_messages={
            "invalid": "Skriv et helt tal, fx 6.", "max_value": f"Skriv højst {most} måneder.",
            "min_value": "Skriv 0 eller flere måneder.",
        },
    )  # fmt: skip


def measure(name: str, longest: int) -> forms.Field:
    """Return the field of one cell of an indicator."""
    if name == "aim":
        return forms.ChoiceField(choices=Aim)
    if name in FIGURES:
        attrs = {"class": "input-char-11", "inputmode": "decimal"}
        return FigureField(max_length=longest, widget=forms.TextInput(attrs=attrs))
    return forms.CharField(max_length=longest)


class OwnForm(GuardedForm):
    """What a party says of itself: what it brings, and its own economy (S4.6)."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, part: FormPart, party: AgreementParty, revision: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].initial = revision
        for question in part.questions.all():
            if question.key in OWN_FIELDS:
                field = MAKE[question.kind](question)
                field.required, field.initial = False, getattr(party, question.key)
                word(field, question)
                self.fields[question.key] = field

    @property
    def values(self) -> dict[str, Any]:
        """The valid answers by field name."""
        typed = {name: self.cleaned_data[name] for name in OWN_FIELDS if name in self.cleaned_data}
        return {n: v.replace("\r\n", "\n").strip() if isinstance(v, str) else v for n, v in typed.items()}


class IssueForm(CapacityForm):
    """Sending out: which revision was read, and the two deadlines."""

    confirm_by = DanishDateField(
        label="Hvornår skal parterne senest have bekræftet?", help_text=DATE_HINT,
        error_messages={"required": "Skriv fristen for at bekræfte aftalen."},
    )  # fmt: skip
    ready_by = DanishDateField(
        label="Hvornår skal modtagerne senest have meldt sig klar?", help_text=DATE_HINT,
        error_messages={"required": "Skriv fristen for klarmelding."},
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput)
