"""The mini-MTV: what is being written, answer by answer, and the versions the contact person signed off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import now

from core.freeze import digest
from core.models import Answer, FormDefinition
from minimtv.document import Given
from minimtv.enums import State
from minimtv.models.co_author import may_read_draft
from transfers.models import TransferCase
from transfers.models.bound import CaseBound

if TYPE_CHECKING:
    from contacts.viewer import Viewer


class MiniMTV(CaseBound):
    """Mini-MTV: 26 questions in five parts, as they are being written (after Sundhedsstyrelsen/CEMTV 2005).

    It keeps the form definition it was begun on. `revision` rises with every save; any save after the
    sign-off makes it a draft again.
    """

    case = models.OneToOneField(TransferCase, models.PROTECT, related_name="mini_mtv")
    definition = models.ForeignKey(FormDefinition, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    state = models.CharField("tilstand", max_length=10, choices=State, default=State.DRAFT)
    updated_at = models.DateTimeField("gemt", default=now)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(CaseBound.Meta):
        verbose_name = "mini-MTV"
        verbose_name_plural = "mini-MTV'er"

    def __str__(self) -> str:
        return f"Mini-MTV til {self.case}"

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[MiniMTV]:
        """What is being written, for the initiator, co-authors and the secretariat; others read the versions."""
        rows = cls.unscoped.filter(case=case).select_related("updated_by")
        return rows if may_read_draft(case, viewer) else rows.none()


class MiniMTVAnswer(CaseBound, Answer):
    """Et svar i mini-MTV'en: a text, or a reason why the question is not relevant."""

    document = models.ForeignKey(MiniMTV, models.CASCADE, related_name="answers")
    not_relevant = models.BooleanField("ikke relevant", default=False)
    not_relevant_reason = models.TextField("hvorfor ikke relevant", max_length=2000, blank=True)

    class Meta(CaseBound.Meta):
        verbose_name = "svar i mini-MTV"
        verbose_name_plural = "svar i mini-MTV"
        constraints = [models.UniqueConstraint(fields=["document", "question_key"], name="mini_mtv_answer_once")]

    def __str__(self) -> str:
        return f"{self.question_key}: {self.text[:60]}"

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[MiniMTVAnswer]:
        """As the mini-MTV it belongs to."""
        return cls.unscoped.filter(document__in=MiniMTV.visible_within(case, viewer))

    @property
    def given(self) -> Given:
        """The answer as a value."""
        return Given(self.text, self.not_relevant, self.not_relevant_reason)


class MiniMTVVersion(CaseBound):
    """Godkendt mini-MTV: what the contact person signed off, with its checksum; insert-only by trigger."""

    case = models.ForeignKey(TransferCase, models.PROTECT, related_name="mini_mtv_versions")
    number = models.PositiveIntegerField("version")
    content = models.JSONField("indhold")
    sha256 = models.CharField("kontrolsum", max_length=64)
    signed_off_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_off_at = models.DateTimeField("godkendt", default=now)
    unguarded = frozenset({"sha256"})

    class Meta(CaseBound.Meta):
        verbose_name = "godkendt mini-MTV"
        verbose_name_plural = "godkendte mini-MTV'er"
        ordering = ["case", "number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="mini_mtv_version_once")]

    def __str__(self) -> str:
        return f"Mini-MTV, version {self.number}"

    def get_absolute_url(self) -> str:
        """Where the version is read."""
        return reverse("minimtv:version", args=[self.case.number, self.number])

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[MiniMTVVersion]:
        """Everyone who sees the case reads what was signed off; `case` must come from `visible_to`."""
        return cls.unscoped.filter(case=case).select_related("signed_off_by", "case")

    @property
    def is_intact(self) -> bool:
        """Whether the content still has the checksum it was frozen with."""
        return digest(self.content) == self.sha256
