"""Forums and their quorum; names, levels and periods are data (health reform renames them)."""

from __future__ import annotations

from django.db import models

from contacts.enums import ForumLevel, Side
from contacts.models.base import Grantee
from contacts.models.organisation import Organisation
from contacts.periods import Period, in_force, ordered_period
from core.models import GuardedModel


class Forum(Grantee, Period):
    """Forum: a hospital's samarbejdsforum, the Porteføljestyregruppe or Den Administrative Styregruppe."""

    short_name = models.CharField("kort navn", max_length=40)
    level = models.CharField("niveau", max_length=16, choices=ForumLevel)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="forums", verbose_name="sygehus"
    )
    may_agree_locally = models.BooleanField("kan selv indgå aftale", default=False)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="afløses af"
    )
    handed_over_at = models.DateTimeField("sagerne overdraget", null=True, editable=False)

    class Meta:
        verbose_name = "forum"
        verbose_name_plural = "fora"
        ordering = ["level", "sort_key"]
        constraints = [
            ordered_period("forum_period_ordered"),
            models.CheckConstraint(
                name="forum_local_has_hospital",
                condition=models.Q(level=ForumLevel.LOCAL, organisation__isnull=False)
                | (~models.Q(level=ForumLevel.LOCAL) & models.Q(organisation__isnull=True)),
                violation_error_message="Et samarbejdsforum hører til et sygehus – de andre fora gør ikke.",
            ),
            models.CheckConstraint(
                name="forum_ends_with_a_successor",
                condition=models.Q(valid_to__isnull=True) | models.Q(successor__isnull=False),
                violation_error_message="Et forum slutter kun, når et andet overtager dets sager.",
            ),
        ]

    @property
    def heir(self) -> Forum:
        """Who takes up what this forum has had: itself, or the one that has taken over when it has ended."""
        ended = self.handed_over_at is not None or not self.is_in_force()
        return self.successor.heir if ended and self.successor is not None else self

    @classmethod
    def taking_cases(cls) -> models.QuerySet[Forum]:
        """Return the forums that cases can be put before today: in force, and not handed over to a successor."""
        return cls.objects.filter(in_force(), handed_over_at__isnull=True)


class ForumQuorum(GuardedModel):
    """Beslutningsdygtighed: how many members of one side must take part."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="quorum")
    side = models.CharField("side", max_length=20, choices=Side)
    minimum = models.PositiveSmallIntegerField("mindst", default=1)

    class Meta:
        verbose_name = "beslutningsdygtighed"
        verbose_name_plural = "beslutningsdygtighed"
        constraints = [models.UniqueConstraint(fields=["forum", "side"], name="quorum_once_per_side")]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: mindst {self.minimum}"
