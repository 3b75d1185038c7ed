"""The forms of a meeting: when and where, an item, who took part, the minutes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone, localtime

from contacts.models import Forum, Membership
from core.cpr import contains_cpr
from core.forms import DanishDateField, GuardedForm
from portfolio.models import AgendaItem, AttendanceStatus, ItemKind, Meeting

TIMES = ("%H:%M", "%H.%M", "%H")
ATTENDS = [("", "Ikke oplyst"), *AttendanceStatus.choices]


def prose(label: str, hint: str = "", rows: int = 5, limit: int = 8000) -> forms.CharField:
    """Return a field for text that may be left empty."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, max_length=limit, required=False, widget=widget)


class RevisionForm(GuardedForm):
    """A form that knows which state of the row its page showed."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, revision: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].initial = revision

    @property
    def seen(self) -> int:
        """The revision the user saw."""
        return int(self.cleaned_data["revision"])


class MeetingForm(RevisionForm):
    """Which forum, when and where; who writes the minutes once the meeting is planned."""

    forum = forms.TypedChoiceField(label="Forum", coerce=int, error_messages={"required": "Vælg et forum."})
    day = DanishDateField(
        label="Dato", help_text="Skriv datoen som dag.måned.år, fx 26.11.2026.",
        error_messages={"required": "Skriv mødets dato."},
    )  # fmt: skip
    time = forms.TimeField(
        label="Klokkeslæt", input_formats=TIMES, help_text="Fx 13.30.",
        widget=forms.TimeInput(format="%H.%M", attrs={"class": "input-char-8", "maxlength": 5}),
        error_messages={
            "required": "Skriv, hvornår mødet begynder.", "invalid": "Skriv klokkeslættet som fx 9.00 eller 13.30.",
        },
    )  # fmt: skip
    place = forms.CharField(label="Sted", max_length=200, required=False)
    video_link = forms.CharField(
        label="Link til videomøde", max_length=300, required=False, help_text="Adressen begynder med https://."
    )
    minute_taker = forms.TypedChoiceField(label="Referent", coerce=int, empty_value=None, required=False)

    def __init__(
        self, *args: Any, forums: Sequence[Forum], members: Sequence[Membership] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.forums = {forum.pk: forum for forum in forums}
        self.people = {member.user_id: member.user for member in members}
        forum, taker = self.fields["forum"], self.fields["minute_taker"]
        forum.choices = [(pk, str(row)) for pk, row in self.forums.items()]  # type: ignore[attr-defined]
        taker.choices = [("", "Ikke valgt"), *((pk, user.name) for pk, user in self.people.items())]  # type: ignore[attr-defined]
        if len(self.forums) == 1:
            forum.widget, forum.initial = forms.HiddenInput(), next(iter(self.forums))
        if not members:
            del self.fields["minute_taker"]

    def clean_video_link(self) -> str:
        """Ask for an address that a browser can open."""
        link = str(self.cleaned_data["video_link"])
        if link and not contains_cpr(link) and not link.startswith("https://"):
            raise forms.ValidationError("Skriv hele adressen. Den begynder med https://.")
        return link

    @property
    def chosen_forum(self) -> Forum:
        """The forum that meets."""
        return self.forums[self.cleaned_data["forum"]]

    @property
    def values(self) -> dict[str, Any]:
        """The meeting's fields by name."""
        data = self.cleaned_data
        starts_at = datetime.combine(data["day"], data["time"], get_current_timezone())
        values = {"starts_at": starts_at, "place": data["place"], "video_link": data["video_link"]}
        taker = {"minute_taker": self.people.get(data["minute_taker"])} if "minute_taker" in self.fields else {}
        return values | taker


def initial_of(meeting: Meeting) -> dict[str, Any]:
    """Return a stored meeting as the form's initial values."""
    starts = localtime(meeting.starts_at)
    return {
        "forum": meeting.forum_id, "day": starts.date(), "time": starts.time(), "place": meeting.place,
        "video_link": meeting.video_link, "minute_taker": meeting.minute_taker_id,
    }  # fmt: skip


class ItemForm(RevisionForm):
    """An item: its heading where it has no case, what is to be done, and what the forum reads."""

    title = forms.CharField(
        label="Overskrift", max_length=200, error_messages={"required": "Skriv en overskrift til punktet."}
    )
    kind = forms.ChoiceField(
        label="Hvad skal forummet?", choices=ItemKind, widget=forms.RadioSelect, initial=ItemKind.DECISION,
        error_messages={"required": "Vælg, hvad forummet skal med punktet."},
    )  # fmt: skip
    resume = prose("Resumé", "Kort om sagen. Hentet fra dialoggrundlaget, hvor der er et.")
    presentation = prose("Sagsfremstilling", "Hvad forummet skal vide for at tage stilling.", rows=8, limit=20_000)
    recommendation = prose("Indstilling", "Begynd med »Sekretariatet indstiller, at …«.", rows=4, limit=4000)
    is_closed = forms.BooleanField(
        label="Lukket punkt: kun forummets medlemmer og sekretariatet må læse det", required=False
    )

    def __init__(self, *args: Any, item: AgendaItem | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about_case = item is not None and item.case_id is not None
        left_out = ["title"] if about_case else []
        if item is not None and item.orientation_id is not None:
            left_out += ["kind", "resume", "recommendation"]
        for name in left_out:
            del self.fields[name]

    @property
    def values(self) -> dict[str, Any]:
        """The item's fields by name."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


def initial_of_item(item: AgendaItem) -> dict[str, Any]:
    """Return a stored item as the form's initial values."""
    names = ("title", "kind", "resume", "presentation", "recommendation", "is_closed")
    return {name: getattr(item, name) for name in names}


class AttendanceForm(RevisionForm):
    """Who takes part: one choice a member, in a table; and others by name."""

    guests = forms.CharField(
        label="Øvrige deltagere", max_length=500, required=False, help_text="Navn og stilling, adskilt af komma."
    )

    def __init__(self, *args: Any, members: Sequence[Membership], known: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = list(members)
        for member in self.members:
            self.fields[f"member_{member.pk}"] = forms.ChoiceField(
                label=member.user.name, choices=ATTENDS, required=False, initial=known.get(member.pk, "")
            )

    @property
    def rows(self) -> list[tuple[Membership, forms.BoundField]]:
        """Each member with their field."""
        return [(member, self[f"member_{member.pk}"]) for member in self.members]

    @property
    def statuses(self) -> dict[int, str]:
        """What is known of each member, by membership."""
        return {member.pk: self.cleaned_data[f"member_{member.pk}"] for member in self.members}


class MinutesForm(RevisionForm):
    """The minutes: approval of the agenda, one text an item, and any other business."""

    agenda_note = prose("Godkendelse af dagsordenen", "Fx »Dagsordenen blev godkendt.«", rows=2, limit=2000)

    def __init__(self, *args: Any, items: Sequence[AgendaItem], meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, revision=meeting.revision, **kwargs)
        self.fields["agenda_note"].initial = meeting.agenda_note
        self.items = list(items)
        for item in self.items:
            field = prose(item.heading, limit=20_000)
            field.initial = item.minutes
            self.fields[f"item_{item.pk}"] = field
        self.fields["other_business"] = prose("Eventuelt", rows=3)
        self.fields["other_business"].initial = meeting.other_business

    @property
    def texts(self) -> dict[int, str]:
        """What is written to each item."""
        return {item.pk: self.cleaned_data[f"item_{item.pk}"] for item in self.items}


class StepForm(RevisionForm):
    """The confirmation of a step: which state of the minutes was read."""
