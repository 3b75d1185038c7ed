"""Which other samarbejdsfora are asked about a case, and what they say (who is who: several hospitals)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate, now

from contacts.models import Forum
from transfers.models.bound import CaseBound
from transfers.models.case import TransferCase

if TYPE_CHECKING:
    from contacts.viewer import Viewer


class OpinionAnswer(models.TextChoices):
    """Whether the asked forum agrees that the case goes on."""

    AGREES = "agrees", "Enig"
    DISAGREES = "disagrees", "Uenig"


class Opinion(CaseBound):
    """Udtalelse: another hospital's samarbejdsforum is asked; once answered, the row is frozen by the database."""

    case = models.ForeignKey(TransferCase, models.PROTECT, related_name="opinions")
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="opinions", verbose_name="samarbejdsforum")
    question = models.TextField("hvad der spørges om", max_length=4000)
    deadline = models.DateField("frist")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("spurgt", default=now)
    answer = models.CharField("svar", max_length=10, choices=OpinionAnswer, blank=True)
    text = models.TextField("udtalelse", max_length=8000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("afgivet", null=True, blank=True)

    class Meta(CaseBound.Meta):
        verbose_name = "udtalelse"
        verbose_name_plural = "udtalelser"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "forum"], condition=Q(answer=""), name="opinion_asked_once",
                violation_error_message="Forummet er allerede spurgt.",
            ),
            models.CheckConstraint(
                name="opinion_answered_is_whole",
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="") & ~Q(text=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Udtalelse fra {self.forum}, {self.case.number}"

    @property
    def is_overdue(self) -> bool:
        """Whether the deadline is past without an answer."""
        return not self.answer and self.deadline < localdate()

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[Opinion]:
        """Everyone who sees the case sees who is asked and what they say; `case` must come from `visible_to`."""
        return cls.unscoped.filter(case=case).select_related("forum", "asked_by", "answered_by")
