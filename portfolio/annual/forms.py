"""Ordering an edition, its words, what the forums did with it, and the survey."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.timezone import localdate

from core.forms import DanishDateField, GuardedForm
from portfolio.models import AnnualText, Survey
from portfolio.models.annual import WORDS
from portfolio.models.survey import HIGHEST, LOWEST
from transfers.forms import CapacityForm

FUTURE = "Datoen er ikke kommet endnu. Skriv den dag, det blev besluttet."
QUESTIONS = (
    "Aftalen om opgaveflytning er let at bruge i praksis.",
    "Vi bliver inddraget tidligt nok, når andre vil flytte en opgave.",
    "Parternes svar bliver brugt, når der træffes beslutning.",
    "Det er klart, hvem der gør hvad i en sag.",
    "Aftalen giver bedre opgaveflytninger for patienterne.",
)
MOST_QUESTIONS = 6
SCALE = ("1 – helt uenig", "2", "3 – hverken eller", "4", "5 – helt enig")


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


def prose(label: str, rows: int, limit: int, hint: str = "") -> forms.CharField:
    """Return a field for a text that may be empty."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=limit, required=False, widget=widget, help_text=hint)


class WordsForm(OnceForm):
    """The secretariat's words: the front page, and a comment beside each chapter's figures."""

    recommendation = forms.CharField(
        label="Indstilling",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv en indstilling."},
    )
    summary = prose(
        "Sammenfatning", 5, 700, "Hvad viser året? Teksten står på forsiden, som skal kunne læses op på et minut."
    )
    followed_up = prose("Hvad blev der gjort?", 5, 4000, "Hvad er der sket efter beslutningen om sidste års status?")
    activity = prose("Bemærkninger til aktiviteten", 5, 4000)
    usage = prose("Bemærkninger til brugen af aftalen", 5, 4000)
    decisions = prose("Bemærkninger til beslutningerne", 5, 4000)
    agreements = prose("Bemærkninger til aftaler og opfølgning", 5, 4000)
    themes = prose("Temaer og læring", 8, 8000, "Hvad går igen i årets sager, og hvad har vi lært?")
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, text: AnnualText, **kwargs: Any) -> None:
        super().__init__(*args, initial=text.words | {"revision": text.revision}, **kwargs)

    @property
    def words(self) -> dict[str, str]:
        """The texts by name."""
        return {name: self.cleaned_data[name] for name in WORDS}


def past(day: date) -> date:
    """Return the day; raises ValidationError for one to come."""
    if day > localdate():
        raise forms.ValidationError(FUTURE)
    return day


class AdoptionForm(CapacityForm):
    """When and how the Porteføljestyregruppe adopted the status."""

    adopted_on = DanishDateField(
        label="Hvornår blev status vedtaget?", error_messages={"required": "Skriv, hvornår status blev vedtaget."}
    )
    text = forms.CharField(
        label="Beslutning",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Som den står i referatet. Teksten kommer med i den vedtagne udgave.",
        error_messages={"required": "Skriv, hvad forummet besluttede."},
    )

    def clean_adopted_on(self) -> date:
        """Refuse a day to come."""
        return past(self.cleaned_data["adopted_on"])


class PlanDecisionForm(CapacityForm):
    """Whether DAS lets the action plan be updated."""

    update_plan = forms.ChoiceField(
        label="Skal handleplanen opdateres?",
        choices=[("yes", "Ja, handleplanen skal opdateres"), ("no", "Nej, handleplanen skal ikke opdateres")],
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg, om handleplanen skal opdateres."},
    )
    decided_on = DanishDateField(
        label="Hvornår blev det besluttet?", error_messages={"required": "Skriv, hvornår det blev besluttet."}
    )
    text = forms.CharField(
        label="Beslutning",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Som den står i referatet: hvad der skal opdateres, eller hvorfor ikke.",
        error_messages={"required": "Skriv, hvad forummet besluttede."},
    )

    def clean_decided_on(self) -> date:
        """Refuse a day to come."""
        return past(self.cleaned_data["decided_on"])


class SurveyForm(GuardedForm):
    """The questions of a year's survey and the last day to answer."""

    year = forms.TypedChoiceField(label="År", coerce=int, error_messages={"required": "Vælg et år."})
    closes_on = DanishDateField(label="Sidste svardag", error_messages={"required": "Skriv den sidste svardag."})

    def __init__(self, *args: Any, years: Sequence[int], earlier: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        suggested = list(earlier or QUESTIONS)
        for number in range(1, MOST_QUESTIONS + 1):
            self.fields[f"question_{number}"] = forms.CharField(
                label=f"Udsagn {number}", max_length=200, required=number == 1,
                initial=suggested[number - 1] if number <= len(suggested) else "",
                widget=forms.TextInput(attrs={"class": "input-wide"}),
                error_messages={"required": "Skriv mindst ét udsagn."},
            )  # fmt: skip

    def clean_closes_on(self) -> date:
        """Refuse a day in the past."""
        day: date = self.cleaned_data["closes_on"]
        if day < localdate():
            raise forms.ValidationError("Sidste svardag ligger tilbage i tiden. Vælg i dag eller en senere dag.")
        return day

    @property
    def questions(self) -> list[str]:
        """The statements that say something, in order."""
        return [text for n in range(1, MOST_QUESTIONS + 1) if (text := self.cleaned_data[f"question_{n}"].strip())]


class AnswerForm(GuardedForm):
    """One number per statement, and what one wants to add."""

    text = prose("Hvad vil du ellers sige om aftalen?", 5, 2000, "Skriv ikke navne. Sekretariatet læser teksten.")

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(n), SCALE[n - 1]) for n in range(LOWEST, HIGHEST + 1)]
        for question in survey.questions.all():
            self.fields[f"score_{question.pk}"] = forms.ChoiceField(
                label=question.text, choices=choices, widget=forms.RadioSelect,
                error_messages={"required": "Vælg et tal fra 1 til 5."},
            )  # fmt: skip
        self.order_fields([*(name for name in self.fields if name != "text"), "text"])

    @property
    def scores(self) -> dict[int, int]:
        """The numbers by question key."""
        return {
            int(name.removeprefix("score_")): int(value)
            for name, value in self.cleaned_data.items()
            if name.startswith("score_")
        }
