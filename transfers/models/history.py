"""The case's history: insert-only, numbered and hash-chained per case (rule 16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from contacts.enums import Function
from contacts.models import Forum, Organisation
from transfers.enums import Stage
from transfers.models.bound import CaseBound
from transfers.models.case import TransferCase
from transfers.workflow import ACTS

if TYPE_CHECKING:
    from contacts.viewer import Viewer

AS_BOTH = {Function.CONTACT: "leder og kontaktperson", Function.DEPUTY: "leder og kontaktpersonens stedfortræder"}
FORUM_ONLY = tuple(act.code for act in ACTS if act.forum_only)


class JournalEntry(CaseBound):
    """Sagshistorik: one step. Facts are ids and figures after a schema per kind; no free text, no names."""

    case = models.ForeignKey(TransferCase, models.PROTECT, related_name="history")
    number = models.PositiveIntegerField("nummer")
    kind = models.CharField(max_length=40)
    stage_from = models.CharField(max_length=16, choices=Stage, blank=True)
    stage_to = models.CharField(max_length=16, choices=Stage)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    capacity = models.CharField(max_length=16)
    forum = models.ForeignKey(Forum, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField("registreret")
    happened_on = models.DateField("sket den")
    facts = models.JSONField(default=dict)
    only_for = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    previous_hash = models.CharField(max_length=64, blank=True)
    entry_hash = models.CharField(max_length=64)
    unguarded = frozenset({"kind", "capacity", "previous_hash", "entry_hash"})

    class Meta(CaseBound.Meta):
        verbose_name = "historikpost"
        verbose_name_plural = "sagshistorik"
        ordering = ["case", "number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="journal_number_once")]
        indexes = [models.Index(fields=["happened_on", "kind"], name="journal_day_kind")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.kind}"

    @property
    def acted_for(self) -> str:
        """For whom it was done; it shows when a stedfortræder acts »på vegne af«, and what one did as both."""
        prefix = "på vegne af " if self.capacity == Function.DEPUTY else ""
        both = AS_BOTH.get(self.facts.get("also_as"))
        return f"{prefix}{self.on_behalf_of or ''}{f', som {both}' if both else ''}"

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[JournalEntry]:
        """Entries about hidden children are only for the organisation they belong to, a vote for the forums."""
        rows = cls.unscoped.filter(Q(only_for__isnull=True) | Q(only_for__in=viewer.organisation_ids), case=case)
        within = viewer.is_secretariat or viewer.is_in_upper_forum
        return rows if within else rows.exclude(kind__in=FORUM_ONLY)


class JournalNote(CaseBound):
    """The written reason that goes with a step; outside the hashed facts, insert-only all the same."""

    entry = models.OneToOneField(JournalEntry, models.PROTECT, related_name="note")
    text = models.TextField("begrundelse", max_length=10000)

    class Meta(CaseBound.Meta):
        verbose_name = "begrundelse"
        verbose_name_plural = "begrundelser"

    def __str__(self) -> str:
        return self.text[:60]
