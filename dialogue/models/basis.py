"""The dialoggrundlag: what the department writes, and the numbered versions that others read (rule 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from contacts.models import Organisation
from core.freeze import digest
from core.models import Answer, FormDefinition
from dialogue.enums import (
    BasisSector,
    ChangeNature,
    CountKind,
    GeographicScope,
    MedicalResponsibility,
    ProposedForum,
)
from transfers.models import TransferCase
from transfers.models.bound import CaseBound
from transfers.rules import Circle
from transfers.workflow import WRITERS

if TYPE_CHECKING:
    from contacts.viewer import Viewer


def may_read_draft(case: TransferCase, viewer: Viewer) -> bool:
    """Tell whether the viewer may read what is not submitted: the department and its contact person only."""
    circle = Circle(case)
    return any(circle.holds(who, member) for who in WRITERS for member in viewer.memberships)


class DialogueBasis(CaseBound):
    """Dialoggrundlag – første skridt: what is being written; others read its versions.

    What is counted, summed or filtered stands in columns named after the question; free text is one
    BasisAnswer per question. `revision` rises with every save, and `step_revisions` remembers by part key
    when each step last changed, so that two people at work on two steps do not disturb each other.
    """

    case = models.OneToOneField(TransferCase, models.PROTECT, related_name="basis")
    definition = models.ForeignKey(FormDefinition, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    step_revisions = models.JSONField(default=dict, blank=True)
    updated_at = models.DateTimeField("gemt", default=now)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    from_sector = models.CharField("fra sektor", max_length=24, choices=BasisSector, blank=True)
    to_sectors = ArrayField(
        models.CharField(max_length=24, choices=BasisSector), default=list, blank=True, verbose_name="til sektorer"
    )
    change_nature = models.CharField("opgaven flytter", max_length=20, choices=ChangeNature, blank=True)
    specialty = models.CharField("speciale eller område", max_length=200, blank=True)
    start_date = models.DateField("ønsket start", null=True, blank=True)
    patients_total = models.PositiveIntegerField("patienter om året", null=True, blank=True)
    one_off_cost = models.PositiveBigIntegerField("engangsudgift", null=True, blank=True)
    annual_cost = models.PositiveBigIntegerField("årlig driftsudgift", null=True, blank=True)
    annual_saving = models.PositiveBigIntegerField("årlig besparelse", null=True, blank=True)
    medical_responsibility = models.CharField(
        "lægeligt behandlingsansvar", max_length=24, choices=MedicalResponsibility, blank=True
    )
    proposed_forum = models.CharField("foreslået forum", max_length=16, choices=ProposedForum, blank=True)
    geographic_scope = models.CharField("udbredelse", max_length=20, choices=GeographicScope, blank=True)
    unguarded = frozenset({"step_revisions", "to_sectors"})

    class Meta(CaseBound.Meta):
        verbose_name = "dialoggrundlag"
        verbose_name_plural = "dialoggrundlag"
        constraints = [
            models.CheckConstraint(
                name="basis_responsibility_never_municipality",
                condition=Q(medical_responsibility__in=["", *MedicalResponsibility.values]),
                violation_error_message="Behandlingsansvaret kan ikke ligge hos en kommune.",
            )
        ]

    def __str__(self) -> str:
        return f"Dialoggrundlag til {self.case}"

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[DialogueBasis]:
        """What is being written: for the initiating department and its contact person."""
        rows = cls.unscoped.filter(case=case)
        return rows if may_read_draft(case, viewer) else rows.none()


class BasisAnswer(CaseBound, Answer):
    """Et svar i dialoggrundlaget: free text to one question."""

    document = models.ForeignKey(DialogueBasis, models.CASCADE, related_name="answers")

    class Meta(CaseBound.Meta):
        verbose_name = "svar i dialoggrundlag"
        verbose_name_plural = "svar i dialoggrundlag"
        constraints = [
            models.UniqueConstraint(fields=["document", "question_key"], name="basis_answer_once_per_question")
        ]

    def __str__(self) -> str:
        return f"{self.question_key}: {self.text[:60]}"

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[BasisAnswer]:
        """As the dialoggrundlag it belongs to."""
        return cls.unscoped.filter(document__in=DialogueBasis.visible_within(case, viewer))


class PatientCount(CaseBound):
    """Patienter per kommune: a number, »1–4« or »ukendt«; one to four are never told apart (rule 17)."""

    basis = models.ForeignKey(DialogueBasis, models.CASCADE, related_name="patient_counts")
    municipality = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="kommune")
    kind = models.CharField("angivet som", max_length=8, choices=CountKind)
    number = models.PositiveIntegerField("antal", null=True, blank=True)

    class Meta(CaseBound.Meta):
        verbose_name = "patienter i en kommune"
        verbose_name_plural = "patienter i kommunerne"
        constraints = [
            models.UniqueConstraint(fields=["basis", "municipality"], name="patient_count_once_per_municipality"),
            models.CheckConstraint(
                name="patient_count_hides_one_to_four",
                condition=Q(kind=CountKind.NUMBER) & (Q(number=0) | Q(number__gte=5))
                | ~Q(kind=CountKind.NUMBER) & Q(number__isnull=True),
                violation_error_message="1 til 4 patienter skrives som »1–4«.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.get_kind_display()} {self.number or ''}"

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[PatientCount]:
        """As the dialoggrundlag it belongs to."""
        return cls.unscoped.filter(basis__in=DialogueBasis.visible_within(case, viewer))


class ProposedParty(CaseBound):
    """Foreslået part: an organisation the department thinks is affected; the contact person confirms (rule 4)."""

    basis = models.ForeignKey(DialogueBasis, models.CASCADE, related_name="proposed_parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta(CaseBound.Meta):
        verbose_name = "foreslået part"
        verbose_name_plural = "foreslåede parter"
        constraints = [models.UniqueConstraint(fields=["basis", "organisation"], name="proposed_party_once")]

    def __str__(self) -> str:
        return str(self.organisation)

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[ProposedParty]:
        """As the dialoggrundlag it belongs to."""
        return cls.unscoped.filter(basis__in=DialogueBasis.visible_within(case, viewer))


class BasisVersion(CaseBound):
    """Version af dialoggrundlaget: what was submitted, frozen with its checksum; insert-only by trigger.

    `content` is made by `dialogue.basis.content` from rows that are guarded themselves.
    """

    basis = models.ForeignKey(DialogueBasis, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("version")
    content = models.JSONField("indhold")
    sha256 = models.CharField("kontrolsum", max_length=64)
    submitted_at = models.DateTimeField("indsendt", default=now)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    unguarded = frozenset({"content", "sha256"})

    class Meta(CaseBound.Meta):
        verbose_name = "version af dialoggrundlag"
        verbose_name_plural = "versioner af dialoggrundlag"
        ordering = ["basis", "number"]
        constraints = [models.UniqueConstraint(fields=["basis", "number"], name="basis_version_number_once")]

    def __str__(self) -> str:
        return f"Version {self.number}"

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[BasisVersion]:
        """Everyone who sees the case reads what was submitted; `case` must come from `visible_to`."""
        return cls.unscoped.filter(basis__case=case).select_related("submitted_by")

    @property
    def is_intact(self) -> bool:
        """Whether the content still has the checksum it was frozen with."""
        return digest(self.content) == self.sha256
