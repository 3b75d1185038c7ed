"""The annual status: numbered editions, each with figures frozen once and files made once (S1; rule 14)."""

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
WORDS = ("recommendation", "summary", "followed_up", "activity", "usage", "decisions", "agreements", "themes")


def reads_annual_status(viewer: Viewer) -> bool:
    """Tell whether the viewer reads editions that are not adopted: PSG, DAS and the secretariat (design: access)."""
    upper = (m.forum is not None and m.forum.level in READERS for m in viewer.memberships)
    return viewer.is_secretariat or any(upper)


class EditionState(models.TextChoices):
    """Where an edition stands: ordered, then issued as one of the three kinds."""

    ORDERED = "ordered", "Bestilt"
    DRAFT = "draft", "Udkast"
    ADOPTED = "adopted", "Vedtaget"
    DECIDED = "decided", "Behandlet i DAS"


PUBLISHED = (EditionState.ADOPTED, EditionState.DECIDED)


class AnnualWords(GuardedModel):
    """Sekretariatets tekst: the front page, what was done since last year, and a comment to each chapter."""

    recommendation = models.TextField("indstilling", max_length=2000, default=RECOMMENDATION)
    summary = models.TextField("sammenfatning", max_length=4000, blank=True)
    followed_up = models.TextField("opfølgning på sidste års beslutning", max_length=4000, blank=True)
    activity = models.TextField("bemærkninger til aktiviteten", max_length=4000, blank=True)
    usage = models.TextField("bemærkninger til brugen af aftalen", max_length=4000, blank=True)
    decisions = models.TextField("bemærkninger til beslutningerne", max_length=4000, blank=True)
    agreements = models.TextField("bemærkninger til aftaler og opfølgning", max_length=4000, blank=True)
    themes = models.TextField("temaer og læring", max_length=8000, blank=True)

    class Meta:
        abstract = True

    @property
    def words(self) -> dict[str, str]:
        """The texts by name."""
        return {name: getattr(self, name) for name in WORDS}


class AnnualText(AnnualWords):
    """Den åbne tekst of a year: written until an edition is issued, which takes a copy (rule 14)."""

    year = models.PositiveSmallIntegerField("år", unique=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField("gemt", null=True, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "tekst til årlig status"
        verbose_name_plural = "tekster til årlig status"

    def __str__(self) -> str:
        return f"Tekst til årlig status {self.year}"


class AnnualStatus(AnnualWords):
    """Årlig status: one edition of what the Porteføljestyregruppe tells Den Administrative Styregruppe of a year.

    `cut_off` (opgørelsesdato) is the moment up to which entries in the history count. `facts` are the figures with
    their definitions, sealed by `facts_sha256`; they are made from rows that are guarded themselves. An edition made
    from an adoption, or from a decision on the action plan, says so and also has files without the lines about
    single cases. The row is frozen by the database once its files are stored. Nobody ordered what the calendar did.
    """

    year = models.PositiveSmallIntegerField("år")
    edition = models.PositiveSmallIntegerField("udgave")
    cut_off = models.DateTimeField("opgørelsesdato")
    state = models.CharField("tilstand", max_length=8, choices=EditionState, default=EditionState.ORDERED)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ordered_at = models.DateTimeField("bestilt", default=now)
    request_key = models.UUIDField(unique=True, editable=False)
    job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="opgave")
    facts = models.JSONField("tal", null=True, blank=True)
    facts_sha256 = models.CharField("tallenes kontrolsum", max_length=64, blank=True)
    adoption = models.ForeignKey(
        "portfolio.AnnualAdoption", models.PROTECT, null=True, blank=True, related_name="editions"
    )
    plan_decision = models.ForeignKey(
        "portfolio.ActionPlanDecision", models.PROTECT, null=True, blank=True, related_name="editions"
    )
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="PDF")
    excel = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    public_pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    public_excel = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    unguarded = frozenset({"facts", "facts_sha256"})

    class Meta:
        verbose_name = "årlig status"
        verbose_name_plural = "årlige status"
        ordering = ["-year", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["year", "edition"], name="annual_status_edition_once"),
            models.CheckConstraint(
                name="annual_status_issued_is_whole",
                condition=Q(state=EditionState.ORDERED, pdf__isnull=True)
                | ~Q(state=EditionState.ORDERED) & Q(pdf__isnull=False, facts__isnull=False) & ~Q(facts_sha256=""),
            ),
            models.CheckConstraint(
                name="annual_status_published_is_whole",
                condition=~Q(state__in=PUBLISHED)
                | Q(adoption__isnull=False, public_pdf__isnull=False, public_excel__isnull=False),
            ),
            models.CheckConstraint(
                name="annual_status_decided_has_decision",
                condition=~Q(state=EditionState.DECIDED) | Q(plan_decision__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Årlig status {self.year}, udgave {self.edition}"

    def get_absolute_url(self) -> str:
        """The page of the edition."""
        return reverse("portfolio:annual", args=[self.year, self.edition])

    @classmethod
    def visible_to(cls, viewer: Viewer) -> models.QuerySet[AnnualStatus]:
        """Return the editions the viewer may know of: the only way in from a page (design: access).

        Everybody who is signed in reads what the Porteføljestyregruppe has adopted; drafts are for the upper
        forums and the secretariat.
        """
        rows = cls.objects.select_related("job", "pdf", "ordered_by", "adoption__forum", "plan_decision__forum")
        return rows if reads_annual_status(viewer) else rows.filter(state__in=PUBLISHED)

    @property
    def kind(self) -> EditionState:
        """What the edition is, or will be once it is made."""
        if self.plan_decision_id:
            return EditionState.DECIDED
        return EditionState.ADOPTED if self.adoption_id else EditionState.DRAFT

    @property
    def kind_words(self) -> str:
        """The same in words, within a sentence."""
        label = str(self.kind.label)
        return label[0].lower() + label[1:]

    @property
    def is_made(self) -> bool:
        """Whether figures and files are there."""
        return self.state != EditionState.ORDERED

    @property
    def is_published(self) -> bool:
        """Whether everybody who is signed in reads it."""
        return self.state in PUBLISHED

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
    def orderer(self) -> str:
        """Who ordered it, in words."""
        return str(self.ordered_by) if self.ordered_by else "systemet"

    def file_name(self, ending: str, *, public: bool = False) -> str:
        """What a file of the edition is called."""
        return f"aarsstatus-{self.year}-udgave-{self.edition}{'-offentlig' if public else ''}.{ending}"
