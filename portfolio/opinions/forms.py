"""The forms of an opinion: ask for it, give it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from contacts.models import Forum
from core.forms import DanishDateField
from transfers.forms import CapacityForm
from transfers.models import OpinionAnswer


class AskForm(CapacityForm):
    """Which forum, what about, until when."""

    forum = forms.TypedChoiceField(
        label="Hvilket samarbejdsforum?", coerce=int, error_messages={"required": "Vælg et samarbejdsforum."}
    )
    question = forms.CharField(
        label="Hvad skal forummet udtale sig om?", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Skriv, hvad forummet skal udtale sig om."},
    )  # fmt: skip
    deadline = DanishDateField(
        label="Frist", help_text="Skriv datoen som dag.måned.år, fx 26.11.2026.",
        error_messages={"required": "Skriv fristen."},
    )  # fmt: skip

    def __init__(self, *args: Any, forums: Sequence[Forum], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.forums = {forum.pk: forum for forum in forums}
        self.fields["forum"].choices = [(pk, forum.name) for pk, forum in self.forums.items()]  # type: ignore[attr-defined]


class GiveForm(CapacityForm):
    """What the forum means, and why."""

    answer = forms.ChoiceField(
        label="Er forummet enigt?", choices=OpinionAnswer, widget=forms.RadioSelect,
        error_messages={"required": "Vælg, om forummet er enigt eller uenigt."},
    )  # fmt: skip
    text = forms.CharField(
        label="Udtalelse", max_length=8000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Alle med adgang til sagen kan læse den. Den kan ikke ændres.",
        error_messages={"required": "Skriv udtalelsen."},
    )  # fmt: skip
