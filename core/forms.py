"""Forms that refuse CPR numbers and keep what was typed (rule 17), and the Danish form fields."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import models

from core.cpr import MESSAGE, contains_cpr, value_contains_cpr
from core.errors import DomainError, Incomplete, TextRefused
from core.fields import DanishDateField, KronerField, PatientCountField

__all__ = ["DanishDateField", "GuardedForm", "GuardedModelForm", "KronerField", "PatientCountField", "attempt"]

T = TypeVar("T")
M = TypeVar("M", bound=models.Model)
if TYPE_CHECKING:
    _Form = forms.BaseForm
    _ModelForm = forms.ModelForm
else:
    _Form = object

    class _ModelForm(forms.ModelForm):
        """Django's model form, which only its type stubs let one subscript."""

        def __class_getitem__(cls, model: object) -> type:
            return cls


class Guarded(_Form):
    """Looks at every answer after all other cleaning, so that no subclass can leave it out.

    Typed identifiers of ten digits (P-numbers) have fields of their own: name those in `unguarded`.
    """

    unguarded: frozenset[str] = frozenset()

    def full_clean(self) -> None:
        """Clean as Django does, then mark each field that holds a CPR number."""
        super().full_clean()
        for name, value in list(getattr(self, "cleaned_data", {}).items()):
            if name in self.fields and name not in self.unguarded and _holds_cpr(value):
                self.add_error(name, MESSAGE)


class GuardedForm(Guarded, forms.Form):
    """A form whose texts hold no CPR number."""


class GuardedModelForm(Guarded, _ModelForm[M]):
    """A model form whose texts hold no CPR number."""


def _holds_cpr(value: object) -> bool:
    if isinstance(value, UploadedFile):
        return contains_cpr(value.name or "")
    return value_contains_cpr(value)


def attempt(form: forms.BaseForm, action: Callable[[], T]) -> T | None:
    """Run an action for a valid form; a refusal is put on the form, so that nothing typed is lost."""
    try:
        return action()
    except TextRefused as refusal:
        for name in refusal.fields:
            form.add_error(name if name in form.fields else None, refusal.message)
    except Incomplete as refusal:
        form.add_error(None, refusal.message)
        for item in refusal.missing:
            form.add_error(None, item)
    except DomainError as refusal:
        form.add_error(None, refusal.message)
    return None
