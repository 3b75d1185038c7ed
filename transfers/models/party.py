"""Who is affected by a case, and which forums it has been put before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from contacts.models import Forum, Organisation
from transfers.models.bound import CaseBound
from transfers.models.case import TransferCase

if TYPE_CHECKING:
    from contacts.viewer import Viewer


class Party(CaseBound):
    """Berørt part: an organisation that is asked for a response before its own deadline (rule 4)."""

    case = models.ForeignKey(TransferCase, models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="party_to")
    deadline = models.DateField("svarfrist")
    added_at = models.DateTimeField("tilføjet", auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(CaseBound.Meta):
        verbose_name = "berørt part"
        verbose_name_plural = "berørte parter"
        ordering = ["organisation__kind", "organisation__sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organisation"], name="party_once",
                violation_error_message="Organisationen er allerede part i sagen.",
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[Party]:
        """Everyone who sees the case sees its parties; `case` must come from `visible_to`."""
        return cls.unscoped.filter(case=case).select_related("organisation", "case")


class Placement(CaseBound):
    """Behandling i forum: the case was put before a forum, from then until it left it."""

    case = models.ForeignKey(TransferCase, models.PROTECT, related_name="placements")
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="placements")
    placed_at = models.DateTimeField("lagt frem", auto_now_add=True)
    ended_at = models.DateTimeField("forlod forummet", null=True, blank=True)
    ended_by_act = models.CharField(max_length=40, blank=True)
    unguarded = frozenset({"ended_by_act"})

    class Meta(CaseBound.Meta):
        verbose_name = "behandling i forum"
        verbose_name_plural = "behandlinger i forum"
        ordering = ["placed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at__isnull=True), name="placement_one_open")
        ]

    def __str__(self) -> str:
        return f"{self.case.number} i {self.forum}"

    @classmethod
    def visible_within(cls, case: TransferCase, viewer: Viewer) -> models.QuerySet[Placement]:
        """Everyone who sees the case sees which forums have had it."""
        return cls.unscoped.filter(case=case).select_related("forum")
