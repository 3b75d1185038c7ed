"""Fields that agreements need besides the usual ones: several days in one line, and numbers with decimals."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from core.cpr import MESSAGE, contains_cpr
from core.forms import DanishDateField
from portfolio.agreements.content import figure

MOST_DAYS = 12
LARGEST = Decimal(10) ** 11


def refuse_cpr(value: Any) -> None:
    """Raise ValidationError for a CPR number before it is read as something else (rule 17)."""
    if contains_cpr(str(value or "")):
        raise forms.ValidationError(MESSAGE)


class DaysField(forms.CharField):
    """Several days with commas between; gives them in order, each once."""

    def to_python(self, value: Any) -> Any:
        """Read the days; raises ValidationError with what to write."""
        refuse_cpr(value)
        single = DanishDateField(required=False)
        days = {single.clean(part.strip()) for part in re.split(r"[,;\n]| og ", str(value or "")) if part.strip()}
        if len(days) > MOST_DAYS:
            raise forms.ValidationError(f"Skriv højst {MOST_DAYS} datoer.")
        return sorted(day for day in days if day)

    def validate(self, value: Any) -> None:
        """An empty list is no fault: nothing is demanded while writing."""

    def run_validators(self, value: Any) -> None:
        """The days have been read; there is nothing to measure."""

    def prepare_value(self, value: Any) -> Any:
        """Show stored days as they are typed."""
        if isinstance(value, list):
            return ", ".join(f"{day:%d.%m.%Y}" for day in value if isinstance(day, date))
        return value


class FigureField(forms.CharField):
    """A number as Danes write it, with a comma before decimals; gives a Decimal or None."""

    def to_python(self, value: Any) -> Any:
        """Read the number; raises ValidationError with what to write."""
        refuse_cpr(value)
        typed = str(value or "").strip().replace(" ", "").replace("−", "-")
        if not typed:
            return None
        if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", typed):
            typed = typed.replace(".", "")
        try:
            number = Decimal(typed.replace(",", "."))
        except InvalidOperation as error:
            raise forms.ValidationError("Skriv et tal, fx 12,5.") from error
        if not number.is_finite() or abs(number) >= LARGEST:
            raise forms.ValidationError("Skriv et tal, fx 12,5.")
        return number.quantize(Decimal("0.01"))

    def run_validators(self, value: Any) -> None:
        """The number has been read; there is no text to measure."""

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number without idle decimals."""
        return figure(value) if isinstance(value, Decimal) else value
