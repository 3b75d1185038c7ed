"""The tables of the mini-MTV (design: forms, section 4): rows beside the texts of questions 6, 7, 8, 9, 24 and 26."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from dialogue.enums import CountKind
from minimtv.enums import EvidenceLevel, Likelihood
from minimtv.models.sheet import MiniMTV
from transfers.models import TransferCase
from transfers.models.bound import CaseBound

if TYPE_CHECKING:
    from contacts.viewer import Viewer

LAST_YEAR = 4


class SheetRow(CaseBound):
    """Række i en af mini-MTV'ens tabeller: a line of one document, at its place."""

    document = models.ForeignKey(MiniMTV, models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField("plads")

    class Meta(CaseBound.Meta):
        abstract = True
        ordering = ["document", "order"]
        constraints = [models.UniqueConstraint(fields=["document", "order"], name="%(class)s_place_once")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.order + 1}"

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[Self]:
        """As the mini-MTV it belongs to."""
        return cls.unscoped.filter(document__in=MiniMTV.visible_within(case, viewer))


class LiteratureSearch(SheetRow):
    """Søgning (question 6): where, for what, and when somebody looked for literature."""

    database = models.CharField("database eller kilde", max_length=200, blank=True)
    terms = models.CharField("søgeord", max_length=1000, blank=True)
    searched_on = models.DateField("dato", null=True, blank=True)

    class Meta(SheetRow.Meta):
        verbose_name = "søgning"
        verbose_name_plural = "søgninger"


class Reference(SheetRow):
    """Kilde (question 7): a reference, how strong it is if that is known, and what it found."""

    reference = models.CharField("reference", max_length=1000, blank=True)
    level = models.PositiveSmallIntegerField("evidensniveau", choices=EvidenceLevel, null=True, blank=True)
    finding = models.CharField("fund", max_length=1000, blank=True)

    class Meta(SheetRow.Meta):
        verbose_name = "kilde"
        verbose_name_plural = "kilder"


class Effect(SheetRow):
    """Effekt (question 8): what is measured, how much it changes, in which unit, and compared with what."""

    outcome = models.CharField("det, der måles", max_length=300, blank=True)
    comparator = models.CharField("sammenlignet med", max_length=300, blank=True)
    number = models.DecimalField("forskel", max_digits=16, decimal_places=4, null=True, blank=True)
    unit = models.CharField("enhed", max_length=100, blank=True)

    class Meta(SheetRow.Meta):
        verbose_name = "effekt"
        verbose_name_plural = "effekter"


class Risk(SheetRow):
    """Risiko (question 9): what may happen, how likely it is, and what prevents it."""

    risk = models.CharField("risiko", max_length=1000, blank=True)
    likelihood = models.CharField("sandsynlighed", max_length=10, choices=Likelihood, blank=True)
    mitigation = models.CharField("forebyggelse", max_length=1000, blank=True)

    class Meta(SheetRow.Meta):
        verbose_name = "risiko"
        verbose_name_plural = "risici"


class EconomyYear(SheetRow):
    """Økonomi i et år (questions 21 to 26): the initiator's own figures; a party states its own itself (S4.6)."""

    year = models.PositiveSmallIntegerField("år")
    one_off_cost = models.BigIntegerField("engangsudgift", null=True, blank=True)
    annual_cost = models.BigIntegerField("drift", null=True, blank=True)
    annual_saving = models.BigIntegerField("besparelse", null=True, blank=True)
    patients_kind = models.CharField("patienter", max_length=8, choices=CountKind, blank=True)
    patients_number = models.PositiveIntegerField("antal patienter", null=True, blank=True)

    class Meta(SheetRow.Meta):
        verbose_name = "økonomi i et år"
        verbose_name_plural = "økonomi år for år"
        constraints = [
            *SheetRow.Meta.constraints,
            models.UniqueConstraint(fields=["document", "year"], name="economy_year_once"),
            models.CheckConstraint(name="economy_year_is_0_to_4", condition=Q(year__lte=LAST_YEAR)),
            models.CheckConstraint(
                name="economy_count_hides_one_to_four",
                condition=Q(patients_kind=CountKind.NUMBER) & (Q(patients_number=0) | Q(patients_number__gte=5))
                | ~Q(patients_kind=CountKind.NUMBER) & Q(patients_number__isnull=True),
                violation_error_message="1 til 4 patienter skrives som »1–4«.",
            ),
        ]


class EconomyRange(SheetRow):
    """Usikkerhed (question 26): what the figures rest on, and the yearly result when it turns out low or high."""

    assumption = models.CharField("forudsætning", max_length=500, blank=True)
    low = models.BigIntegerField("lavt skøn", null=True, blank=True)
    likely = models.BigIntegerField("sandsynligt skøn", null=True, blank=True)
    high = models.BigIntegerField("højt skøn", null=True, blank=True)

    class Meta(SheetRow.Meta):
        verbose_name = "usikkerhed"
        verbose_name_plural = "usikkerheder"
