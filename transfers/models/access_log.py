"""The access log: who looked at which case, ids only; append-only but for what is older than the period it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.timezone import now

from contacts.enums import Function
from transfers.enums import LookedAt
from transfers.models.bound import CaseBound
from transfers.models.case import TransferCase

if TYPE_CHECKING:
    from contacts.viewer import Viewer


class AccessEntry(CaseBound):
    """Opslag: an account looked at a kind of page of a case; once per `window` of some minutes, however often."""

    case = models.ForeignKey(TransferCase, models.PROTECT, related_name="looks", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField("hvad", max_length=16, choices=LookedAt)
    seen_at = models.DateTimeField("hvornår", default=now)
    window = models.PositiveBigIntegerField("tidsrum")
    READERS = (Function.SECRETARIAT, Function.AUDITOR)

    class Meta(CaseBound.Meta):
        verbose_name = "opslag"
        verbose_name_plural = "opslag"
        ordering = ["-seen_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["case", "user", "kind", "window"], name="look_once_a_window")]
        indexes = [
            models.Index(fields=["case", "-seen_at"], name="look_case_date"),
            models.Index(fields=["user", "-seen_at"], name="look_user_date"),
            models.Index(fields=["-seen_at"], name="look_date"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.case_id}"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> models.QuerySet[AccessEntry]:
        """The whole log to the secretariat and the auditor, nothing to others (design: access)."""
        return cls.unscoped.all() if viewer.holding(cls.READERS) else cls.unscoped.none()

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[AccessEntry]:
        """What of that is about one case."""
        return cls.visible_to(viewer).filter(case=case)
