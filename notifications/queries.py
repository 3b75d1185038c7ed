"""Facts about many notices: somebody's inbox, and how much of it is new."""

from __future__ import annotations

from django.db.models import Count, QuerySet, Subquery

from core.models import User
from notifications.models import Notice


def inbox(user: User) -> QuerySet[Notice]:
    """Return an account's notices, the newest first."""
    return Notice.objects.filter(user=user)


def unread(user_pk: int) -> Subquery:
    """Return how many notices an account has not read, to be asked along with another query."""
    rows = Notice.objects.filter(user_id=user_pk, read_at__isnull=True).order_by().values("user_id")
    return Subquery(rows.annotate(count=Count("pk")).values("count"))
