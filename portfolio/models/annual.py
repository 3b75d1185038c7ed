"""The annual status: numbered editions, each with figures frozen once and a PDF made once (S1; rule 14)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime, now

from contacts.enums import ForumLevel
from core.freeze import digest
from core.models import GuardedModel, Job, StoredFile

if TYPE_CHECKING:
    from contacts.viewer import Viewer

READERS = (ForumLevel.PORTFOLIO, ForumLevel.ADMINISTRATIVE)
RECOMMENDATION = (
    "Det indstilles, at Den Administrative Styregruppe 1) tager status til efterretning, "
    "2) beslutter, om handleplanen skal opdateres."
)


def reads_annual_status(viewer: Viewer) -> bool:
    """Tell whether the viewer reads editions that are not adopted: PSG, DAS and the secretariat (design: access)."""
    upper = (m.forum is not None and m.forum.level in READERS for m in viewer.memberships)
    return viewer.is_secretariat or any(upper)


class EditionState(models.TextChoices):
    """Where an edition stands; a later one is made where the forums adopt it."""

    ORDERED = "ordered", "Bestilt"
    DRAFT = "draft", "Udkast"


class AnnualStatus(GuardedModel):
    """Årlig status: one edition of what the Porteføljestyregruppe tells Den Administrative Styregruppe of a year.

    `cut_off` (opgørelsesdato) is the moment up to which entries in the history count. `facts` are the figures with
    their definitions, sealed by `facts_sha256`. The row is frozen by the database once its PDF is stored, so new
    words or a new count make a new edition.
    """

    year = models.PositiveSmallIntegerField("år")
    edition = models.PositiveSmallIntegerField("udgave")
    cut_off = models.DateTimeField("opgørelsesdato")
    state = models.CharField("tilstand", max_length=8, choices=EditionState, default=EditionState.ORDERED)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField("bestilt", default=now)
    request_key = models.UUIDField(unique=True, editable=False)
    job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="opgave")
    facts = models.JSONField("tal", null=True, blank=True)
    facts_sha256 = models.CharField("tallenes kontrolsum", max_length=64, blank=True)
    recommendation = models.TextField("indstilling", max_length=2000, default=RECOMMENDATION)
    summary = models.TextField("sammenfatning", max_length=4000, blank=True)
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="PDF")
    unguarded = frozenset({"facts_sha256"})

    class Meta:
        verbose_name = "årlig status"
        verbose_name_plural = "årlige status"
        ordering = ["-year", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["year", "edition"], name="annual_status_edition_once"),
            models.CheckConstraint(
                name="annual_status_draft_is_whole",
                condition=Q(state=EditionState.ORDERED, pdf__isnull=True)
                | Q(state=EditionState.DRAFT, pdf__isnull=False, facts__isnull=False) & ~Q(facts_sha256=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Årlig status {self.year}, udgave {self.edition}"

    def get_absolute_url(self) -> str:
        """The page of the edition."""
        return reverse("portfolio:annual", args=[self.year, self.edition])

    @classmethod
    def visible_to(cls, viewer: Viewer) -> models.QuerySet[AnnualStatus]:
        """Return the editions the viewer may know of: the only way in from a page."""
        rows = cls.objects.select_related("job", "pdf", "ordered_by")
        return rows if reads_annual_status(viewer) else rows.none()

    @property
    def is_made(self) -> bool:
        """Whether figures and PDF are there."""
        return self.state != EditionState.ORDERED

    @property
    def has_failed(self) -> bool:
        """Whether the job gave up, so that it must be ordered again."""
        return self.job is not None and self.job.failed

    @property
    def is_intact(self) -> bool:
        """Whether the figures still have the checksum they were frozen with."""
        return digest(self.facts) == self.facts_sha256

    @property
    def counted_to(self) -> datetime:
        """The cut-off in Danish time."""
        return localtime(self.cut_off)

    @property
    def file_name(self) -> str:
        """What the PDF is called."""
        return f"aarsstatus-{self.year}-udgave-{self.edition}.pdf"
