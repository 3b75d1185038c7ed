"""One case proposed to become part of another; both initiators must consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now

from contacts.models import Organisation
from transfers.models import TransferCase
from transfers.models.bound import CaseBound

if TYPE_CHECKING:
    from contacts.viewer import Viewer


class MergeState(models.TextChoices):
    """What became of a proposal; it lapses when one of the cases goes on to where it cannot be merged."""

    OPEN = "open", "Venter på svar"
    ACCEPTED = "accepted", "Lagt sammen"
    DECLINED = "declined", "Afvist"
    WITHDRAWN = "withdrawn", "Trukket tilbage"
    LAPSED = "lapsed", "Bortfaldet"


class MergeProposal(CaseBound):
    """Forslag om sammenlægning: `case` closes and `into` lives on, when the initiator of `into` consents."""

    case = models.ForeignKey(TransferCase, models.PROTECT, related_name="merge_proposals")
    into = models.ForeignKey(TransferCase, models.PROTECT, related_name="merges_offered")
    reason = models.TextField("begrundelse", max_length=4000)
    state = models.CharField("tilstand", max_length=10, choices=MergeState, default=MergeState.OPEN)
    on_behalf_of = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("foreslået", default=now)
    settled_at = models.DateTimeField("afgjort", null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(CaseBound.Meta):
        verbose_name = "forslag om sammenlægning"
        verbose_name_plural = "forslag om sammenlægning"
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state=MergeState.OPEN), name="merge_one_open",
                violation_error_message="Der er allerede et forslag om at lægge sagen sammen med en anden.",
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(state=MergeState.ACCEPTED), name="merged_once"),
            models.CheckConstraint(name="merge_two_cases", condition=~Q(case=F("into"))),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.case_id} ind i {self.into_id}: {self.get_state_display()}"

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[MergeProposal]:
        """Only to those who may see both cases, so that neither tells that the other exists."""
        seen = TransferCase.visible_to(viewer).values("pk")
        rows = cls.unscoped.filter(Q(case=case, into__in=seen) | Q(into=case, case__in=seen))
        return rows.select_related("case", "into", "on_behalf_of", "proposed_by")
