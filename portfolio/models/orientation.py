"""What the Porteføljestyregruppe is told of without having to decide it (S1; rules 8 and 12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from contacts.models import Forum, Organisation
from portfolio.models.meeting import Meeting
from transfers.models import TransferCase
from transfers.models.bound import CaseBound

if TYPE_CHECKING:
    from contacts.viewer import Viewer


class OrientationKind(models.TextChoices):
    """Hvad der orienteres om."""

    LOCAL_STOP = "local_stop", "Stoppet i samarbejdsforum"
    LOCAL_AGREEMENT = "local_agreement", "Aftale i samarbejdsforum"
    NOT_JOINED = "not_joined", "Part har ikke tiltrådt aftalen"
    LEFT = "left", "Part udtræder af aftalen"


class Orientation(CaseBound):
    """Orientering: stands on the forum's next agenda until it is taken note of."""

    case = models.ForeignKey(TransferCase, models.PROTECT, related_name="orientations")
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="orientations")
    kind = models.CharField("orientering", max_length=16, choices=OrientationKind)
    about = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="hvem den handler om"
    )
    created_at = models.DateTimeField("oprettet", default=now)
    noted_at = models.DateTimeField("taget til efterretning", null=True, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    noted_in = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="noted", verbose_name="på mødet"
    )

    class Meta(CaseBound.Meta):
        verbose_name = "orientering"
        verbose_name_plural = "orienteringer"
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="orientation_noted_at_a_meeting",
                condition=Q(noted_at__isnull=True, noted_by__isnull=True, noted_in__isnull=True)
                | Q(noted_at__isnull=False, noted_by__isnull=False, noted_in__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["forum", "noted_at"], name="orientation_open")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.case}"

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[Orientation]:
        """Everyone who sees the case sees what the forum was told; `case` must come from `visible_to`."""
        return cls.unscoped.filter(case=case).select_related("forum", "about", "noted_in__forum")
