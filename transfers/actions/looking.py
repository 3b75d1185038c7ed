"""The access log is written here, and what is older than its period is removed here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.utils.timezone import localdate, now

from core.models import User
from core.parameters import whole
from transfers.dates import midnight
from transfers.enums import LookedAt
from transfers.models import AccessEntry

WINDOW = 10 * 60  # seconds in which the same look is logged once


def record_looks(*, user: User, case_ids: Iterable[int], kind: LookedAt) -> None:
    """Log that somebody looked at cases; one INSERT, which writes nothing when it is logged in this window already."""
    moment = now()
    window = int(moment.timestamp()) // WINDOW
    AccessEntry.unscoped.bulk_create(
        [AccessEntry(case_id=pk, user=user, kind=kind, seen_at=moment, window=window) for pk in sorted(case_ids)],
        ignore_conflicts=True,
    )


def forget_looks() -> int:
    """Remove what is older than the log is kept, whole days; returns how many. The database refuses anything else."""
    oldest = midnight(localdate() - timedelta(days=whole("access_log.days")))
    return AccessEntry.unscoped.filter(seen_at__lt=oldest).delete()[0]
