"""Ordering an edition, and its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.timezone import localdate

from core.forms import DanishDateField, GuardedForm
from portfolio.models import AnnualStatus


class OnceForm(GuardedForm):
    """A form whose repeated post is the same order."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["request_key"].initial = uuid4()


class OrderForm(OnceForm):
    """Which year, and up to which day entries in the history count."""

    year = forms.TypedChoiceField(label="År", coerce=int, error_messages={"required": "Vælg et år."})
    day = DanishDateField(
        label="Opgørelsesdato",
        help_text="Hændelser fra året tæller med, når de er registreret senest denne dag.",
        error_messages={"required": "Skriv en opgørelsesdato."},
    )

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        self.fields["day"].initial = localdate()


class WordsForm(OnceForm):
    """The secretariat's words on the front page."""

    recommendation = forms.CharField(
        label="Indstilling",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv en indstilling."},
    )
    summary = forms.CharField(
        label="Sammenfatning",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Hvad viser året, og hvad har vi lært? Teksten står på forsiden under tallene.",
    )

    def __init__(self, *args: Any, status: AnnualStatus, **kwargs: Any) -> None:
        words = {"recommendation": status.recommendation, "summary": status.summary}
        super().__init__(*args, initial=words, **kwargs)
