"""What opgaveglidning brings to the menu and Mine opgaver."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from contacts.enums import CONTACT_FUNCTIONS
from contacts.queries import people_in, secretariat_users
from contacts.viewer import Viewer
from core import navigation
from dialogue.models import ReportState, UnannouncedTransfer
from dialogue.reports.queries import awaiting_answer, without_contact
from dialogue.reports.rules import may_report
from transfers.reminders import Deadline, deadline_provider
from transfers.rooms import Todo, todo_provider

navigation.add("Opgaveglidning", "dialogue:reports", 25, shown=lambda viewer: bool(may_report(viewer)))


@todo_provider
def reports_to_answer(viewer: Viewer) -> list[Todo]:
    """Reports that wait for the viewer as the responsible organisation's contact person; one query."""
    held = {m.organisation_id: str(m) for m in viewer.holding(CONTACT_FUNCTIONS)}
    return [as_todo(report, held[report.responsible_id]) for report in awaiting_answer(viewer)] if held else []


def as_todo(report: UnannouncedTransfer, as_whom: str) -> Todo:
    """Return one line: answer by the deadline, or finish what is answered."""
    if report.state == ReportState.NEW:
        url = reverse("dialogue:report_answer", args=[report.pk])
        what = "Svar på melding om opgaveglidning"
        return Todo(report.number, report.title, what, url, "Svar", as_whom, due=report.due)
    what = "Afslut den besvarede melding, eller gør den til en sag"
    return Todo(report.number, report.title, what, report.get_absolute_url(), "Se meldingen", as_whom)


@todo_provider
def reports_nobody_can_answer(viewer: Viewer) -> list[Todo]:
    """Reports to an organisation without a contact person; the secretariat appoints one; one query."""
    if not viewer.is_secretariat:
        return []
    what = "Udpeg en kontaktperson – en melding om opgaveglidning venter"
    return [
        Todo(
            report.number, report.title, what, reverse("contacts:organisation", args=[report.responsible_id]),
            "Udpeg", "Sekretariatet", due=report.due,
        )
        for report in without_contact(viewer)
    ]  # fmt: skip


@deadline_provider
def reports_due(until: date) -> Iterator[Deadline]:
    """Give the reports that nobody has answered; once the day has passed the secretariat is told too (rule 15)."""
    reports = list(UnannouncedTransfer.objects.filter(state=ReportState.NEW, due__lte=until))
    people, office = people_in(CONTACT_FUNCTIONS, (report.responsible_id for report in reports)), secretariat_users()
    for report in reports:
        yield Deadline(
            about=report.number, subject=str(report), due=report.due, what="Svar på melding om opgaveglidning",
            path=reverse("dialogue:report_answer", args=[report.pk]), home=report.get_absolute_url(),
            people=tuple(people.get(report.responsible_id, office)), also=tuple(office),
        )  # fmt: skip
