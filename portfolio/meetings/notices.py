"""Who is told of a meeting: forum and date only, and a link that asks for sign-in."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from contacts.viewer import Viewer
from core.models import User
from notifications.actions import queue_notice
from portfolio.meetings.queries import present, roster
from portfolio.models import Meeting


def tell_agenda(meeting: Meeting, viewer: Viewer) -> None:
    """Tell the forum's members that the agenda is sent, each time it is."""
    tell(meeting, viewer, "Dagsordenen er sendt", (member.user for member in roster(meeting)))


def tell_cancelled(meeting: Meeting, viewer: Viewer) -> None:
    """Tell those who had the agenda that the meeting is called off."""
    tell(meeting, viewer, "Mødet er aflyst", (member.user for member in roster(meeting)))


def tell_minutes(meeting: Meeting, viewer: Viewer) -> None:
    """Ask those who took part to approve the minutes."""
    approve = reverse("portfolio:meeting_step", args=[meeting.pk, "godkend-referat"])
    tell(meeting, viewer, "Referatet skal godkendes", (row.user for row in present(meeting)), approve)


def tell(meeting: Meeting, viewer: Viewer, event: str, people: Iterable[User], path: str = "") -> None:
    """Put one notice per person in the outbox, except to the one who acted; it leads to the meeting or a step of it."""
    home = meeting.get_absolute_url()
    for user in {person.pk: person for person in people if person.pk != viewer.user.pk}.values():
        queue_notice(
            user=user, key=f"meeting:{meeting.pk}:{meeting.revision}:{user.pk}", subject=f"Møde i {meeting}",
            event=event, path=path or home, fallback=home,
        )  # fmt: skip
