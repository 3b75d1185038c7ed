"""The forms of a decision: what the forum decided, and a correction of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate

from contacts.models import Forum
from core.forms import DanishDateField, GuardedForm
from core.renderers import RadioWithHints
from portfolio.decisions.rules import ASKING, NEEDED
from portfolio.models import Decision, Meeting, Procedure
from transfers.forms import CapacityForm

FUTURE = "Datoen er ikke kommet endnu. Skriv den dag, beslutningen blev taget."
DATE_HINT = "Skriv datoen som dag.måned.år, fx 26.11.2026."


def text_field(label: str, hint: str, rows: int = 5, limit: int = 8000) -> forms.CharField:
    """Return a field for prose; what must be there is checked when the decision is published."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, max_length=limit, required=False, widget=widget)


def meeting_field() -> forms.TypedChoiceField:
    """Return the field that names the meeting at which a decision was taken (rule 9)."""
    return forms.TypedChoiceField(
        label="På hvilket møde?", coerce=int, required=False, empty_value=None,
        help_text="Forummet skal være beslutningsdygtigt på mødet. Skriv først på mødets side, hvem der deltog.",
    )  # fmt: skip


def offer_meetings(form: forms.Form, meetings: Sequence[Meeting]) -> None:
    """Offer the meetings the forum has held; without any there is nothing to ask."""
    field = form.fields["meeting"]
    field.choices = [("", "Ikke valgt"), *((m.pk, str(m)) for m in meetings)]  # type: ignore[attr-defined]
    field.marker = ""  # type: ignore[attr-defined]
    if not meetings:
        del form.fields["meeting"]


def past(day: date | None) -> date | None:
    """Return the day; raises ValidationError for one to come."""
    if day is not None and day > localdate():
        raise forms.ValidationError(FUTURE)
    return day


class DecisionForm(GuardedForm):
    """What the forum decided. A draft may be half filled; `require_whole` marks what publishing needs."""

    kind = forms.ChoiceField(label="Hvad har forummet besluttet?", required=False, widget=RadioWithHints)
    target_forum = forms.TypedChoiceField(
        label="Hvilket samarbejdsforum?",
        coerce=int,
        required=False,
        empty_value=None,
        help_text="Har kun betydning, når sagen sendes til et samarbejdsforum.",
    )
    text = text_field("Beslutning", "Som den skal stå i referatet. Alle med adgang til sagen kan læse den.")
    reason = text_field("Begrundelse", "Hvorfor – og hvad der mangler, hvis sagen sendes tilbage eller udsættes.")
    decided_on = DanishDateField(label="Hvornår er beslutningen taget?", required=False, help_text=DATE_HINT)
    procedure = forms.ChoiceField(
        choices=[(Procedure.MEETING.value, Procedure.MEETING.label)], widget=forms.HiddenInput,
        initial=Procedure.MEETING,
    )  # fmt: skip
    meeting = meeting_field()
    conflict_note = text_field("Habilitet", "Hvem deltog ikke på grund af inhabilitet?", rows=2, limit=2000)
    asked_by_deadline = DanishDateField(
        label="Frist for det, forummet beder om", required=False,
        help_text=f"Når sagen sendes tilbage eller udsættes. {DATE_HINT}",
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, choices: Sequence[tuple[str, str, str]], forums: Sequence[Forum],
        meetings: Sequence[Meeting] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.meetings = {meeting.pk: meeting for meeting in meetings}
        offer_meetings(self, meetings)
        self.forums = {forum.pk: forum for forum in forums}
        kind = self.fields["kind"]
        kind.choices = [(code, label) for code, label, _ in choices]  # type: ignore[attr-defined]
        kind.widget.hints = {code: hint for code, _, hint in choices}
        self.fields["target_forum"].choices = [(f.pk, f.name) for f in forums]  # type: ignore[attr-defined]
        for name in (*NEEDED, "target_forum"):
            self.fields[name].marker = ""  # type: ignore[attr-defined]
        if len(forums) < 2:
            del self.fields["target_forum"]

    def clean_decided_on(self) -> date | None:
        """Refuse a day to come."""
        return past(self.cleaned_data["decided_on"])

    def clean(self) -> dict[str, Any]:
        """Refuse a deadline where nothing is asked for, or before the decision."""
        data = super().clean() or self.cleaned_data
        deadline, decided = data.get("asked_by_deadline"), data.get("decided_on")
        if deadline and data.get("kind") and data["kind"] not in ASKING:
            self.add_error(
                "asked_by_deadline", "Fjern fristen. Den bruges kun, når sagen sendes tilbage eller udsættes."
            )
        elif deadline and decided and deadline <= decided:
            self.add_error("asked_by_deadline", "Fristen skal ligge efter den dag, beslutningen er taget.")
        return data

    def require_whole(self) -> bool:
        """Mark what is missing before the decision can be published; returns whether nothing is."""
        for name, words in NEEDED.items():
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, f"{words}.")
        return not self.errors

    @property
    def values(self) -> dict[str, Any]:
        """The decision's fields by name."""
        data = dict(self.cleaned_data)
        data.pop("revision")
        forum, meeting = data.pop("target_forum", None), data.pop("meeting", None)
        at_meeting = meeting if data["procedure"] == Procedure.MEETING else None
        return data | {"target_forum": self.forums.get(forum or 0), "meeting": self.meetings.get(at_meeting or 0)}


