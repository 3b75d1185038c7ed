"""Form fields for Danish dates, amounts and numbers of patients."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.patients import PatientCount

DATE_FORMATS = ("%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d")
LARGEST_AMOUNT = 1_000_000_000_000
_AMOUNT = re.compile(r"(-?)(\d{1,3}(?:[. \u00a0]\d{3})+|\d+)(?:,(?:00|-))?")


class DanishDateField(forms.DateField):
    """A date typed as DD.MM.ÅÅÅÅ, with hyphens or slashes, or in ISO form."""

    default_error_messages = {"invalid": "Skriv datoen som DD.MM.ÅÅÅÅ, fx 31.12.2026."}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format=DATE_FORMATS[0]))
        super().__init__(input_formats=DATE_FORMATS, **kwargs)

    def to_python(self, value: Any) -> date | None:
        """Read the date; raises ValidationError with what to write."""
        return super().to_python(value.strip() if isinstance(value, str) else value)


class KronerField(forms.IntegerField):
    """Whole kroner; "1.234.567", "1 234 567 kr." and "1.234.567,00" are read, øre are refused."""

    suffix = "kr."
    widget = forms.TextInput
    default_error_messages = {
        "invalid": "Skriv beløbet i hele kroner, fx 250.000.",
        "min_value": "Skriv beløbet uden minus.",
        "max_value": "Beløbet er for stort. Skriv beløbet i hele kroner.",
    }

    def __init__(self, *, min_value: int | None = 0, **kwargs: Any) -> None:
        kwargs.setdefault("max_value", LARGEST_AMOUNT)
        super().__init__(min_value=min_value, **kwargs)

    def to_python(self, value: Any) -> int | None:
        """Read the amount; raises ValidationError with what to write."""
        if value in self.empty_values or isinstance(value, int):
            return super().to_python(value)
        typed = str(value).strip().replace("−", "-").casefold().removesuffix("kr.").removesuffix("kr").strip()
        if not (match := _AMOUNT.fullmatch(typed)):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(match[1] + re.sub(r"\D", "", match[2]))

    def prepare_value(self, value: object) -> object:
        """Show the amount with full stops between the thousands."""
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Offer the number keys of a phone; limits are told in a message, not by the browser."""
        return {"inputmode": "numeric"}


class PatientCountField(forms.CharField):
    """A number of patients: "1–4", "ukendt" or a number; 1 to 4 becomes "1–4" (rule 17)."""

    default_error_messages = {"invalid": "Skriv et antal, “1–4” eller “ukendt”."}

    def to_python(self, value: Any) -> PatientCount | None:  # type: ignore[override]
        """Read the count; raises ValidationError with what to write."""
        if value in self.empty_values or isinstance(value, PatientCount):
            return value or None
        try:
            return PatientCount.parse(str(value))
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def run_validators(self, value: object) -> None:
        """The value is already read and checked; CharField's validators are for text."""

    def prepare_value(self, value: object) -> object:
        """Show the count as it is typed."""
        return str(value) if isinstance(value, PatientCount) else value
