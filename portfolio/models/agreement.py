"""The agreement between the parties: its draft, who is to do what, and what is to be measured (S3 rec. 7; rule 11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from contacts.models import Organisation
from core.models import Answer, FormDefinition
from transfers.models import TransferCase
from transfers.models.bound import CaseBound

if TYPE_CHECKING:
    from contacts.viewer import Viewer


class ResponsibilityHolder(models.TextChoices):
    """Hvem der har det lægelige behandlingsansvar: one place, and never a municipality (S4.10, S5.4)."""

    HOSPITAL = "hospital", "Sygehus"
    GENERAL_PRACTICE = "general_practice", "Almen praksis"
    SPECIALIST_PRACTICE = "specialist_practice", "Speciallægepraksis"
    NONE = "none", "Intet lægeligt behandlingsansvar"


class Agreement(CaseBound):
    """Aftale: what is being agreed on, as it stands now; parties confirm its frozen versions.

    What is counted or compared stands in columns named after the question; free text is one AgreementAnswer per
    question. `issued` is the number of the newest version sent out (0 before the first), `issued_revision` the
    revision it froze; `part_revisions` remembers by part key when each part last changed, so that two people at work
    on two parts do not disturb each other. In egenbehandling the initiator reports ready (rule 12).
    """

    case = models.OneToOneField(TransferCase, models.PROTECT, related_name="agreement")
    definition = models.ForeignKey(FormDefinition, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    part_revisions = models.JSONField(default=dict, blank=True)
    issued = models.PositiveIntegerField("nyeste udsendte version", default=0)
    issued_revision = models.PositiveIntegerField(default=0)
    is_self_care = models.BooleanField("egenbehandling", default=False)
    responsibility = models.CharField(
        "lægeligt behandlingsansvar", max_length=24, choices=ResponsibilityHolder, blank=True
    )
    responsible = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ansvarlig organisation"
    )
    start_date = models.DateField("gælder fra", null=True, blank=True)
    review_dates = ArrayField(models.DateField(), default=list, blank=True, verbose_name="datoer for opfølgning")
    notice_months = models.PositiveSmallIntegerField("varsel i måneder", null=True, blank=True)
    plo_agreement = models.CharField("konkret aftale med PLO", max_length=200, blank=True)
    plo_agreed_on = models.DateField("aftalen med PLO er indgået", null=True, blank=True)
    created_at = models.DateTimeField("begyndt", default=now)
    updated_at = models.DateTimeField("gemt", default=now)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    unguarded = frozenset({"part_revisions"})

    class Meta(CaseBound.Meta):
        verbose_name = "aftale"
        verbose_name_plural = "aftaler"
        constraints = [
            models.CheckConstraint(
                name="agreement_responsibility_never_municipality",
                condition=Q(responsibility__in=["", *ResponsibilityHolder.values]),
                violation_error_message="Behandlingsansvaret kan ikke ligge hos en kommune.",
            ),
            models.CheckConstraint(
                name="agreement_none_responsible_without_holder",
                condition=~Q(responsibility=ResponsibilityHolder.NONE) | Q(responsible__isnull=True),
                violation_error_message="Uden lægeligt behandlingsansvar er der ingen ansvarlig organisation.",
            ),
        ]

    def __str__(self) -> str:
        return f"Aftale til {self.case}"

    @property
    def is_changed(self) -> bool:
        """Whether the draft says something else than the newest version that was sent out."""
        return self.revision != self.issued_revision

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[Agreement]:
        """Everyone who sees the case sees its agreement, draft too; `case` must come from `visible_to`."""
        return cls.unscoped.filter(case=case).select_related("definition", "responsible", "updated_by")


class AgreementAnswer(CaseBound, Answer):
    """Et svar i aftalen: free text to one question."""

    document = models.ForeignKey(Agreement, models.CASCADE, related_name="answers")

    class Meta(CaseBound.Meta):
        verbose_name = "svar i aftale"
        verbose_name_plural = "svar i aftaler"
        constraints = [models.UniqueConstraint(fields=["document", "question_key"], name="agreement_answer_once")]

    def __str__(self) -> str:
        return f"{self.question_key}: {self.text[:60]}"

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[AgreementAnswer]:
        """As the agreement it belongs to."""
        return cls.unscoped.filter(document__in=Agreement.visible_within(case, viewer))


class Aim(models.TextChoices):
    """Hvilken vej er god: which way a measured value compares with the expected one."""

    AT_LEAST = "at_least", "Mindst"
    AT_MOST = "at_most", "Højst"


class Indicator(CaseBound):
    """Indikator: what shows whether the expected results came (S5.3). Dropped ones stay, marked `is_dropped`."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="indicators")
    order = models.PositiveSmallIntegerField("rækkefølge", default=0)
    name = models.CharField("indikator", max_length=200)
    unit = models.CharField("enhed", max_length=60, blank=True)
    baseline = models.DecimalField("udgangspunkt", max_digits=14, decimal_places=2, null=True, blank=True)
    aim = models.CharField("retning", max_length=8, choices=Aim, default=Aim.AT_LEAST)
    expected = models.DecimalField("forventet", max_digits=14, decimal_places=2, null=True, blank=True)
    measured_when = models.CharField("hvornår måles den", max_length=200, blank=True)
    source = models.CharField("kilde", max_length=200, blank=True)
    is_dropped = models.BooleanField("udgået", default=False)

    class Meta(CaseBound.Meta):
        verbose_name = "indikator"
        verbose_name_plural = "indikatorer"
        ordering = ["agreement", "order", "pk"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[Indicator]:
        """As the agreement it belongs to; dropped ones are left out."""
        return cls.unscoped.filter(agreement__in=Agreement.visible_within(case, viewer), is_dropped=False)
