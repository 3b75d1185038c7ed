"""What was sent out, what each party said to it, and who left: written once, kept by trigger (rules 10 and 12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now

from contacts.models import Organisation
from core.freeze import digest
from portfolio.models.agreement import Agreement
from portfolio.models.agreement_party import AgreementParty
from transfers.models import TransferCase
from transfers.models.bound import CaseBound

if TYPE_CHECKING:
    from contacts.viewer import Viewer


class AgreementVersion(CaseBound):
    """Version af aftalen: the exact text the parties confirm, frozen with its checksum; insert-only by trigger.

    `content` is made by `portfolio.agreements.content` from rows that are guarded themselves. `confirm_by` and
    `ready_by` are the deadlines the parties were given.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("version")
    content = models.JSONField("indhold")
    sha256 = models.CharField("kontrolsum", max_length=64)
    confirm_by = models.DateField("frist for bekræftelse")
    ready_by = models.DateField("frist for klarmelding")
    issued_at = models.DateTimeField("udsendt", default=now)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    unguarded = frozenset({"content", "sha256"})

    class Meta(CaseBound.Meta):
        verbose_name = "version af aftale"
        verbose_name_plural = "versioner af aftaler"
        ordering = ["agreement", "number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="agreement_version_once")]

    def __str__(self) -> str:
        return f"Version {self.number}"

    def get_absolute_url(self) -> str:
        """Where the version is read."""
        return reverse("portfolio:agreement_version", args=[self.agreement.case.number, self.number])

    @property
    def is_intact(self) -> bool:
        """Whether the content still has the checksum it was frozen with."""
        return digest(self.content) == self.sha256

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[AgreementVersion]:
        """Everyone who sees the case reads what was sent out; `case` must come from `visible_to`."""
        return cls.unscoped.filter(agreement__case=case).select_related("issued_by", "agreement")


class ConfirmationKind(models.TextChoices):
    """Hvad parten sagde til en version."""

    CONFIRMED = "confirmed", "Bekræftet"
    DECLINED = "declined", "Ikke tiltrådt"
    AWAITING_POLITICAL = "awaiting_political", "Afventer politisk godkendelse"


class Confirmation(CaseBound):
    """Bekræftelse: who said what to which text on whose behalf, and when; insert-only by trigger.

    `sha256` is the checksum of the text that stood before the one who confirmed.
    """

    version = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="confirmations")
    party = models.ForeignKey(AgreementParty, models.PROTECT, related_name="confirmations")
    kind = models.CharField("svar", max_length=20, choices=ConfirmationKind)
    awaits_until = models.DateField("ventes behandlet senest", null=True, blank=True)
    reason = models.TextField("begrundelse", max_length=8000, blank=True)
    sha256 = models.CharField("tekstens kontrolsum", max_length=64)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    given_at = models.DateTimeField("afgivet", default=now)
    unguarded = frozenset({"sha256"})

    class Meta(CaseBound.Meta):
        verbose_name = "bekræftelse"
        verbose_name_plural = "bekræftelser"
        ordering = ["given_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="confirmation_awaits_until_a_day",
                condition=Q(kind=ConfirmationKind.AWAITING_POLITICAL, awaits_until__isnull=False)
                | ~Q(kind=ConfirmationKind.AWAITING_POLITICAL) & Q(awaits_until__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.on_behalf_of}: {self.get_kind_display()}"

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[Confirmation]:
        """Everyone who sees the case sees who confirmed what; `case` must come from `visible_to`."""
        rows = cls.unscoped.filter(party__agreement__case=case)
        return rows.select_related("given_by", "on_behalf_of")


class Leaving(CaseBound):
    """Udtræden: a party's notice, how the task is taken back, and whether the others go on; insert-only by trigger."""

    party = models.OneToOneField(AgreementParty, models.PROTECT, related_name="leaving")
    notice_on = models.DateField("varslet den")
    effective_on = models.DateField("udtræder den")
    plan = models.TextField("plan for at tage opgaven tilbage", max_length=8000)
    others_go_on = models.BooleanField("de øvrige fortsætter")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField("afgivet", default=now)

    class Meta(CaseBound.Meta):
        verbose_name = "udtræden"
        verbose_name_plural = "meddelelser om udtræden"
        ordering = ["notice_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="leaving_after_notice", condition=Q(effective_on__gte=models.F("notice_on")),
                violation_error_message="Udtræden kan ikke få virkning, før den er varslet.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.party} udtræder {self.effective_on}"

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[Leaving]:
        """Everyone who sees the case sees who leaves; `case` must come from `visible_to`."""
        return cls.unscoped.filter(party__agreement__case=case).select_related("party__organisation", "given_by")
