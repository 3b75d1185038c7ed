"""What a job does: the functions that upper apps register, and the run a worker hands to them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from django.utils import timezone

from core import files
from core.enums import JobState
from core.models import Job, StoredFile, User

LEASE = timedelta(minutes=3)  # longer than any stretch of work between two reports of progress
ATTEMPTS = 3


class LeaseLost(Exception):
    """Another worker holds the job now; whatever this one has made is thrown away."""


@dataclass(frozen=True)
class JobRun:
    """One attempt at a job, held by one worker."""

    job: Job
    token: UUID
    further: list[StoredFile] = field(default_factory=list)

    @property
    def arguments(self) -> dict[str, Any]:
        """What the job was ordered with."""
        arguments: dict[str, Any] = self.job.arguments
        return arguments

    @property
    def requested_by(self) -> User | None:
        """Who ordered it; what they may see is asked again when it runs."""
        return self.job.requested_by

    def progress(self, done: int, total: int, label: str = "") -> None:
        """Tell how far it is and keep the job for another while. Raises LeaseLost when another has taken it."""
        now = timezone.now()
        held = Job.objects.filter(pk=self.job.pk, state=JobState.RUNNING, lease_token=self.token).update(
            progress_done=done,
            progress_total=total,
            progress_label=label,
            heartbeat_at=now,
            lease_until=now + LEASE,
        )
        if not held:
            raise LeaseLost

    def output(self, name: str, content: bytes, content_type: str) -> StoredFile:
        """Give the file to return. It is stored in the same transaction as "done", once per job, come what may."""
        return files.prepare(name, content, content_type, self.requested_by, key=self.job.output_key)

    def also(self, name: str, content: bytes, content_type: str) -> StoredFile:
        """Give one more file that is stored together with the output; its name tells it from the others."""
        key = uuid5(self.job.output_key, name)
        self.further.append(files.prepare(name, content, content_type, self.requested_by, key=key))
        return self.further[-1]


Work = Callable[[JobRun], StoredFile | None]
Done = Callable[[JobRun, StoredFile | None], None]


@dataclass(frozen=True)
class Kind:
    """A declared kind of job: its work, and what is written together with "done"."""

    work: Work
    on_done: Done | None = None


_kinds: dict[str, Kind] = {}


def register(kind: str, on_done: Done | None = None) -> Callable[[Work], Work]:
    """Declare a kind of job, in a `tasks` module: `@register("annual_status")` over its function.

    The function runs outside a transaction and may run again after a killed worker, so it writes nothing itself: it
    returns `run.output(…)` or None. What must be written with the result is written by `on_done(run, stored)`.
    Raises ValueError when the kind is taken.
    """

    def declare(work: Work) -> Work:
        if kind in _kinds:
            raise ValueError(f"the job kind {kind} is declared twice")
        _kinds[kind] = Kind(work, on_done)
        return work

    return declare


def find(kind: str) -> Kind:
    """Give a declared kind. Raises LookupError."""
    if kind not in _kinds:
        raise LookupError(f"no job of the kind {kind} is declared")
    return _kinds[kind]
