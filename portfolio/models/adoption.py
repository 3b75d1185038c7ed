"""What happens to an edition: sent to the Porteføljestyregruppe, adopted there, decided on in DAS (S1; rule 14).

Each is a row of its own and insert-only by trigger; adoption and decision give a new edition that says so.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from contacts.models import Forum
from core.models import GuardedModel
from portfolio.models.annual import AnnualStatus


class AnnualSubmission(GuardedModel):
    """Fremsendelse: the secretariat sent a draft to the Porteføljestyregruppe."""

    status = models.OneToOneField(AnnualStatus, models.PROTECT, related_name="submission")
    sent_at = models.DateTimeField("sendt", default=now)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "fremsendelse"
        verbose_name_plural = "fremsendelser"

    def __str__(self) -> str:
        return f"Sendt: {self.status}"


class AnnualAdoption(GuardedModel):
    """Vedtagelse: the Porteføljestyregruppe adopted a draft."""

    status = models.OneToOneField(AnnualStatus, models.PROTECT, related_name="adopted_by")
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="+")
    adopted_on = models.DateField("vedtaget den")
    text = models.TextField("beslutning", max_length=4000)
    registered_at = models.DateTimeField("registreret", default=now)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "vedtagelse"
        verbose_name_plural = "vedtagelser"

    def __str__(self) -> str:
        return f"Vedtaget: {self.status}"


class ActionPlanDecision(GuardedModel):
    """Beslutning om handleplanen: whether DAS lets the action plan be updated (S1).

    `status` is the adopted edition it was taken on. A correction is a new row that points to the old one.
    """

    status = models.ForeignKey(AnnualStatus, models.PROTECT, related_name="plan_decisions")
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="+")
    update_plan = models.BooleanField("handleplanen skal opdateres")
    text = models.TextField("beslutning", max_length=4000)
    decided_on = models.DateField("besluttet den")
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="correction", verbose_name="retter"
    )
    registered_at = models.DateTimeField("registreret", default=now)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "beslutning om handleplanen"
        verbose_name_plural = "beslutninger om handleplanen"
        constraints = [
            models.UniqueConstraint(
                fields=["status"], condition=Q(corrects__isnull=True), name="plan_decision_first_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.answer}: {self.status}"

    @property
    def answer(self) -> str:
        """What was decided, in words."""
        return "Handleplanen skal opdateres" if self.update_plan else "Handleplanen skal ikke opdateres"