def initial_of(draft: Decision | None, meeting: Meeting | None = None) -> dict[str, Any]:
    """Return a stored draft as the form's initial values; an empty one starts with the meeting that has the case."""
    if draft is None:
        begun = {"decided_on": meeting.day, "meeting": meeting.pk} if meeting else {"decided_on": localdate()}
        return {"revision": 0} | begun
    names = ("kind", "text", "reason", "decided_on", "procedure", "conflict_note", "asked_by_deadline", "revision")
    keys = {"target_forum": draft.target_forum_id, "meeting": draft.meeting_id}
    return {name: getattr(draft, name) for name in names} | keys


class PublishForm(CapacityForm):
    """The confirmation: by which membership, of which draft."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class CorrectionForm(CapacityForm):
    """A correction: the same decision with a new wording."""

    text = forms.CharField(
        label="Beslutning",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Hele beslutningen, som den skal læses fra nu af.",
        error_messages={"required": "Skriv beslutningen."},
    )
    reason = forms.CharField(
        label="Begrundelse",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Skriv også, hvad der er rettet, og hvorfor.",
        error_messages={"required": "Skriv begrundelsen."},
    )
    decided_on = DanishDateField(
        label="Hvornår er rettelsen besluttet?",
        help_text=DATE_HINT,
        error_messages={"required": "Skriv, hvornår rettelsen er besluttet."},
    )

    def clean_decided_on(self) -> date | None:
        """Refuse a day to come."""
        return past(self.cleaned_data["decided_on"])


class TakeUpForm(CorrectionForm):
    """The forum's new decision on a case it rejected."""

    meeting = meeting_field()

    def __init__(self, *args: Any, meetings: Sequence[Meeting] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {meeting.pk: meeting for meeting in meetings}
        offer_meetings(self, meetings)
        self.fields["text"].help_text = "Som den skal stå i referatet. Alle med adgang til sagen kan læse den."
        self.fields["reason"].help_text = "Hvad er nyt, siden sagen ikke blev godkendt?"
        self.fields["decided_on"].label = "Hvornår er beslutningen taget?"
        self.fields["decided_on"].error_messages["required"] = "Skriv, hvornår beslutningen er taget."

    @property
    def chosen_meeting(self) -> Meeting | None:
        """The meeting at which the forum decided."""
        return self.meetings.get(self.cleaned_data.get("meeting") or 0)
