"""Reporting opgaveglidning, answering, making a case of it, and closing it (rule 15)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from contacts.models import Membership, Organisation
from contacts.viewer import Viewer
from core import parameters
from core.errors import DomainError, NotAllowed
from core.models import User
from core.patients import PatientCount
from core.workdays import add_working_days
from dialogue.models import ReportState, ReportStep, ReportStepKind, UnannouncedTransfer
from dialogue.reports.notices import tell
from dialogue.reports.queries import answerable, is_last_step, leaders_of, parts_of, receivers, sector_of
from dialogue.reports.rules import may_report, require
from dialogue.responses.forms.answers import stored_count
from transfers.actions import start_case
from transfers.enums import ChangeKind
from transfers.models import TransferCase


@transaction.atomic
def report_transfer(
    *,
    viewer: Viewer,
    membership: Membership,
    responsible: Organisation,
    title: str,
    what_moved: str,
    consequences: str,
    patients: PatientCount,
    since: date | None = None,
    request_key: UUID | None = None,
) -> UnannouncedTransfer:
    """Report a task that moved without dialogue; a repeated post with the same key returns the first report.

    Raises NotAllowed for a membership outside an organisation, DomainError for an organisation that cannot be
    asked or a day to come, TextRefused for a CPR number.
    """
    if membership not in may_report(viewer) or membership.organisation is None:
        raise NotAllowed("Kun den, der hører til en organisation, kan melde opgaveglidning.")
    User.objects.select_for_update().get(pk=viewer.user.pk)  # two posts of one form queue up here
    earlier = UnannouncedTransfer.objects.filter(request_key=request_key, reporter=viewer.user).first()
    if request_key is not None and earlier is not None:
        return earlier
    check(responsible, since)
    kind, number = stored_count(patients)
    report = UnannouncedTransfer.objects.create(
        title=title, what_moved=what_moved, consequences=consequences, since=since, patients_kind=kind,
        patients_number=number, reporter=viewer.user, reporting=membership.organisation.whole,
        department=membership.organisation if membership.organisation.parent_id else None,
        responsible=responsible, due=due_day(), request_key=request_key,
    )  # fmt: skip
    step = add_step(report, ReportStepKind.REPORTED, viewer, membership)
    tell(step, [member.user for member in receivers(report)])
    return report


def check(responsible: Organisation, since: date | None) -> None:
    """Raise DomainError for an organisation that cannot be asked, or a day to come."""
    if not answerable().filter(pk=responsible.pk).exists():
        raise DomainError(f"{responsible} kan ikke få en melding. Vælg en anden organisation.")
    if since is not None and since > localdate():
        raise DomainError("Datoen er ikke kommet endnu. Er flytningen kun planlagt, så tal med kontaktpersonen først.")


def due_day() -> date:
    """Return the day by which a report made today should be answered."""
    return add_working_days(localdate(), parameters.whole("deadline.report_days"))


def add_step(
    report: UnannouncedTransfer, kind: ReportStepKind, viewer: Viewer, capacity: Membership, text: str = ""
) -> ReportStep:
    """Append the next step to the history of a report whose row is locked, or new."""
    last = ReportStep.objects.filter(report=report).count()
    return ReportStep.objects.create(
        report=report, number=last + 1, kind=kind, actor=viewer.user, on_behalf_of=capacity.organisation,
        capacity=capacity.function, happened_on=localdate(), text=text.strip(),
    )  # fmt: skip


def locked(report: UnannouncedTransfer) -> UnannouncedTransfer:
    """Return the report with its row locked for the rest of the transaction."""
    rows = UnannouncedTransfer.objects.select_for_update(of=("self",)).select_related("responsible", "reporting")
    return rows.get(pk=report.pk)


@transaction.atomic
def answer_report(*, report: UnannouncedTransfer, viewer: Viewer, text: str) -> UnannouncedTransfer:
    """Answer for the responsible organisation. Raises NotAllowed, DomainError without a text, TextRefused."""
    return moved(report, viewer, "answer", ReportState.ANSWERED, text, "Skriv et svar.")


@transaction.atomic
def close_report(*, report: UnannouncedTransfer, viewer: Viewer, reason: str) -> UnannouncedTransfer:
    """Close a report, with the reason. Raises NotAllowed, DomainError without a reason, TextRefused."""
    return moved(report, viewer, "close", ReportState.CLOSED, reason, "Skriv en begrundelse.")


def moved(
    report: UnannouncedTransfer, viewer: Viewer, code: str, state: ReportState, text: str, ask: str
) -> UnannouncedTransfer:
    """Give a report its next state with a text that the reporter reads; a second click changes nothing."""
    found = locked(report)
    if is_last_step(found, viewer, state, text):
        return found
    capacity = require(code, found, viewer)
    if not text.strip():
        raise DomainError(ask)
    found.state = state
    found.save()
    step = add_step(found, ReportStepKind(state.value), viewer, capacity, text)
    tell(step, [found.reporter, *(member.user for member in receivers(found))])
    return found


@transaction.atomic
def make_case_of_report(
    *,
    report: UnannouncedTransfer,
    viewer: Viewer,
    title: str,
    what_changes: str,
    department: Organisation | None = None,
) -> TransferCase:
    """Start a case in the responsible organisation with a screening the nearest leader concludes.

    `department` is the part of the organisation whose leader that is. Raises NotAllowed, DomainError for a
    department of another organisation, TextRefused.
    """
    found = locked(report)
    capacity = require("make_case", found, viewer)
    if department is not None and not parts_of(found.responsible).filter(pk=department.pk).exists():
        raise DomainError(f"{department} hører ikke til {found.responsible}.")
    case = start_case(
        viewer=viewer, membership=capacity, initiator=found.responsible, department=department,
        case_data={"title": title, "what_changes": what_changes, "change_kind": ChangeKind.TRANSFER},
        answers={"affected": [sector_of(found.reporting)]},
    )  # fmt: skip
    found.state, found.case = ReportState.BECAME_CASE, case
    found.save()
    step = add_step(found, ReportStepKind.BECAME_CASE, viewer, capacity)
    tell(step, [found.reporter, *(member.user for member in receivers(found))])
    tell(step, [member.user for member in leaders_of(case.home)], case.get_absolute_url())
    return case
