"""Whether the expected results came: what was measured, and how the figures of each party turned out (rule 13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now

from core.models import FormDefinition
from dialogue.enums import CountKind
from dialogue.models import EconomyKnown
from portfolio.models.agreement import Aim, Indicator
from portfolio.models.agreement_party import AgreementParty
from transfers.models import TransferCase
from transfers.models.bound import CaseBound

if TYPE_CHECKING:
    from contacts.viewer import Viewer


class FollowUpOutcome(models.TextChoices):
    """Udfaldet af en opfølgning (rule 13)."""

    CONTINUE = "continue", "Fortsæt"
    ADJUST = "adjust", "Justér"
    END = "end", "Ophør"


def counted_like_patients(name: str) -> models.CheckConstraint:
    """Return the constraint that one to four patients are never told apart (rule 17)."""
    return models.CheckConstraint(
        name=name,
        condition=Q(patients_kind=CountKind.NUMBER) & (Q(patients_number=0) | Q(patients_number__gte=5))
        | ~Q(patients_kind=CountKind.NUMBER) & Q(patients_number__isnull=True),
        violation_error_message="1 til 4 patienter skrives som »1–4«.",
    )


class FollowUp(CaseBound):
    """Opfølgning: what came of an agreement by a certain day; a draft until it is recorded, then frozen by trigger.

    The leader or the initiator's contact person writes it; each party states its own figures beside it (S4.6).
    `number` counts the follow-ups of a case; `definition` is the wording it was begun on, none for the first wording.
    """

    case = models.ForeignKey(TransferCase, models.PROTECT, related_name="follow_ups")
    definition = models.ForeignKey(FormDefinition, models.PROTECT, null=True, related_name="+", verbose_name="skema")
    number = models.PositiveIntegerField("nummer")
    revision = models.PositiveIntegerField(default=0)
    held_on = models.DateField("dato for opfølgningen", null=True, blank=True)
    patients_kind = models.CharField("patienter om året", max_length=8, choices=CountKind, blank=True)
    patients_number = models.PositiveIntegerField("antal patienter om året", null=True, blank=True)
    went_well = models.TextField("hvad er gået godt", max_length=8000, blank=True)
    went_badly = models.TextField("hvad er gået mindre godt", max_length=8000, blank=True)
    patient_experience = models.TextField("patienternes oplevelse", max_length=8000, blank=True)
    outcome = models.CharField("udfald", max_length=8, choices=FollowUpOutcome, blank=True)
    outcome_reason = models.TextField("begrundelse for udfaldet", max_length=8000, blank=True)
    next_on = models.DateField("næste opfølgning", null=True, blank=True)
    recorded_at = models.DateTimeField("registreret", null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    updated_at = models.DateTimeField("gemt", default=now)

    class Meta(CaseBound.Meta):
        verbose_name = "opfølgning"
        verbose_name_plural = "opfølgninger"
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="follow_up_number_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(recorded_at__isnull=True), name="follow_up_one_draft",
                violation_error_message="Der er allerede en kladde til en opfølgning.",
            ),
            counted_like_patients("follow_up_hides_one_to_four"),
            models.CheckConstraint(
                name="follow_up_recorded_is_whole",
                condition=Q(recorded_at__isnull=True, recorded_by__isnull=True)
                | Q(recorded_at__isnull=False, recorded_by__isnull=False, held_on__isnull=False)
                & ~Q(outcome="") & ~Q(outcome_reason=""),
            ),
            models.CheckConstraint(
                name="follow_up_next_is_later", condition=Q(next_on__isnull=True) | Q(next_on__gt=F("held_on")),
                violation_error_message="Næste opfølgning skal ligge efter denne.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Opfølgning {self.number}, {self.case.number}"

    @property
    def is_recorded(self) -> bool:
        """Whether it is frozen."""
        return self.recorded_at is not None

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[FollowUp]:
        """Everyone who sees the case sees its follow-ups, the draft too; `case` must come from `visible_to`."""
        return cls.unscoped.filter(case=case).select_related("recorded_by")


class Measurement(CaseBound):
    """Målt værdi: what an indicator showed, beside what was expected of it when the follow-up was recorded."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="measurements")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="measurements")
    measured = models.DecimalField("målt", max_digits=14, decimal_places=2, null=True, blank=True)
    expected = models.DecimalField("forventet", max_digits=14, decimal_places=2, null=True, blank=True)
    baseline = models.DecimalField("udgangspunkt", max_digits=14, decimal_places=2, null=True, blank=True)
    aim = models.CharField("retning", max_length=8, choices=Aim, default=Aim.AT_LEAST)

    class Meta(CaseBound.Meta):
        verbose_name = "målt værdi"
        verbose_name_plural = "målte værdier"
        ordering = ["follow_up", "indicator__order", "indicator"]
        constraints = [models.UniqueConstraint(fields=["follow_up", "indicator"], name="measurement_once")]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.measured}"

    @property
    def is_met(self) -> bool | None:
        """Whether the expected result came; None where one of the two figures is missing."""
        if self.measured is None or self.expected is None:
            return None
        return self.measured >= self.expected if self.aim == Aim.AT_LEAST else self.measured <= self.expected

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[Measurement]:
        """As the follow-up they belong to."""
        return cls.unscoped.filter(follow_up__case=case).select_related("indicator")


class PartyOutcome(CaseBound):
    """Partens egne tal: how economy and patients came out for one party, stated by itself (S4.6; rule 13)."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="party_outcomes")
    party = models.ForeignKey(AgreementParty, models.PROTECT, related_name="outcomes")
    economy_known = models.CharField("økonomien kan opgøres", max_length=8, choices=EconomyKnown, blank=True)
    one_off_cost = models.BigIntegerField("engangsudgift", null=True, blank=True)
    annual_cost = models.BigIntegerField("årlig driftsudgift", null=True, blank=True)
    annual_saving = models.BigIntegerField("årlig besparelse", null=True, blank=True)
    patients_kind = models.CharField("patienter om året", max_length=8, choices=CountKind, blank=True)
    patients_number = models.PositiveIntegerField("antal patienter om året", null=True, blank=True)
    note = models.TextField("bemærkning", max_length=8000, blank=True)
    stated_at = models.DateTimeField("oplyst", default=now)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(CaseBound.Meta):
        verbose_name = "partens egne tal"
        verbose_name_plural = "parternes egne tal"
        ordering = ["follow_up", "party__organisation__kind", "party__organisation__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "party"], name="party_outcome_once"),
            counted_like_patients("party_outcome_hides_one_to_four"),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.follow_up}"

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[PartyOutcome]:
        """As the follow-up they belong to."""
        return cls.unscoped.filter(follow_up__case=case).select_related("party__organisation")
