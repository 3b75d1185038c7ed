"""Which case to merge into, and why."""

from __future__ import annotations

from typing import Any

from django import forms

from contacts.viewer import Viewer
from dialogue.merging.actions import NO_SUCH_CASE
from dialogue.merging.queries import candidates
from transfers.forms import CapacityForm
from transfers.models import TransferCase


class MergeForm(CapacityForm):
    """Foreslå sammenlægning: the other case by its number, and the reason its initiator reads."""

    into = forms.CharField(
        label="Hvilken sag skal denne sag lægges ind i?",
        max_length=16,
        help_text="Skriv den anden sags nummer, fx OF-2026-0031. Den anden sag fortsætter, og denne lukkes.",
        widget=forms.TextInput(attrs={"class": "input-char-27"}),
        error_messages={"required": "Skriv nummeret på den anden sag."},
    )
    reason = forms.CharField(
        label="Begrundelse",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Skriv, hvorfor de to sager hører sammen. Initiativtageren i den anden sag læser begrundelsen.",
        error_messages={"required": "Skriv en begrundelse."},
    )
    field_order = ("seen", "capacity", "into", "reason")

    def __init__(self, *args: Any, case: TransferCase, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.viewer = case, viewer

    def clean_into(self) -> TransferCase:
        """Return the other case; a foreign, a missing and an unfit one get the same answer."""
        number = self.cleaned_data["into"].strip().upper()
        found = candidates(self.case, self.viewer).filter(number=number).first()
        if found is None:
            raise forms.ValidationError(NO_SUCH_CASE)
        return found
