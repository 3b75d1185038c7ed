"""Forms of the dialogue: who is asked and until when, what a party answers, and comments."""

from dialogue.responses.forms.answers import ResponseForm
from dialogue.responses.forms.comments import CommentForm
from dialogue.responses.forms.parties import AddPartyForm, ExtendForm, OpenForm

__all__ = ["AddPartyForm", "CommentForm", "ExtendForm", "OpenForm", "ResponseForm"]
