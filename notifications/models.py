"""Notices: one row is both the line in the inbox and the mail in the outbox."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from core.models import GuardedModel

PARAMETER = "besked"


class Notice(GuardedModel):
    """Besked: case number and title, with a path that asks for sign-in; mailed exactly once.

    `event` says in the inbox what happened; the mail does not. `path` leads to the page where the act is done,
    `fallback` to the place that is left when it no longer can be.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    key = models.CharField(max_length=120, unique=True)
    subject = models.CharField("emne", max_length=300)
    event = models.CharField("hændelse", max_length=120, blank=True)
    path = models.CharField("adresse", max_length=200)
    fallback = models.CharField("ellers", max_length=200, blank=True)
    created_at = models.DateTimeField("oprettet", default=now)
    read_at = models.DateTimeField("læst", null=True, blank=True)
    sent_at = models.DateTimeField("sendt", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("forsøg", default=0)
    next_attempt_at = models.DateTimeField("næste forsøg", default=now)
    unguarded = frozenset({"key", "path", "fallback"})

    class Meta:
        verbose_name = "besked"
        verbose_name_plural = "beskeder"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(sent_at__isnull=True), name="notice_outbox"),
            models.Index(fields=["user", "-created_at"], name="notice_inbox"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def link(self) -> str:
        """The path with the notice's own key, so that following it marks the notice as read."""
        return f"{self.path}{'&' if '?' in self.path else '?'}{PARAMETER}={self.pk}"
