"""The form for a party's response; its fields come from the form definition."""

from __future__ import annotations

from typing import Any

from django import forms

from contacts.enums import OrganisationKind
from contacts.models import Organisation
from core.enums import RequiredFor
from core.forms import GuardedForm, PatientCountField
from core.models import FormDefinition, FormQuestion
from core.patients import PatientCount
from dialogue.basis.forms import MAKE
from dialogue.enums import CountKind
from dialogue.models import EconomyKnown, PartyResponse, Position
from dialogue.responses.queries import AMOUNTS, DRAFT_COLUMNS, GENERAL_PRACTICE, PATIENTS, content_of
from dialogue.responses.reports import shown_count
from transfers.enums import ChangeKind
from transfers.models import TransferCase

MISSING = {
    "position": "Vælg jeres holdning.",
    "reason": "Skriv jeres begrundelse. Er I ikke berørt, er én linje nok.",
}
GENERAL_PRACTICE_ONLY = (*GENERAL_PRACTICE, "general_practice_terms")


def field_for(question: FormQuestion) -> forms.Field:
    """Return the field of a question, worded by the definition; nothing is required before submitting."""
    field = PatientCountField() if question.key == PATIENTS else MAKE[question.kind](question)
    field.label, field.help_text, field.required = question.label, question.hint, False
    if isinstance(field.widget, forms.Textarea):
        field.widget.attrs["rows"] = 3
    field.example = question.example  # type: ignore[attr-defined]
    if question.required_for == RequiredFor.SUBMIT:
        field.marker = ""  # type: ignore[attr-defined]
    return field


class ResponseForm(GuardedForm):
    """Partens svar on one page: kept as a draft whatever is missing, submitted when nothing is."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        definition: FormDefinition,
        case: TransferCase,
        organisation: Organisation,
        guess: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.definition = definition
        for question in definition.questions:
            self.fields[question.key] = field_for(question)
        if organisation.kind != OrganisationKind.GENERAL_PRACTICE:
            for key in GENERAL_PRACTICE_ONLY:
                self.fields.pop(key, None)
        if case.change_kind != ChangeKind.SELF_CARE:
            self.without_noted()
        if guess:
            self.fields[PATIENTS].help_text += f" Initiativtager har skrevet: {guess}."

    @property
    def asked(self) -> list[FormQuestion]:
        """The questions this party is asked, in order."""
        return [question for question in self.definition.questions if question.key in self.fields]

    def without_noted(self) -> None:
        """Leave out »taget til efterretning«: only asked for egenbehandling (rule 4)."""
        field: Any = self.fields["position"]
        field.choices = [choice for choice in field.choices if choice[0] != Position.NOTED]
        field.help_text = ""

    def require_complete(self) -> bool:
        """Mark what a response needs before it is submitted (rule 4); returns whether nothing is missing."""
        for question in self.asked:
            if question.required_for == RequiredFor.SUBMIT and not self.cleaned_data.get(question.key):
                self.add_error(question.key, MISSING.get(question.key, "Svar på spørgsmålet."))
        self.require_one_economy()
        self.require_clinics_within_all()
        return not self.errors

    def require_one_economy(self) -> None:
        """Mark amounts together with »kan ikke opgøres endnu«, and »kan opgøres« without any amount."""
        known = self.cleaned_data.get("economy_known")
        stated = any(self.cleaned_data.get(name) is not None for name in AMOUNTS)
        if known == EconomyKnown.NOT_YET and stated:
            message = "Der er skrevet beløb. Vælg »Ja, som et skøn«, eller slet beløbene."
            self.add_error("economy_known", message)
        if known == EconomyKnown.KNOWN and not stated:
            self.add_error("economy_known", "Skriv mindst ét beløb, eller vælg »Kan ikke opgøres endnu«.")

    def require_clinics_within_all(self) -> None:
        """Mark more joined clinics than there are: the answer reads »x af y« (rule 4)."""
        joined, all_of_them = (self.cleaned_data.get(key) for key in ("clinics_joined", "clinics_total"))
        if joined is not None and all_of_them is None:
            self.add_error("clinics_total", "Skriv, hvor mange klinikker der er i alt.")
        elif joined is not None and joined > all_of_them:
            self.add_error("clinics_joined", "Der er flere tilsluttede klinikker, end der er i alt. Ret det ene tal.")

    @property
    def columns(self) -> dict[str, Any]:
        """The valid typed answers by field name of the response."""
        data = self.cleaned_data
        kind, number = stored_count(data.get(PATIENTS))
        found = {name: data[name] for name in DRAFT_COLUMNS if name in data}
        return found | {"patients_kind": kind, "patients_number": number}

    @property
    def texts(self) -> dict[str, str]:
        """The valid free texts by question key."""
        keys = [q.key for q in self.asked if q.key not in (*DRAFT_COLUMNS, PATIENTS)]
        return {key: self.cleaned_data[key].replace("\r\n", "\n") for key in keys}


def stored_count(count: PatientCount | None) -> tuple[str, int | None]:
    """Return a number of patients as the columns keep it: kind and, for a plain number, the number."""
    if count is None:
        return "", None
    if count.low is None:
        return CountKind.UNKNOWN, None
    return (CountKind.NUMBER, count.low) if count.low == count.high else (CountKind.FEW, None)


def response_initial(draft: PartyResponse | None) -> dict[str, Any]:
    """Return what a party has written so far as the form's initial values."""
    if draft is None:
        return {"revision": 0}
    content = content_of(draft)
    patients = shown_count(draft.patients_kind, draft.patients_number)
    return {**content.pop("answers"), **content, "revision": draft.revision, PATIENTS: patients}
