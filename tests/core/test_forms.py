"""Forms: CPR numbers are marked at their field and what was typed stays; Danish dates, amounts and counts."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from core.cpr import MESSAGE
from core.fields import DanishDateField, FigureField, KronerField, PatientCountField
from core.forms import GuardedForm, GuardedModelForm
from core.models import FormDefinition
from core.patients import FEW_PATIENTS, UNKNOWN, PatientCount, total

CPR = "010190-1234"


class Trial(GuardedForm):
    title = forms.CharField()
    why = forms.CharField(widget=forms.Textarea, required=False)
    number = forms.CharField(required=False)
    upload = forms.FileField(required=False)
    unguarded = frozenset({"number"})

    def clean(self) -> None:
        """A subclass that does not call its parent is guarded all the same."""


class DefinitionForm(GuardedModelForm[FormDefinition]):
    class Meta:
        model = FormDefinition
        fields = ("title", "intro")


def test_a_number_is_marked_at_its_field_and_what_was_typed_is_kept() -> None:
    form = Trial({"title": "Sondeernæring", "why": f"Fordi {CPR}"})
    assert form.errors == {"why": [MESSAGE]}
    assert CPR in str(form["why"])
    assert CPR not in str(form.errors)


def test_a_field_for_typed_identifiers_is_left_alone() -> None:
    assert Trial({"title": "x", "number": "0101901234"}).is_valid()


def test_the_name_of_an_upload_is_looked_at() -> None:
    form = Trial({"title": "x"}, MultiValueDict({"upload": [SimpleUploadedFile(f"{CPR}.pdf", b"x")]}))
    assert form.errors == {"upload": [MESSAGE]}


def test_a_model_form_marks_the_field_before_the_model_refuses() -> None:
    assert DefinitionForm({"title": CPR}).errors == {"title": [MESSAGE]}


@pytest.mark.parametrize("typed", ["31.12.2026", "31-12-2026", "31/12/2026", "2026-12-31", " 31.12.2026 "])
def test_a_date_is_read_as_danes_write_it(typed: str) -> None:
    assert DanishDateField().clean(typed) == date(2026, 12, 31)


@pytest.mark.parametrize("typed", ["31.02.2026", "12/31/2026", "i morgen", "31.12.26"])
def test_another_date_is_told_how_to_be_written(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"DD\.MM\.ÅÅÅÅ"):
        DanishDateField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "kroner"),
    [
        ("0", 0),
        ("1234567", 1_234_567),
        ("1.234.567", 1_234_567),
        ("1 234 567 kr.", 1_234_567),
        ("1.234,00", 1234),
        ("250.000,-", 250_000),
        ("25.000 kr", 25_000),
    ],
)
def test_an_amount_is_read_as_danes_write_it(typed: str, kroner: int) -> None:
    assert KronerField().clean(typed) == kroner


@pytest.mark.parametrize("typed", ["12,50", "1.23", "1,234,567", "ti", "-5", "1e3", "9" * 14])
def test_another_amount_is_told_how_to_be_written(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"beløb|Beløb"):
        KronerField().clean(typed)


@pytest.mark.parametrize("field", [KronerField(), FigureField()])
def test_rule_17_a_cpr_number_is_not_read_as_an_amount(field: forms.Field) -> None:
    for typed in ("0101901234", "3112009999", " 6101901234 "):
        with pytest.raises(ValidationError, match="CPR-nummer"):
            field.clean(typed)
    assert field.clean("3.112.009.999") == 3_112_009_999


def test_an_amount_is_shown_with_full_stops_and_read_back() -> None:
    class Amount(forms.Form):
        amount = KronerField(min_value=None)

    assert 'value="1.234.567"' in str(Amount(initial={"amount": 1_234_567})["amount"])
    assert Amount({"amount": "−1.000"}).fields["amount"].clean("−1.000") == -1000


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("1", FEW_PATIENTS),
        ("3", FEW_PATIENTS),
        ("4", FEW_PATIENTS),
        ("1-4", FEW_PATIENTS),
        ("1 – 4", FEW_PATIENTS),
        ("Ukendt", UNKNOWN),
        ("0", PatientCount(0, 0)),
        ("5", PatientCount(5, 5)),
        ("1.200", PatientCount(1200, 1200)),
    ],
)
def test_one_to_four_patients_are_not_told_apart(typed: str, count: PatientCount) -> None:
    assert PatientCountField().clean(typed) == count


@pytest.mark.parametrize("typed", ["-1", "2-4", "mange", "5-9", "1,5", "99999999999"])
def test_another_count_is_told_how_to_be_written(typed: str) -> None:
    with pytest.raises(ValidationError, match="“1–4” eller “ukendt”"):
        PatientCountField().clean(typed)


def test_counts_are_shown_as_they_are_typed() -> None:
    shown = [str(PatientCount.of(number)) for number in (None, 0, 2, 5, 1200)]
    assert shown == ["ukendt", "0", "1–4", "5", "1.200"]
    field = PatientCountField(required=False)
    assert field.clean("") is None
    assert [str(field.clean(text)) for text in shown] == shown


def test_counts_add_up_with_what_is_known() -> None:
    assert total([FEW_PATIENTS, PatientCount.of(10), UNKNOWN]) == PatientCount(11, 14)
    assert str(total([FEW_PATIENTS, PatientCount.of(10)])) == "11–14"
    assert total([UNKNOWN]) == UNKNOWN
