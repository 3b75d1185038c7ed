"""Comments in the dialogue: threads that everybody in the case reads, and internal ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from contacts.models import Organisation
from transfers.models import TransferCase
from transfers.models.bound import CaseBound

if TYPE_CHECKING:
    from contacts.viewer import Viewer


class Audience(models.TextChoices):
    """Who can read a thread (rule 4)."""

    ALL = "all", "Alle, der har adgang til sagen"
    INTERNAL = "internal", "Kun min egen organisation"


class Comment(CaseBound):
    """Kommentar: plain text on behalf of an organisation; an answer stands under its first comment."""

    case = models.ForeignKey(TransferCase, models.PROTECT, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    audience = models.CharField("hvem kan læse", max_length=8, choices=Audience)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies")
    text = models.TextField("kommentar", max_length=4000)
    created_at = models.DateTimeField("skrevet", default=now, editable=False)

    class Meta(CaseBound.Meta):
        verbose_name = "kommentar"
        verbose_name_plural = "kommentarer"
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["case", "created_at"], name="comment_case_date")]

    def __str__(self) -> str:
        return f"Kommentar {self.pk} i {self.case_id}"

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[Comment]:
        """Comments for all, and the internal ones of the viewer's own organisation."""
        own = Q(audience=Audience.INTERNAL, organisation__in=viewer.organisation_ids)
        rows = cls.unscoped.filter(Q(audience=Audience.ALL) | own, case=case)
        return rows.select_related("author", "organisation")
