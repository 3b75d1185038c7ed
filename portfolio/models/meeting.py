"""When a forum meets, who takes part, and that its minutes are approved (rules 8 and 9)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime, now

from contacts.enums import Function, Side
from contacts.models import Forum, Membership
from core.models import GuardedModel

if TYPE_CHECKING:
    from contacts.viewer import Viewer


class MeetingState(models.TextChoices):
    """How far a meeting has come, from its plan to its approved minutes."""

    PLANNED = "planned", "Planlagt"
    AGENDA_SENT = "agenda_sent", "Dagsorden sendt"
    HELD = "held", "Afholdt"
    MINUTES_SENT = "minutes_sent", "Referat til godkendelse"
    MINUTES_APPROVED = "minutes_approved", "Referat godkendt"
    CANCELLED = "cancelled", "Aflyst"


AHEAD = (MeetingState.PLANNED, MeetingState.AGENDA_SENT)
UNDER_WAY = (MeetingState.AGENDA_SENT, MeetingState.HELD)
CLOSED = (MeetingState.MINUTES_APPROVED, MeetingState.CANCELLED)


class Meeting(GuardedModel):
    """Møde: one meeting of a forum with its agenda, its participants and its minutes.

    `revision` counts what is changed about the meeting itself, `minutes_revision` how often the minutes were sent
    for approval. Once they are approved, the database freezes the meeting with its items and participants.
    """

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField("begynder")
    place = models.CharField("sted", max_length=200, blank=True)
    video_link = models.CharField("link til videomøde", max_length=300, blank=True)
    minute_taker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="referent"
    )
    guests = models.CharField("øvrige deltagere", max_length=500, blank=True)
    agenda_note = models.TextField("godkendelse af dagsordenen", max_length=2000, blank=True)
    other_business = models.TextField("eventuelt", max_length=8000, blank=True)
    state = models.CharField("tilstand", max_length=16, choices=MeetingState, default=MeetingState.PLANNED)
    agenda_sent_at = models.DateTimeField("dagsorden sendt", null=True, blank=True)
    minutes_sent_at = models.DateTimeField("referat sendt", null=True, blank=True)
    minutes_approved_at = models.DateTimeField("referat godkendt", null=True, blank=True)
    minutes_revision = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "møde"
        verbose_name_plural = "møder"
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "starts_at"], condition=~Q(state=MeetingState.CANCELLED), name="meeting_once",
                violation_error_message="Forummet har allerede et møde på det tidspunkt.",
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "starts_at"], name="meeting_state_start")]

    def __str__(self) -> str:
        return f"{self.forum.short_name}, {date_format(self.day, 'j. F Y')}"

    def get_absolute_url(self) -> str:
        """The meeting's page."""
        return reverse("portfolio:meeting", args=[self.pk])

    @property
    def day(self) -> date:
        """The Danish day the meeting is held."""
        return localtime(self.starts_at).date()

    @property
    def has_begun(self) -> bool:
        """Whether its time has come."""
        return self.starts_at <= now()

    @property
    def is_ahead(self) -> bool:
        """Whether it is still to be held."""
        return self.state in AHEAD

    @property
    def is_closed(self) -> bool:
        """Whether nothing more can be written in it."""
        return self.state in CLOSED

    @classmethod
    def visible_to(cls, viewer: Viewer) -> models.QuerySet[Meeting]:
        """Return the meetings of the forums the viewer sits in, all for the secretariat: the only way in."""
        rows = cls.objects.select_related("forum", "minute_taker")
        if viewer.is_secretariat:
            return rows
        return rows.filter(forum_id__in=[m.forum_id for m in viewer.memberships if m.forum_id])


class AttendanceStatus(models.TextChoices):
    """Whether a member takes part."""

    PRESENT = "present", "Til stede"
    ABSENT = "absent", "Afbud"


class Attendance(GuardedModel):
    """Deltagelse: whether one member of the forum took part; side and function as they were that day."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    side = models.CharField("side", max_length=20, choices=Side)
    function = models.CharField("funktion", max_length=16, choices=Function)
    status = models.CharField("deltagelse", max_length=10, choices=AttendanceStatus)

    class Meta:
        verbose_name = "deltagelse"
        verbose_name_plural = "deltagelse"
        ordering = ["side", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "membership"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.user.name}: {self.get_status_display()}"


class MinutesApproval(GuardedModel):
    """Godkendelse af referat: a member approved one sending of the minutes; insert-only by trigger."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="approvals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    minutes_revision = models.PositiveSmallIntegerField()
    approved_at = models.DateTimeField("godkendt", default=now)

    class Meta:
        verbose_name = "godkendelse af referat"
        verbose_name_plural = "godkendelser af referat"
        ordering = ["approved_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user", "minutes_revision"], name="minutes_approved_once")
        ]

    def __str__(self) -> str:
        return f"{self.user.name} godkendte referatet"
