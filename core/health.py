"""Health: can the service answer, and does the work behind it move?"""

import os
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count, Min, Q
from django.utils import timezone

from core.enums import JobState
from core.models import Job

LATE = timedelta(minutes=10)


@dataclass(frozen=True)
class Jobs:
    """How the jobs stand: seconds the oldest has waited, how many failed this last day, and leases run out."""

    oldest_queued_seconds: int
    failed_last_day: int
    expired_leases: int


@dataclass(frozen=True)
class Health:
    """The whole answer. Without a database nothing works; without a queue saving works and jobs catch up."""

    database: bool
    queue: bool
    jobs: Jobs | None

    @property
    def is_late(self) -> bool:
        """Whether jobs lie longer than the sweeper needs twice over."""
        return self.jobs is not None and self.jobs.oldest_queued_seconds > LATE.total_seconds()

    @property
    def status(self) -> str:
        """One word: "ok", "degraded" (look into it) or "down"."""
        if not self.database:
            return "down"
        return "ok" if self.queue and not self.is_late else "degraded"

    def as_json(self) -> dict[str, object]:
        """The answer for machines."""
        return {"status": self.status, **asdict(self)}


def check() -> Health:
    """Ask database, queue and jobs; never raises."""
    database = database_answers()
    return Health(database, queue_takes_messages(), jobs() if database else None)


def database_answers() -> bool:
    """Ask the database the smallest question there is."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def queue_takes_messages() -> bool:
    """Ask Redis, or look at the folder that stands in for it."""
    if not settings.REDIS_URL:
        return os.access(Path(settings.BROKER_DIR) / "queue", os.W_OK | os.X_OK)
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1) as client:
            return bool(client.ping())
    except (redis.RedisError, OSError):
        return False


def jobs() -> Jobs:
    """Count what waits and what went wrong, in one query."""
    now = timezone.now()
    found = Job.objects.aggregate(
        oldest=Min("created_at", filter=Q(state=JobState.QUEUED)),
        failed=Count("pk", filter=Q(state=JobState.FAILED, finished_at__gte=now - timedelta(days=1))),
        expired=Count("pk", filter=Q(state=JobState.RUNNING, lease_until__lt=now)),
    )
    waited = now - (found["oldest"] or now)
    return Jobs(int(waited.total_seconds()), found["failed"], found["expired"])
