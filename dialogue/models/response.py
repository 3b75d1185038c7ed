"""A party's response: its draft, its answers, and the frozen versions that everybody else reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from contacts.models import Organisation
from core.models import Answer, FormDefinition
from dialogue.enums import CountKind
from transfers.models import Party, TransferCase
from transfers.models.bound import CaseBound

if TYPE_CHECKING:
    from contacts.viewer import Viewer


class Position(models.TextChoices):
    """Holdning: what a party says to the transfer (rule 4)."""

    SUPPORT = "support", "Tilslutning"
    CONDITIONAL = "conditional", "Tilslutning med betingelser"
    OPPOSE = "oppose", "Kan ikke tilslutte sig"
    UNDECIDED = "undecided", "Kan ikke tage stilling endnu"
    UNAFFECTED = "unaffected", "Ikke berørt"
    NOTED = "noted", "Taget til efterretning"


class EconomyKnown(models.TextChoices):
    """Whether the party can state its own economy; »not yet« is an answer (rule 4)."""

    KNOWN = "known", "Ja, som et skøn"
    NOT_YET = "not_yet", "Kan ikke opgøres endnu"


class ResponseState(models.TextChoices):
    """Whether the text differs from the last submitted version."""

    DRAFT = "draft", "Kladde"
    SUBMITTED = "submitted", "Indsendt"


class PartyResponse(CaseBound):
    """Partens svar: the party's own text and figures as they stand now; a draft that only the party sees.

    `latest` is the version the others read, `basis_version` the dialoggrundlag it holds for: the one it was
    submitted on, or a newer one for which the party has confirmed it.
    """

    party = models.OneToOneField(Party, models.PROTECT, related_name="response")
    definition = models.ForeignKey(FormDefinition, models.PROTECT, related_name="+")
    state = models.CharField("tilstand", max_length=10, choices=ResponseState, default=ResponseState.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    basis_version = models.PositiveIntegerField("gælder dialoggrundlagets version", null=True, blank=True)
    latest = models.OneToOneField(
        "ResponseVersion", models.PROTECT, null=True, blank=True, related_name="latest_of", editable=False
    )
    position = models.CharField("holdning", max_length=12, choices=Position, blank=True)
    economy_known = models.CharField("økonomien kan opgøres", max_length=8, choices=EconomyKnown, blank=True)
    one_off_cost = models.BigIntegerField("engangsudgift", null=True, blank=True)
    annual_cost = models.BigIntegerField("årlig driftsudgift", null=True, blank=True)
    annual_saving = models.BigIntegerField("årlig besparelse", null=True, blank=True)
    patients_kind = models.CharField("patienter", max_length=8, choices=CountKind, blank=True)
    patients_number = models.PositiveIntegerField("patienter om året", null=True, blank=True)
    clinics_joined = models.PositiveIntegerField("tilsluttede klinikker", null=True, blank=True)
    clinics_total = models.PositiveIntegerField("klinikker i alt", null=True, blank=True)
    fee = models.BigIntegerField("honorar pr. patient", null=True, blank=True)
    hours_per_year = models.PositiveIntegerField("timer om året", null=True, blank=True)
    submitted_at = models.DateTimeField("indsendt", null=True, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField("gemt", auto_now=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta(CaseBound.Meta):
        verbose_name = "partens svar"
        verbose_name_plural = "parternes svar"
        constraints = [
            models.CheckConstraint(
                name="response_count_hides_one_to_four",
                condition=Q(patients_kind=CountKind.NUMBER)
                & (Q(patients_number=0) | Q(patients_number__gte=5))
                | ~Q(patients_kind=CountKind.NUMBER) & Q(patients_number__isnull=True),
                violation_error_message="1 til 4 patienter skrives som »1–4«.",
            ),
            models.CheckConstraint(
                name="response_submitted_whole",
                condition=Q(
                    latest__isnull=False, submitted_at__isnull=False, submitted_by__isnull=False,
                    basis_version__isnull=False,
                )
                | Q(
                    state=ResponseState.DRAFT, latest__isnull=True, submitted_at__isnull=True,
                    submitted_by__isnull=True, basis_version__isnull=True,
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Svar fra {self.party}"

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[PartyResponse]:
        """The drafts of the viewer's own organisation; everybody else reads the versions."""
        own = cls.unscoped.filter(party__case=case, party__organisation__in=viewer.organisation_ids)
        return own.select_related("party__organisation", "definition", "updated_by")


class ResponseAnswer(CaseBound, Answer):
    """Et svar i kladden: one free text, by the key of its question."""

    document = models.ForeignKey(PartyResponse, models.PROTECT, related_name="answers")

    class Meta(CaseBound.Meta):
        verbose_name = "svar på spørgsmål"
        verbose_name_plural = "svar på spørgsmål"
        constraints = [
            models.UniqueConstraint(fields=["document", "question_key"], name="response_answer_once")
        ]

    def __str__(self) -> str:
        return self.question_key

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[ResponseAnswer]:
        """The draft's answers, for the party's own organisation."""
        return cls.unscoped.filter(document__in=PartyResponse.visible_within(case, viewer))


class ResponseVersion(CaseBound):
    """Afgivet svar: what the party said, frozen; insert-only in the database."""

    response = models.ForeignKey(PartyResponse, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("version")
    basis_version = models.PositiveIntegerField("svar på dialoggrundlagets version")
    content = models.JSONField("indhold")
    sha256 = models.CharField(max_length=64)
    on_behalf_of = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=16)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField("afgivet")
    unguarded = frozenset({"sha256", "capacity"})

    class Meta(CaseBound.Meta):
        verbose_name = "afgivet svar"
        verbose_name_plural = "afgivne svar"
        ordering = ["response", "number"]
        constraints = [models.UniqueConstraint(fields=["response", "number"], name="response_version_once")]

    def __str__(self) -> str:
        return f"{self.response}, version {self.number}"

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[ResponseVersion]:
        """Everyone who sees the case reads what was submitted; `case` must come from `visible_to`."""
        rows = cls.unscoped.filter(response__party__case=case)
        return rows.select_related("response__party__organisation", "submitted_by", "on_behalf_of")

    @property
    def position(self) -> Position:
        """What the party said in this version."""
        return Position(self.content["position"])

    def get_absolute_url(self) -> str:
        """Where the version is read."""
        party = self.response.party
        return reverse("dialogue:response", args=[party.case.number, party.pk]) + f"?version={self.number}"
