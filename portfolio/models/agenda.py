"""What stands on the agenda of a meeting: cases, orientations and other matters (rule 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from contacts.enums import ForumLevel
from portfolio.models.meeting import Meeting
from portfolio.models.orientation import Orientation
from transfers.models import TransferCase
from transfers.models.bound import CaseBound

if TYPE_CHECKING:
    from contacts.viewer import Viewer

UPPER = (ForumLevel.PORTFOLIO, ForumLevel.ADMINISTRATIVE)


class ItemKind(models.TextChoices):
    """Sagstype: what the forum is to do with an item."""

    DECISION = "decision", "Beslutning"
    DISCUSSION = "discussion", "Drøftelse"
    ORIENTATION = "orientation", "Orientering"


class AgendaItem(CaseBound):
    """Dagsordenspunkt: a case, an orientation about one, or a matter of its own (then without a case).

    `basis_version` and `mini_mtv_version` are the frozen versions the forum has before it (bilag).
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    case = models.ForeignKey(TransferCase, models.PROTECT, null=True, blank=True, related_name="agenda_items")
    orientation = models.ForeignKey(
        Orientation, models.PROTECT, null=True, blank=True, related_name="items", verbose_name="orientering"
    )
    position = models.PositiveSmallIntegerField("nummer")
    kind = models.CharField("sagstype", max_length=12, choices=ItemKind, default=ItemKind.DECISION)
    title = models.CharField("overskrift", max_length=200, blank=True)
    resume = models.TextField("resumé", max_length=8000, blank=True)
    presentation = models.TextField("sagsfremstilling", max_length=20000, blank=True)
    recommendation = models.TextField("indstilling", max_length=4000, blank=True)
    basis_version = models.PositiveSmallIntegerField("dialoggrundlag, version", null=True, blank=True)
    mini_mtv_version = models.PositiveSmallIntegerField("mini-MTV, version", null=True, blank=True)
    is_closed = models.BooleanField("lukket punkt", default=False)
    minutes = models.TextField("referat", max_length=20000, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta(CaseBound.Meta):
        verbose_name = "dagsordenspunkt"
        verbose_name_plural = "dagsordenspunkter"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="agenda_item_about_something",
                condition=Q(case__isnull=False) | ~Q(title="") & Q(orientation__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["meeting", "case"], condition=Q(orientation__isnull=True), name="agenda_case_once",
                violation_error_message="Sagen står allerede på dagsordenen.",
            ),
            models.UniqueConstraint(
                fields=["meeting", "orientation"], name="agenda_orientation_once",
                violation_error_message="Orienteringen står allerede på dagsordenen.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.heading

    @property
    def heading(self) -> str:
        """What the item is called: the case's title, or its own."""
        return self.case.title if self.case else self.title

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[AgendaItem]:
        """Items about the case for the forum's members and the secretariat; open ones for PSG and DAS too.

        Nobody else reads an agenda, parties and initiator included (design: access).
        """
        rows = cls.unscoped.filter(case=case).select_related("meeting__forum", "orientation")
        if viewer.is_secretariat:
            return rows
        seats = [m.forum for m in viewer.memberships if m.forum is not None]
        own = Q(meeting__forum__in=seats)
        return rows.filter(own | Q(is_closed=False) if any(f.level in UPPER for f in seats) else own)

    @classmethod
    def visible_at(cls, meeting: Meeting, viewer: Viewer) -> models.QuerySet[AgendaItem]:
        """All items of a meeting that the viewer may see; none of another's."""
        rows = cls.unscoped.filter(meeting=meeting, meeting__in=Meeting.visible_to(viewer))
        return rows.select_related("case", "orientation__about", "meeting")
