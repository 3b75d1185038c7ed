"""Facts about many reports: what a viewer sees, whom to tell, and what the annual status counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from contacts.enums import CONTACT_FUNCTIONS, Function, OrganisationKind
from contacts.models import ContactPerson, Membership, Organisation
from contacts.periods import in_force
from contacts.viewer import Viewer
from dialogue.models import ReportState, ReportStep, ReportStepKind, UnannouncedTransfer
from transfers.enums import PARTY_KINDS, Sector

SETTLED = (ReportStepKind.BECAME_CASE, ReportStepKind.CLOSED)
SECTORS = {
    OrganisationKind.MUNICIPALITY: Sector.MUNICIPALITIES,
    OrganisationKind.GENERAL_PRACTICE: Sector.GENERAL_PRACTICE,
    OrganisationKind.SPECIALIST_PRACTICE: Sector.SPECIALIST_PRACTICE,
}


def listed(viewer: Viewer) -> QuerySet[UnannouncedTransfer]:
    """Return the reports the viewer may see, newest first, with what a line shows."""
    return UnannouncedTransfer.visible_to(viewer).select_related("reporting", "responsible")


def visible_report(viewer: Viewer, pk: int) -> UnannouncedTransfer | None:
    """Return one report if the viewer may see it, else None (foreign and missing alike)."""
    rows = listed(viewer).select_related("reporter", "department", "case")
    return rows.filter(pk=pk).first()


def steps_of(report: UnannouncedTransfer, viewer: Viewer) -> QuerySet[ReportStep]:
    """Return what has happened to a report, oldest first."""
    rows = ReportStep.visible_to(viewer).filter(report=report).order_by("number")
    return rows.select_related("actor", "on_behalf_of")


def is_last_step(report: UnannouncedTransfer, viewer: Viewer, kind: str, text: str) -> bool:
    """Tell whether the last that happened to a report is this, by the viewer and in these words: a second click."""
    last = ReportStep.objects.filter(report=report).order_by("-number").first()
    return last is not None and (last.kind, last.actor_id, last.text) == (kind, viewer.user.pk, text.strip())


def answerable() -> QuerySet[Organisation]:
    """Return the organisations a report can be about: those that have contact persons."""
    return Organisation.objects.filter(kind__in=PARTY_KINDS, active=True).order_by("kind", "sort_key")


def parts_of(organisation: Organisation) -> QuerySet[Organisation]:
    """Return the departments or units a case can be started in."""
    return Organisation.objects.filter(parent=organisation, active=True).order_by("sort_key")


def sector_of(organisation: Organisation) -> str:
    """Return who is affected, in the words of the screening."""
    return SECTORS.get(OrganisationKind(organisation.kind), Sector.REGION)


def receivers(report: UnannouncedTransfer) -> QuerySet[Membership]:
    """Return who gets a report: the responsible organisation's contact person and deputies, and the secretariat."""
    near = Q(function__in=CONTACT_FUNCTIONS, organisation=report.responsible_id, forum__isnull=True)
    rows = Membership.objects.filter(in_force(), user__is_active=True).select_related("user")
    return rows.filter(near | Q(function=Function.SECRETARIAT))


def leaders_of(organisation: Organisation) -> QuerySet[Membership]:
    """Return the leaders of a department, or of an organisation itself."""
    rows = Membership.objects.filter(in_force(), user__is_active=True, function=Function.LEADER)
    return rows.filter(organisation=organisation, forum__isnull=True).select_related("user")


def awaiting_answer(viewer: Viewer) -> QuerySet[UnannouncedTransfer]:
    """Return the reports that wait for the viewer as contact person: new ones and answered ones; one query."""
    held = [m.organisation_id for m in viewer.holding(CONTACT_FUNCTIONS)]
    return listed(viewer).filter(responsible__in=held, state__in=[ReportState.NEW, ReportState.ANSWERED])


def without_contact(viewer: Viewer) -> QuerySet[UnannouncedTransfer]:
    """Return the new reports nobody can answer, because the responsible organisation lacks a contact person."""
    people = ContactPerson.objects.filter(in_force(viewer.today), organisation=OuterRef("responsible"))
    return listed(viewer).filter(~Exists(people), state=ReportState.NEW)


@dataclass(frozen=True)
class ReportsOfYear:
    """What the annual status tells of opgaveglidning: opening stock + reported − settled = closing stock."""

    opening: int
    reported: int
    answered: int
    became_case: int
    closed: int
    by_responsible: tuple[tuple[str, int], ...]
    by_reporting: tuple[tuple[str, int], ...]

    @property
    def closing(self) -> int:
        """Reports that stood open at the end of the year."""
        return self.opening + self.reported - self.became_case - self.closed


def reports_of_year(year: int, until: datetime) -> ReportsOfYear:
    """Count a year's reports from their steps: by the day each happened, if recorded by the cut-off; one query."""
    rows = ReportStep.objects.filter(happened_on__year__lte=year, recorded_at__lte=until)
    steps = list(rows.values_list("kind", "happened_on__year", "report__responsible__name", "report__reporting__name"))
    before = Counter(kind for kind, at, _, _ in steps if at < year)
    within = Counter(kind for kind, at, _, _ in steps if at == year)
    reported = [row for row in steps if row[0] == ReportStepKind.REPORTED and row[1] == year]
    return ReportsOfYear(
        opening=before[ReportStepKind.REPORTED] - sum(before[kind] for kind in SETTLED),
        reported=within[ReportStepKind.REPORTED],
        answered=within[ReportStepKind.ANSWERED],
        became_case=within[ReportStepKind.BECAME_CASE],
        closed=within[ReportStepKind.CLOSED],
        by_responsible=tuple(Counter(row[2] for row in reported).most_common()),
        by_reporting=tuple(Counter(row[3] for row in reported).most_common()),
    )
