"""The choice of forum as a form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from contacts.models import Forum
from core.renderers import RadioWithHints
from portfolio.routing.rules import Choice
from transfers.forms import CapacityForm


class RoutingForm(CapacityForm):
    """Which forum, and why when it is not the one recommended; the action checks that the reason is there."""

    choice = forms.ChoiceField(
        label="Hvor skal sagen behandles?", widget=RadioWithHints, error_messages={"required": "Vælg et forum."}
    )
    forum = forms.TypedChoiceField(
        label="Hvilket samarbejdsforum?",
        coerce=int,
        required=False,
        empty_value=None,
        help_text="Har kun betydning, når sagen sendes til et samarbejdsforum.",
    )
    reason = forms.CharField(
        label="Begrundelse",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Skal skrives, når valget går imod anbefalingen eller en parts ønske. Forummet får den at se.",
    )
    field_order = ("seen", "capacity", "choice", "forum", "reason")

    def __init__(
        self, *args: Any, choices: Sequence[Choice], forums: Sequence[Forum], initial_choice: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["choice"]
        field.choices = [(choice.code, choice.label) for choice in choices]  # type: ignore[attr-defined]
        field.widget.hints = {choice.code: choice.hint for choice in choices}
        field.initial = initial_choice
        self.fields["reason"].marker = ""  # type: ignore[attr-defined]
        if len(forums) < 2:
            del self.fields["forum"]
        else:
            self.fields["forum"].choices = [(forum.pk, forum.name) for forum in forums]  # type: ignore[attr-defined]
            self.fields["forum"].marker = ""  # type: ignore[attr-defined]

    def chosen(self, forums: Sequence[Forum]) -> Forum | None:
        """Return the samarbejdsforum that was chosen, None where there was no choice."""
        return next((forum for forum in forums if forum.pk == self.cleaned_data.get("forum")), None)
