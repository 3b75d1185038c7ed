"""The case itself, its number series and the grants that let groups see it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat, Lower
from django.urls import reverse
from django.utils.timezone import now
from guardian.models import GroupObjectPermissionBase

from contacts.models import Forum, Organisation
from transfers.enums import ChangeKind, Result, Stage
from transfers.models.bound import CaseBound

if TYPE_CHECKING:
    from contacts.viewer import Viewer


# Kept by the database, indexed by trigrams (migration 0012)
FINDABLE = Lower(Concat("number", Value(" "), "title", Value(" "), "search_text", output_field=models.TextField()))


@lru_cache(maxsize=10_000)
def address(number: str) -> str:
    """Return the address of a case's overview; a list has many of them."""
    return reverse("transfers:case", args=[number])


class TransferCase(CaseBound):
    """Opgaveflytningssag: a task that is planned to move, from the first screening to its end (S1)."""

    number = models.CharField("sagsnummer", max_length=16, unique=True, editable=False)
    title = models.CharField("titel", max_length=200)
    change_kind = models.CharField("ændringens art", max_length=16, choices=ChangeKind)
    what_changes = models.TextField("hvad ændres", max_length=4000)
    stage = models.CharField("stadie", max_length=16, choices=Stage, default=Stage.SCREENING)
    result = models.CharField("resultat", max_length=20, choices=Result, blank=True)
    initiator = models.ForeignKey(Organisation, models.PROTECT, related_name="initiated")
    department = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="initiated_in", verbose_name="afdeling"
    )
    current_forum = models.ForeignKey(Forum, models.PROTECT, null=True, blank=True, related_name="cases_now")
    returned_by = models.ForeignKey(Forum, models.PROTECT, null=True, blank=True, related_name="cases_returned")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="cases_filed")
    sort_date = models.DateTimeField("oprettet", default=now, editable=False)
    stage_since = models.DateTimeField("i stadiet siden", default=now)
    contact_deadline = models.DateField("kontaktpersonens frist", null=True, blank=True)
    dialogue_closed_at = models.DateTimeField("dialogen lukket", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    request_key = models.UUIDField(unique=True, null=True, editable=False)
    search_text = models.TextField(editable=False, default="")
    findable = models.GeneratedField(expression=FINDABLE, output_field=models.TextField(), db_persist=True)

    class Meta(CaseBound.Meta):
        verbose_name = "opgaveflytningssag"
        verbose_name_plural = "opgaveflytningssager"
        ordering = ["-sort_date", "-pk"]
        indexes = [
            models.Index(fields=["stage", "-sort_date"], name="case_stage_date"),
            models.Index(fields=["-sort_date", "-id"], name="case_date"),  # the list's three orders
            models.Index(fields=["title", "id"], name="case_title"),
            models.Index(fields=["stage_since", "id"], name="case_since"),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_closed_has_result",
                condition=Q(stage=Stage.CLOSED) & ~Q(result="") | ~Q(stage=Stage.CLOSED) & Q(result=""),
            ),
            models.CheckConstraint(
                name="case_in_forum_has_forum",
                condition=Q(
                    stage__in=[Stage.LOCAL_FORUM, Stage.PORTFOLIO, Stage.ADMINISTRATIVE],
                    current_forum__isnull=False,
                )
                | ~Q(stage__in=[Stage.LOCAL_FORUM, Stage.PORTFOLIO, Stage.ADMINISTRATIVE])
                & Q(current_forum__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        """The address of the case's overview."""
        return address(self.number)

    @classmethod
    def visible_to(cls, viewer: Viewer) -> models.QuerySet[TransferCase]:
        """Return the cases the viewer may know of: the only way in from a page (design: access)."""
        if viewer.is_secretariat:
            return cls.unscoped.all()
        granted = TransferCaseGrant.objects.filter(group_id__in=viewer.group_ids)
        return cls.unscoped.filter(pk__in=granted.values("content_object_id"))

    @property
    def stage_label(self) -> str:
        """The stage in words; the forum that has the case is called what it is called now."""
        return f"I {self.current_forum}" if self.current_forum else Stage(self.stage).label

    @property
    def home(self) -> Organisation:
        """The department or unit that started the case, else the organisation."""
        return self.department or self.initiator

    @property
    def origin(self) -> str:
        """Who started the case, in words: organisation and department."""
        return f"{self.initiator}, {self.department}" if self.department else str(self.initiator)

    @property
    def is_past_draft(self) -> bool:
        """Whether the dialoggrundlag was ever sent from the department."""
        return self.contact_deadline is not None


class TransferCaseGrant(GroupObjectPermissionBase):
    """Sight of one case for one group, with the case's sort date so that lists read it by index."""

    content_object = models.ForeignKey(TransferCase, models.CASCADE, related_name="grants", db_index=False)
    sort_date = models.DateTimeField(editable=False)

    class Meta(GroupObjectPermissionBase.Meta):
        indexes = [
            models.Index(fields=["group", "-sort_date", "content_object"], name="grant_group_date"),
            models.Index(fields=["content_object", "group"], name="grant_case_group"),
        ]


class CaseCounter(models.Model):
    """The last case number given out in a year; its row lock keeps the series free of doubles."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"OF-{self.year}-{self.last:04d}"
