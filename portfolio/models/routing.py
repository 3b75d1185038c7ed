"""What a party may ask of the choice of forum (rule 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.timezone import now

from contacts.models import Organisation
from transfers.models import TransferCase
from transfers.models.bound import CaseBound

if TYPE_CHECKING:
    from contacts.viewer import Viewer


class ForumRequest(CaseBound):
    """Anmodning om Porteføljestyregruppen: any party may ask for it, with a reason; insert-only by trigger."""

    case = models.ForeignKey(TransferCase, models.PROTECT, related_name="forum_requests")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reason = models.TextField("begrundelse", max_length=4000)
    requested_at = models.DateTimeField("anmodet", default=now)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(CaseBound.Meta):
        verbose_name = "anmodning om Porteføljestyregruppen"
        verbose_name_plural = "anmodninger om Porteføljestyregruppen"
        ordering = ["requested_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organisation"], name="forum_request_once",
                violation_error_message="Organisationen har allerede anmodet om Porteføljestyregruppen.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.organisation} ønsker Porteføljestyregruppen"

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[ForumRequest]:
        """Everyone who sees the case sees who asked for what; `case` must come from `visible_to`."""
        return cls.unscoped.filter(case=case).select_related("organisation")
