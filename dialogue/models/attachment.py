"""Bilag: a file that hangs on the dialoggrundlag or on a party's response."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now

from core.models import StoredFile
from dialogue.models.basis import may_read_draft
from transfers.models import Party, TransferCase
from transfers.models.bound import CaseBound

if TYPE_CHECKING:
    from contacts.viewer import Viewer


class Attachment(CaseBound):
    """Bilag: on the dialoggrundlag where `party` is empty, else on that party's response.

    `version` is the first frozen version it is part of, `removed_at` when it was left out of those that come after.
    """

    case = models.ForeignKey(TransferCase, models.PROTECT, related_name="attachments")
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField("første version", null=True, blank=True)
    added_at = models.DateTimeField("tilføjet", default=now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField("fjernet", null=True, blank=True)

    class Meta(CaseBound.Meta):
        verbose_name = "bilag"
        verbose_name_plural = "bilag"
        ordering = ["case", "pk"]
        constraints = [
            models.CheckConstraint(
                name="attachment_removed_only_when_kept_in_a_version",
                condition=Q(removed_at__isnull=True) | Q(version__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.file.name

    def get_absolute_url(self) -> str:
        """Where it is fetched."""
        return reverse("dialogue:attachment", args=[self.case.number, self.file_id])

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[Attachment]:
        """As what it hangs on: what is frozen for all who see the case, the rest for those who write it."""
        own = Q(party__organisation__in=viewer.organisation_ids)
        if may_read_draft(case, viewer):
            own |= Q(party__isnull=True)
        rows = cls.unscoped.filter(case=case).filter(own | Q(version__isnull=False))
        return rows.select_related("file", "case", "added_by")

    def as_content(self) -> dict[str, Any]:
        """Return what a frozen version keeps of it."""
        return {
            "key": str(self.file_id), "name": self.file.name, "size": self.file.size, "sha256": self.file.sha256,
        }  # fmt: skip
