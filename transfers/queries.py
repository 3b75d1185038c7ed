"""Facts about many cases: what a viewer sees, in two steps (a narrow query of ids, then rows)."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import now

from contacts.enums import Function
from contacts.viewer import Viewer
from notifications.models import Notice
from transfers.enums import Stage
from transfers.models import JournalEntry, TransferCase

SHOWN_WITH = ("initiator", "department", "current_forum")


def visible_case(viewer: Viewer, number: str) -> TransferCase | None:
    """Return a case by number if the viewer may see it, else None (foreign and missing alike)."""
    return TransferCase.visible_to(viewer).select_related(*SHOWN_WITH, "returned_by").filter(number=number).first()


def listed(viewer: Viewer) -> QuerySet[TransferCase]:
    """Return the cases of the list page, with what a line shows."""
    return TransferCase.visible_to(viewer).select_related(*SHOWN_WITH)


def history_of(case: TransferCase, viewer: Viewer) -> QuerySet[JournalEntry]:
    """Return the history the viewer may read, newest first, with names, notes and forums."""
    entries = JournalEntry.visible_within(case, viewer)
    return entries.select_related("actor", "on_behalf_of", "forum", "note").order_by("-number")


def news_for(viewer: Viewer, limit: int = 8) -> list[Notice]:
    """Return the viewer's latest notices of the last fortnight."""
    since = now() - timedelta(days=14)
    return list(Notice.objects.filter(user=viewer.user, created_at__gte=since)[:limit])


def awaiting_leader(viewer: Viewer, stage: Stage) -> QuerySet[TransferCase]:
    """Return the cases in a stage that wait for the viewer as nearest leader; one query."""
    homes = [m.organisation_id for m in viewer.holding([Function.LEADER])]
    rows = TransferCase.visible_to(viewer).filter(stage=stage).select_related("initiator", "department")
    return rows.filter(Q(department__in=homes) | Q(department__isnull=True, initiator__in=homes))
