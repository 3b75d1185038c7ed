"""The forms of a written procedure: start it, and vote."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import DanishDateField
from core.renderers import RadioWithHints
from portfolio.models import BallotChoice
from transfers.forms import CapacityForm

HINTS: dict[str, str] = {
    BallotChoice.FOR: "Sagen er godkendt, når alle stemmer for.",
    BallotChoice.AGAINST: "Sagen bliver ikke godkendt skriftligt. Den behandles på næste møde.",
    BallotChoice.DISCUSS: "Sagen behandles på næste møde, også selv om du er enig.",
}


class OpenVoteForm(CapacityForm):
    """What the forum is asked to approve, and until when."""

    recommendation = forms.CharField(
        label="Indstilling", max_length=8000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Fx »Sekretariatet indstiller, at …«. Bliver begrundelsen for beslutningen, hvis alle stemmer for.",
        error_messages={"required": "Skriv indstillingen."},
    )  # fmt: skip
    deadline = DanishDateField(
        label="Frist for at stemme", help_text="Skriv datoen som dag.måned.år, fx 26.11.2026.",
        error_messages={"required": "Skriv fristen for at stemme."},
    )  # fmt: skip


class VoteForm(CapacityForm):
    """One vote; an objection or a wish to discuss needs its reason, which the action checks."""

    choice = forms.ChoiceField(
        label="Hvad stemmer du?", choices=BallotChoice, widget=RadioWithHints(HINTS),
        error_messages={"required": "Vælg, hvad du stemmer."},
    )  # fmt: skip
    reason = forms.CharField(
        label="Begrundelse", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Skal skrives ved indsigelse og ønske om drøftelse. Forummet kan læse den, når afstemningen er slut.",
    )  # fmt: skip
    field_order = ("seen", "capacity", "choice", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].marker = ""  # type: ignore[attr-defined]
