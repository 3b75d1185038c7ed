"""Job: work that outlasts a request. The row is the truth; the queue only wakes a worker."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.enums import JobState
from core.models.file import StoredFile
from core.models.guarded import GuardedModel


class Job(GuardedModel):
    """Baggrundsopgave: at most one per key, held by one worker at a time for the length of a lease."""

    unguarded: ClassVar[frozenset[str]] = frozenset({"kind", "key"})

    kind = models.CharField("slags", max_length=50)
    key = models.CharField("nøgle", max_length=200, unique=True)
    output_key = models.UUIDField("resultatets nøgle", default=uuid4, editable=False)
    arguments = models.JSONField("oplysninger", default=dict, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bestilt af",
    )
    state = models.CharField("tilstand", max_length=8, choices=JobState.choices, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField("forsøg", default=0)
    lease_until = models.DateTimeField("reserveret til", null=True, blank=True)
    lease_token = models.UUIDField("reservation", null=True, blank=True)
    heartbeat_at = models.DateTimeField("seneste livstegn", null=True, blank=True)
    progress_done = models.PositiveIntegerField("udført", default=0)
    progress_total = models.PositiveIntegerField("i alt", default=0)
    progress_label = models.CharField("trin", max_length=200, blank=True)
    error = models.TextField("fejl", blank=True)
    result = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="job", verbose_name="resultat"
    )
    created_at = models.DateTimeField("bestilt", default=timezone.now, editable=False)
    started_at = models.DateTimeField("begyndt", null=True, blank=True)
    finished_at = models.DateTimeField("afsluttet", null=True, blank=True)

    class Meta:
        verbose_name = "baggrundsopgave"
        verbose_name_plural = "baggrundsopgaver"
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING, lease_until__isnull=False, lease_token__isnull=False)
                | ~Q(state=JobState.RUNNING) & Q(lease_until__isnull=True, lease_token__isnull=True),
                name="core_job_running_has_lease",
            ),
            models.CheckConstraint(
                condition=Q(result__isnull=True) | Q(state=JobState.DONE), name="core_job_result_when_done"
            ),
        )
        indexes = (
            models.Index(
                fields=("created_at",),
                condition=Q(state__in=[JobState.QUEUED, JobState.RUNNING]),
                name="core_job_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether a page that shows it should ask again."""
        return self.state in (JobState.QUEUED, JobState.RUNNING)

    @property
    def failed(self) -> bool:
        """Whether it ended without a result and may be ordered again."""
        return self.state == JobState.FAILED
