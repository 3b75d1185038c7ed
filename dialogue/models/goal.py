"""The shared goals of a case, what each party says to them, and how they stood when the dialogue was closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from transfers.models import Party, TransferCase
from transfers.models.bound import CaseBound

if TYPE_CHECKING:
    from contacts.viewer import Viewer


class SharedGoal(CaseBound):
    """Fælles mål: one line of the list (rule 5).

    Its words never change: other words are another goal with marks of its own, and the old one is dropped.
    """

    case = models.ForeignKey(TransferCase, models.PROTECT, related_name="shared_goals")
    order = models.PositiveSmallIntegerField("rækkefølge")
    text = models.CharField("fælles mål", max_length=500)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField("skrevet", default=now)
    dropped_at = models.DateTimeField("udgået", null=True, blank=True)

    class Meta(CaseBound.Meta):
        verbose_name = "fælles mål"
        verbose_name_plural = "fælles mål"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "text"], condition=Q(dropped_at__isnull=True), name="shared_goal_once",
                violation_error_message="Det samme mål står to gange.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.text

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[SharedGoal]:
        """Everyone who sees the case reads its goals; `case` must come from `visible_to`."""
        return cls.unscoped.filter(case=case, dropped_at__isnull=True)


class GoalMark(CaseBound):
    """Parts markering: agreed or not agreed with one goal – a record, not a veto (rule 5)."""

    goal = models.ForeignKey(SharedGoal, models.PROTECT, related_name="marks")
    party = models.ForeignKey(Party, models.PROTECT, related_name="goal_marks")
    agreed = models.BooleanField("enig")
    remark = models.CharField("bemærkning", max_length=500, blank=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField("markeret", default=now)

    class Meta(CaseBound.Meta):
        verbose_name = "markering af fælles mål"
        verbose_name_plural = "markeringer af fælles mål"
        constraints = [models.UniqueConstraint(fields=["goal", "party"], name="goal_mark_once")]

    def __str__(self) -> str:
        return f"{self.party}: {'enig' if self.agreed else 'ikke enig'}"

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[GoalMark]:
        """As the goals they belong to."""
        return cls.unscoped.filter(goal__in=SharedGoal.visible_within(case, viewer))


class GoalsVersion(CaseBound):
    """Fælles mål ved dialogens lukning: goals and marks as they stood, frozen; insert-only by trigger.

    `content` is a list of {»text«, »marks«: [{»party«, »agreed«, »remark«}]} made from rows that are guarded.
    """

    case = models.ForeignKey(TransferCase, models.PROTECT, related_name="goals_versions")
    number = models.PositiveIntegerField("version")
    content = models.JSONField("indhold")
    sha256 = models.CharField("kontrolsum", max_length=64)
    frozen_at = models.DateTimeField("frosset", default=now)
    unguarded = frozenset({"content", "sha256"})

    class Meta(CaseBound.Meta):
        verbose_name = "version af fælles mål"
        verbose_name_plural = "versioner af fælles mål"
        ordering = ["case", "number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="goals_version_once")]

    def __str__(self) -> str:
        return f"Fælles mål, version {self.number}"

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[GoalsVersion]:
        """Everyone who sees the case reads them; `case` must come from `visible_to`."""
        return cls.unscoped.filter(case=case)
