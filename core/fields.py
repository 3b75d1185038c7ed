"""Form fields for Danish dates, amounts, figures and numbers of patients."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.cpr import MESSAGE, contains_cpr
from core.patients import PatientCount

DATE_FORMATS = ("%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d")
LARGEST_AMOUNT = 1_000_000_000_000
_AMOUNT = re.compile(r"(-?)(\d{1,3}(?:[. \u00a0]\d{3})+|\d+)(?:,(?:00|-))?")

_FIGURE = re.compile(r"(-?)(\d{1,3}(?:[. \u00a0]\d{3})+|\d+)(?:,(\d+))?")


def refuse_cpr(typed: str) -> None:
    """Raise ValidationError for a CPR number before it is read as a figure (rule 17)."""
    if contains_cpr(typed):
        raise ValidationError(MESSAGE, code="cpr")


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
        refuse_cpr(str(value))
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


class FigureField(forms.DecimalField):
    """A figure with up to four decimals: "16,5", "-0,25" and "1.250" are read; a point is never a decimal comma."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": "Skriv et tal, fx 16,5.",
        "max_digits": "Tallet er for stort.",
        "max_whole_digits": "Tallet er for stort.",
        "max_decimal_places": "Skriv højst fire decimaler.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=16, decimal_places=4, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """Read the figure; raises ValidationError with what to write."""
        if value in self.empty_values or isinstance(value, Decimal):
            return value or None
        refuse_cpr(str(value))
        typed = str(value).strip().replace("−", "-")
        if not (match := _FIGURE.fullmatch(typed)):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return Decimal(f"{match[1]}{re.sub(r'[^0-9]', '', match[2])}.{match[3] or '0'}")

    def prepare_value(self, value: object) -> object:
        """Show the figure with a decimal comma, without noughts at its end."""
        return format(value.normalize(), "f").replace(".", ",") if isinstance(value, Decimal) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Offer the number keys of a phone."""
        return {"inputmode": "decimal"}


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
