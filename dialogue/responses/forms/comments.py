"""The form for a comment in the dialogue."""

from __future__ import annotations

from typing import Any

from django import forms

from dialogue.models import Audience, Comment
from transfers.forms import CapacityForm


class CommentForm(CapacityForm):
    """A comment or an answer in a thread; an answer has its thread's readers."""

    reply_to = forms.IntegerField(widget=forms.HiddenInput, required=False)
    after = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    text = forms.CharField(
        label="Kommentar",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Skriv en kommentar."},
    )
    audience = forms.ChoiceField(
        label="Hvem kan læse kommentaren?", choices=Audience, widget=forms.RadioSelect, initial=Audience.ALL
    )

    def __init__(self, *args: Any, thread: Comment | None = None, newest: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after"].initial = newest
        self.thread = thread
        if thread:
            self.fields["reply_to"].initial = thread.pk
            self.fields["text"].label = "Dit svar"
            del self.fields["audience"]
        self.order_fields(("seen", "capacity", "reply_to", "after", "text", "audience"))

    @property
    def readers(self) -> str:
        """The chosen readers; everybody where there was no choice."""
        return str(self.cleaned_data.get("audience") or Audience.ALL)
