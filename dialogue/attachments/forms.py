"""The form that adds an attachment."""

from __future__ import annotations

from django import forms

from core.forms import GuardedForm
from core.uploads import ACCEPT, NAMED


class AttachmentForm(GuardedForm):
    """One file; what it is and what it holds is looked at when it is taken in."""

    file = forms.FileField(
        label="Vælg en fil",
        help_text=f"{NAMED}. Filen må ikke indeholde oplysninger om enkelte patienter.",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={
            "required": "Vælg den fil, du vil tilføje.",
            "invalid": "Vælg den fil, du vil tilføje.",
            "missing": "Vælg den fil, du vil tilføje.",
            "empty": "Filen er tom. Vælg en fil med indhold.",
            "max_length": "Filens navn er for langt. Giv den et kortere navn, og vælg den igen.",
        },
        max_length=200,
    )
