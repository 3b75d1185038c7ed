"""What a forum decided on a case: drafts until published, never edited after (rule 10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from contacts.enums import Function
from contacts.models import Forum
from contacts.naming import named
from portfolio.models.meeting import Meeting
from transfers.models import Placement, TransferCase
from transfers.models.bound import CaseBound

if TYPE_CHECKING:
    from contacts.viewer import Viewer

RECORDERS = (Function.CHAIR, Function.SECRETARY)
OUTCOMES = {
    "local_pursue": "Går videre til Porteføljestyregruppen",
    "local_stop": "Ikke grundlag for at arbejde videre",
    "local_agree": "Aftale indgås i samarbejdsforum",
    "approve": "Godkendt",
    "reject": "Ikke godkendt",
    "return_to_dialogue": "Sendt tilbage til dialog",
    "return_to_mini_mtv": "Sendt tilbage til mini-MTV",
    "send_to_local_forum": "Sendt til samarbejdsforum",
    "escalate": "Forelagt for Den Administrative Styregruppe",
    "return_to_portfolio": "Sendt tilbage til Porteføljestyregruppen",
    "adjourn": "Udsat",
    "take_up_again": "Taget op igen",
}


class Procedure(models.TextChoices):
    """Behandlingsmåde: how the forum came to its decision (rule 9)."""

    MEETING = "meeting", "På møde"
    WRITTEN = "written", "I skriftlig procedure"


class DecisionState(models.TextChoices):
    """Whether others than chair and secretary know of the decision yet."""

    DRAFT = "draft", "Kladde"
    PUBLISHED = "published", "Offentliggjort"


class Decision(CaseBound):
    """Beslutning: one of the decision acts of the workflow table, taken by a forum that had the case.

    A published row is frozen by the database; a correction is a new row that points to the old one.
    """

    case = models.ForeignKey(TransferCase, models.PROTECT, related_name="decisions")
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="decisions")
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="decisions")
    kind = models.CharField("afgørelse", max_length=40, blank=True)
    target_forum = models.ForeignKey(
        Forum, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="samarbejdsforum"
    )
    text = models.TextField("beslutning", max_length=8000, blank=True)
    reason = models.TextField("begrundelse", max_length=8000, blank=True)
    decided_on = models.DateField("besluttet den", null=True, blank=True)
    procedure = models.CharField("behandlet", max_length=10, choices=Procedure, default=Procedure.MEETING)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name="møde"
    )
    conflict_note = models.TextField("habilitet", max_length=2000, blank=True)
    asked_by_deadline = models.DateField("frist for det, der bedes om", null=True, blank=True)
    state = models.CharField("tilstand", max_length=10, choices=DecisionState, default=DecisionState.DRAFT)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField("offentliggjort", null=True, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="correction", verbose_name="retter"
    )
    revision = models.PositiveIntegerField(default=1)
    unguarded = frozenset({"kind"})

    class Meta(CaseBound.Meta):
        verbose_name = "beslutning"
        verbose_name_plural = "beslutninger"
        ordering = ["published_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement"], condition=Q(state=DecisionState.DRAFT), name="decision_one_draft",
                violation_error_message="Der er allerede en kladde til denne behandling.",
            ),
            models.CheckConstraint(
                name="decision_published_is_whole",
                condition=Q(state=DecisionState.DRAFT, published_at__isnull=True, corrects__isnull=True)
                | Q(
                    state=DecisionState.PUBLISHED, decided_on__isnull=False,
                    published_by__isnull=False, published_at__isnull=False,
                )
                & ~Q(kind="") & ~Q(text="") & ~Q(reason=""),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["decided_on", "kind"], name="decision_day_kind")]

    def __str__(self) -> str:
        return f"{self.outcome}, {self.case.number}"

    def get_absolute_url(self) -> str:
        """The place on the case's page where the decision can be read."""
        return f"{reverse('portfolio:treatment', args=[self.case.number])}#beslutning-{self.pk}"

    @property
    def outcome(self) -> str:
        """What the forum decided, as minutes say it."""
        return named(OUTCOMES.get(self.kind, "Ikke valgt endnu"))

    @property
    def is_draft(self) -> bool:
        """Whether only chair and secretary know of it."""
        return self.state == DecisionState.DRAFT

    @property
    def facts(self) -> dict[str, Any]:
        """What the history keeps of a published decision."""
        return {"decision": self.pk, "procedure": self.procedure, "forum": self.forum_id}

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[Decision]:
        """Published ones are for all who see the case, a draft for chair and secretary of its forum."""
        recorded_for = [m.forum_id for m in viewer.holding(RECORDERS)]
        seen = Q(state=DecisionState.PUBLISHED) | Q(forum_id__in=recorded_for)
        rows = cls.unscoped.filter(seen, case=case)
        return rows.select_related(
            "case", "forum", "target_forum", "placement", "published_by", "corrects", "meeting__forum"
        )
