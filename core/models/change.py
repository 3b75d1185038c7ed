"""Ændring: the insert-only, hash-chained history of configuration (contacts, forums, parameters …)."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from core.models.guarded import GuardedModel


class ChangeEntry(GuardedModel):
    """Ændring: one step in the configuration's history; a trigger refuses to change or remove it.

    `facts` holds keys, dates and figures; names and texts that may have to be hidden later live elsewhere.
    """

    unguarded: ClassVar[frozenset[str]] = frozenset(
        {"subject_type", "subject_id", "kind", "previous_hash", "entry_hash"}
    )

    number = models.PositiveBigIntegerField("nummer", unique=True)
    subject_type = models.CharField("genstand", max_length=100)
    subject_id = models.CharField("genstandens nøgle", max_length=64)
    kind = models.CharField("handling", max_length=50)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="udført af",
    )
    facts = models.JSONField("oplysninger", default=dict, blank=True)
    recorded_at = models.DateTimeField("registreret")
    previous_hash = models.CharField("forrige kontrolsum", max_length=64, unique=True)
    entry_hash = models.CharField("kontrolsum", max_length=64, unique=True)

    class Meta:
        verbose_name = "ændring"
        verbose_name_plural = "ændringer"
        ordering = ("number",)
        indexes = (models.Index(fields=("subject_type", "subject_id", "number"), name="core_change_subject"),)

    def __str__(self) -> str:
        return f"{self.number}. {self.kind}"
