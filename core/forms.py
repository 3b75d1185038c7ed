"""Forms that refuse CPR numbers and keep what was typed (rule 17), and the Danish form fields."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import models

from core.cpr import MESSAGE, contains_cpr, value_contains_cpr
from core.errors import AlreadyDone, DomainError, Incomplete, NotAllowed, Stale, TextRefused
from core.fields import DanishDateField, FigureField, KronerField, PatientCountField
from core.overtaken import Newest, overtaken

__all__ = [
    "DanishDateField", "FigureField", "GuardedForm", "GuardedModelForm", "KronerField", "PatientCountField", "attempt",
]  # fmt: skip

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
        """Clean as Django does, then mark each field that holds a CPR number, one refused for other reasons too."""
        super().full_clean()
        cleaned = getattr(self, "cleaned_data", {})
        for name in [name for name in self.fields if name not in self.unguarded]:
            given = self[name].data if name in self.errors else cleaned.get(name)
            if _holds_cpr(given):
                self.errors.pop(name, None)
                self.add_error(name, MESSAGE)


class GuardedForm(Guarded, forms.Form):
    """A form whose texts hold no CPR number."""


class GuardedModelForm(Guarded, _ModelForm[M]):
    """A model form whose texts hold no CPR number."""


def _holds_cpr(value: object) -> bool:
    if isinstance(value, UploadedFile):
        return contains_cpr(value.name or "")
    return value_contains_cpr(value)


def attempt(form: forms.BaseForm, action: Callable[[], T], newest: Newest[T] | None = None) -> T | None:
    """Run an action for a valid form; a refusal is put on the form, so that nothing typed is lost.

    When somebody else was faster, both texts stand on the form (`core.overtaken`). A second click is no refusal:
    AlreadyDone goes on to who answers for the page.
    """
    try:
        return action()
    except AlreadyDone:
        raise
    except Stale as refusal:
        return overtaken(form, refusal, newest)
    except NotAllowed as refusal:
        return overtaken(form, refusal, None)
    except DomainError as refusal:
        refuse(form, refusal)
    return None


def refuse(form: forms.BaseForm, refusal: DomainError) -> None:
    """Put a refusal where it belongs on the form."""
    if isinstance(refusal, TextRefused):
        for name in refusal.fields:
            form.add_error(name if name in form.fields else None, refusal.message)
        return
    form.add_error(None, refusal.message)
    for item in refusal.missing if isinstance(refusal, Incomplete) else ():
        form.add_error(None, item)
