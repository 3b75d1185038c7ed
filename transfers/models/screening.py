"""The three questions of the agreement (S1) and what the nearest leader concluded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models

from core.models import FormDefinition
from transfers.enums import Sector
from transfers.models.bound import CaseBound
from transfers.models.case import TransferCase

if TYPE_CHECKING:
    from contacts.viewer import Viewer


class Screening(CaseBound):
    """Indledende vurdering: one yes gives the nearest leader the initiativpligt (rule 1)."""

    case = models.OneToOneField(TransferCase, models.PROTECT, related_name="screening")
    definition = models.ForeignKey(FormDefinition, models.PROTECT, related_name="+")
    affected = ArrayField(models.CharField(max_length=24, choices=Sector), default=list, blank=True)
    consequences = models.BooleanField("konsekvenser for samarbejdspartnere", null=True)
    new_competences = models.BooleanField("nye kompetencer", null=True)
    utensils = models.BooleanField("utensilier/hjælpemidler", null=True)
    needs_basis = models.BooleanField("behov for dialoggrundlag", null=True)
    not_needed_reason = models.TextField("begrundelse", max_length=4000, blank=True)
    concluded_at = models.DateTimeField("afsluttet", null=True, blank=True)
    noted_at = models.DateTimeField("set af kontaktpersonen", null=True, blank=True)

    class Meta(CaseBound.Meta):
        verbose_name = "indledende vurdering"
        verbose_name_plural = "indledende vurderinger"

    def __str__(self) -> str:
        return f"Indledende vurdering af {self.case}"

    @property
    def is_answered(self) -> bool:
        """Whether all three questions have an answer."""
        return None not in (self.consequences, self.new_competences, self.utensils)

    @property
    def has_duty(self) -> bool:
        """Initiativpligt: at least one yes (S1)."""
        return any((self.consequences, self.new_competences, self.utensils))

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[Screening]:
        """Own organisation, its contact and the secretariat; others once it has become a case they see."""
        rows = cls.unscoped.filter(case=case).select_related("definition")
        homes = (case.department_id, case.initiator_id)
        own = any(m.organisation_id in homes and not m.forum_id for m in viewer.memberships)
        return rows if own or viewer.is_secretariat or case.is_past_draft else rows.none()
