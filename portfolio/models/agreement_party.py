"""Where each party stands in an agreement: confirmation, start, readiness and notice are per party (rule 12)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate, now

from contacts.models import Organisation
from dialogue.models import EconomyKnown
from portfolio.models.agreement import Agreement
from transfers.models import TransferCase
from transfers.models.bound import CaseBound

if TYPE_CHECKING:
    from contacts.viewer import Viewer


class PartyRole(models.TextChoices):
    """Rolle i aftalen; who holds the medical responsibility is said once, on the agreement itself."""

    GIVER = "giver", "Afgiver opgaven"
    RECEIVER = "receiver", "Modtager opgaven"
    OTHER = "other", "Bidrager på anden vis"
    NOT_INCLUDED = "not_included", "Ikke omfattet af aftalen"


class PartyAnswer(models.TextChoices):
    """Hvad parten har svaret på den nyeste udsendte version."""

    NOT_ASKED = "not_asked", "Ikke spurgt endnu"
    ASKED = "asked", "Afventer bekræftelse"
    AWAITING_POLITICAL = "awaiting_political", "Afventer politisk godkendelse"
    CONFIRMED = "confirmed", "Bekræftet"
    DECLINED = "declined", "Ikke tiltrådt"


class AgreementParty(CaseBound):
    """Part i aftalen: the initiator or an affected party, with its role, its own figures and where it stands.

    `answer` is about the newest version sent out; `holds_version` is the version that holds for a party that takes
    the task, from `live_from` on: a new version replaces it only when those it needs have confirmed. A party states
    its own economy, nobody else's (S4.6).
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="agreements")
    role = models.CharField("rolle", max_length=12, choices=PartyRole, default=PartyRole.OTHER)
    contribution = models.TextField("hvad parten bidrager med", max_length=8000, blank=True)
    economy_known = models.CharField("økonomien kan opgøres", max_length=8, choices=EconomyKnown, blank=True)
    one_off_cost = models.BigIntegerField("engangsudgift", null=True, blank=True)
    annual_cost = models.BigIntegerField("årlig driftsudgift", null=True, blank=True)
    annual_saving = models.BigIntegerField("årlig besparelse", null=True, blank=True)
    economy_note = models.TextField("forudsætninger og usikkerhed", max_length=8000, blank=True)
    local_contact = models.CharField("kontaktperson i implementeringen", max_length=200, blank=True)
    answer = models.CharField("svar", max_length=20, choices=PartyAnswer, default=PartyAnswer.NOT_ASKED)
    awaits_until = models.DateField("afventer politisk godkendelse til", null=True, blank=True)
    holds_version = models.PositiveIntegerField("gældende version", null=True, blank=True)
    live_from = models.DateField("gælder fra", null=True, blank=True)
    leaves_on = models.DateField("udtræder", null=True, blank=True)

    class Meta(CaseBound.Meta):
        verbose_name = "part i aftalen"
        verbose_name_plural = "parter i aftalen"
        ordering = ["organisation__kind", "organisation__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "organisation"], name="agreement_party_once"),
            models.CheckConstraint(
                name="agreement_party_live_has_version",
                condition=Q(live_from__isnull=True) | Q(holds_version__isnull=False),
            ),
            models.CheckConstraint(
                name="agreement_party_awaits_until",
                condition=Q(answer=PartyAnswer.AWAITING_POLITICAL) | Q(awaits_until__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def is_included(self) -> bool:
        """Whether the agreement concerns the party, so that it is asked to confirm."""
        return self.role != PartyRole.NOT_INCLUDED

    @property
    def is_live(self) -> bool:
        """Whether the agreement has come to hold for the party; it holds from `live_from`."""
        return self.live_from is not None

    @property
    def is_leaving(self) -> bool:
        """Whether the party has given notice."""
        return self.leaves_on is not None

    def has_left(self, on: date | None = None) -> bool:
        """Whether the notice has run out."""
        return self.leaves_on is not None and self.leaves_on <= (on or localdate())

    @property
    def has_not_joined(self) -> bool:
        """Ikke tiltrådt: it declined, and no earlier version holds for it."""
        return self.answer == PartyAnswer.DECLINED and self.holds_version is None

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[AgreementParty]:
        """Everyone who sees the case sees where each party stands; `case` must come from `visible_to`."""
        return cls.unscoped.filter(agreement__case=case).select_related("organisation", "agreement")


class ReadinessItem(models.TextChoices):
    """Hvad der skal være på plads, i takt med at opgaven flytter (S5.3)."""

    CAPACITY = "capacity", "Kapacitet"
    SYSTEMS = "systems", "Systemer"
    COMPETENCES = "competences", "Kompetencer"
    EQUIPMENT = "equipment", "Udstyr"
    INFORMATION = "information", "Information"
    TRAINING = "training", "Oplæring af patienterne"


FOR_RECEIVERS = (
    ReadinessItem.CAPACITY, ReadinessItem.SYSTEMS, ReadinessItem.COMPETENCES, ReadinessItem.EQUIPMENT,
    ReadinessItem.INFORMATION,
)  # fmt: skip
FOR_SELF_CARE = (ReadinessItem.TRAINING, ReadinessItem.EQUIPMENT)


class Readiness(CaseBound):
    """Klarmelding: one thing that is in place at a receiver, since when and by whom; frozen once it is live."""

    party = models.ForeignKey(AgreementParty, models.PROTECT, related_name="readiness")
    item = models.CharField("klarmeldt", max_length=12, choices=ReadinessItem)
    ready_on = models.DateField("på plads den")
    reported_at = models.DateTimeField("meldt", default=now)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(CaseBound.Meta):
        verbose_name = "klarmelding"
        verbose_name_plural = "klarmeldinger"
        ordering = ["party", "pk"]
        constraints = [models.UniqueConstraint(fields=["party", "item"], name="readiness_once")]

    def __str__(self) -> str:
        return f"{self.get_item_display()}: {self.ready_on}"

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[Readiness]:
        """Everyone who sees the case sees what is reported ready; `case` must come from `visible_to`."""
        return cls.unscoped.filter(party__agreement__case=case).select_related("reported_by")
