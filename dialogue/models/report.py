"""Opgaveglidning: a task that moved without dialogue, reported by those who met it (rule 15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now

from contacts.enums import CONTACT_FUNCTIONS
from contacts.models import Organisation
from core.models import GuardedModel
from dialogue.enums import CountKind
from transfers.models import TransferCase

if TYPE_CHECKING:
    from contacts.viewer import Viewer


class ReportState(models.TextChoices):
    """How far a report has come."""

    NEW = "new", "Ny"
    ANSWERED = "answered", "Besvaret"
    BECAME_CASE = "became_case", "Blevet til en sag"
    CLOSED = "closed", "Afsluttet"


class UnannouncedTransfer(GuardedModel):
    """Melding om opgaveglidning: what moved, from whom, since when, and what it has led to (S1, S3 rec. 7)."""

    title = models.CharField("titel", max_length=200)
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reporting = models.ForeignKey(
        Organisation, models.PROTECT, related_name="reports_made", verbose_name="meldt af"
    )
    department = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="afdeling"
    )
    responsible = models.ForeignKey(
        Organisation, models.PROTECT, related_name="reports_received", verbose_name="hvem opgaven kom fra"
    )
    what_moved = models.TextField("hvad er flyttet", max_length=4000)
    since = models.DateField("siden hvornår", null=True, blank=True)
    consequences = models.TextField("konsekvenser", max_length=4000)
    patients_kind = models.CharField("patienter", max_length=8, choices=CountKind)
    patients_number = models.PositiveIntegerField("patienter om året", null=True, blank=True)
    state = models.CharField("tilstand", max_length=12, choices=ReportState, default=ReportState.NEW)
    due = models.DateField("frist for svar")
    case = models.OneToOneField(
        TransferCase, models.PROTECT, null=True, blank=True, related_name="began_as_report", verbose_name="sag"
    )
    reported_at = models.DateTimeField("meldt", default=now)
    request_key = models.UUIDField(unique=True, null=True, editable=False)

    class Meta:
        verbose_name = "melding om opgaveglidning"
        verbose_name_plural = "meldinger om opgaveglidning"
        ordering = ["-reported_at", "-pk"]
        indexes = [models.Index(fields=["responsible", "state"], name="report_responsible_state")]
        constraints = [
            models.CheckConstraint(
                name="report_count_hides_one_to_four",
                condition=Q(patients_kind=CountKind.NUMBER) & (Q(patients_number=0) | Q(patients_number__gte=5))
                | ~Q(patients_kind=CountKind.NUMBER) & Q(patients_number__isnull=True),
                violation_error_message="1 til 4 patienter skrives som »1–4«.",
            ),
            models.CheckConstraint(
                name="report_case_has_case",
                condition=Q(state=ReportState.BECAME_CASE, case__isnull=False)
                | ~Q(state=ReportState.BECAME_CASE) & Q(case__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        """What people call it; OG is for opgaveglidning."""
        return f"OG-{self.reported_at.year}-{self.pk:04d}"

    def get_absolute_url(self) -> str:
        """Where the report is read."""
        return reverse("dialogue:report", args=[self.pk])

    @classmethod
    def visible_to(cls, viewer: Viewer) -> models.QuerySet[UnannouncedTransfer]:
        """Reporter's organisation, the responsible contact person, and the secretariat (design: access)."""
        if viewer.is_secretariat:
            return cls.objects.all()
        answers_for = [m.organisation_id for m in viewer.holding(CONTACT_FUNCTIONS)]
        return cls.objects.filter(Q(reporting__in=viewer.organisation_ids) | Q(responsible__in=answers_for))


class ReportStepKind(models.TextChoices):
    """What was done to a report, as its history tells it."""

    REPORTED = "reported", "Meldte opgaveglidning"
    ANSWERED = "answered", "Svarede på meldingen"
    BECAME_CASE = "became_case", "Gjorde meldingen til en sag"
    CLOSED = "closed", "Afsluttede meldingen"


class ReportStep(GuardedModel):
    """Trin i en melding: who, for which organisation, when, what and why; insert-only by trigger (rule 16)."""

    report = models.ForeignKey(UnannouncedTransfer, models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField("nummer")
    kind = models.CharField("hvad", max_length=12, choices=ReportStepKind)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    capacity = models.CharField(max_length=16)
    recorded_at = models.DateTimeField("registreret", default=now)
    happened_on = models.DateField("sket den")
    text = models.TextField("tekst", max_length=4000, blank=True)
    unguarded = frozenset({"capacity"})

    class Meta:
        verbose_name = "trin i en melding"
        verbose_name_plural = "trin i meldinger"
        ordering = ["report", "number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_step_once")]
        indexes = [models.Index(fields=["happened_on", "kind"], name="report_step_day_kind")]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number} {self.kind}"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> models.QuerySet[ReportStep]:
        """As the reports they belong to."""
        return cls.objects.filter(report__in=UnannouncedTransfer.visible_to(viewer).values("pk"))
