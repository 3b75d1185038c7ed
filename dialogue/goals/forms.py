"""The list of shared goals, one a line, and a party's marks, one question a goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from core.forms import GuardedForm
from dialogue.goals.actions import LONGEST, MOST, state_of_marks
from dialogue.goals.queries import lines
from dialogue.models import GoalMark, SharedGoal
from transfers.forms import CapacityForm

SAID = [("agreed", "Enig"), ("not_agreed", "Ikke enig")]


class GoalsForm(CapacityForm):
    """The shared goals as lines."""

    goals = forms.CharField(
        label="Fælles mål",
        max_length=MOST * (LONGEST + 2),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Skriv ét mål på hver linje. Parterne markerer, om de er enige. Ændrer du ordene i et mål, skal "
        "parterne markere det igen.",
        error_messages={"required": "Skriv mindst ét mål."},
    )

    def clean_goals(self) -> list[str]:
        """Return the lines; refuse too many and too long ones."""
        found = lines(self.cleaned_data["goals"])
        if len(found) > MOST:
            raise forms.ValidationError(f"Der er {len(found)} mål. Saml dem til højst {MOST}.")
        if any(len(line) > LONGEST for line in found):
            raise forms.ValidationError(f"Et mål er for langt. Skriv højst {LONGEST} tegn på hver linje.")
        return found


class MarksForm(GuardedForm):
    """What a party says to each goal; what is not marked stays unmarked."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, goals: Sequence[SharedGoal], marks: Mapping[int, GoalMark], seen: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.goals = goals
        self.fields["seen"].initial, self.fields["revision"].initial = seen, state_of_marks(marks)
        for goal in goals:
            self.ask(goal, marks.get(goal.pk))

    def ask(self, goal: SharedGoal, mark: GoalMark | None) -> None:
        """Add the two fields of a goal, with what the party has said before."""
        said = "" if mark is None else "agreed" if mark.agreed else "not_agreed"
        self.fields[f"goal_{goal.pk}"] = forms.ChoiceField(
            label=goal.text, choices=SAID, widget=forms.RadioSelect, required=False, initial=said
        )
        self.fields[f"goal_{goal.pk}"].marker = ""  # type: ignore[attr-defined]
        self.fields[f"remark_{goal.pk}"] = forms.CharField(
            label="Bemærkning", max_length=LONGEST, required=False, initial=mark.remark if mark else "",
            widget=forms.TextInput(attrs={"class": "input-wide"}),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for a mark where there is only a remark."""
        for goal in self.goals:
            remark = self.cleaned_data.get(f"remark_{goal.pk}")
            if remark and not self.cleaned_data.get(f"goal_{goal.pk}"):
                self.add_error(f"goal_{goal.pk}", "Vælg, om I er enige i målet.")
        return self.cleaned_data

    @property
    def marks(self) -> dict[int, tuple[bool, str]]:
        """The valid marks by goal."""
        said = {goal.pk: self.cleaned_data.get(f"goal_{goal.pk}") for goal in self.goals}
        return {pk: (value == "agreed", self.cleaned_data[f"remark_{pk}"]) for pk, value in said.items() if value}

    @property
    def questions(self) -> list[tuple[Any, Any]]:
        """The two fields of each goal, for the page."""
        return [(self[f"goal_{goal.pk}"], self[f"remark_{goal.pk}"]) for goal in self.goals]
