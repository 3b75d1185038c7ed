"""Writing jobs and parameters. Each function owns its transaction."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from string import ascii_letters
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import get_random_string

from core import files, parameters
from core.enums import JobState
from core.errors import DomainError
from core.history import record_change
from core.jobs import ATTEMPTS, LEASE, JobRun, LeaseLost, find
from core.models import Job, Parameter, StoredFile, User
from core.queue import wake

ONE_DAY = timedelta(days=1)
GAVE_UP = "Opgaven blev afbrudt flere gange. Prøv igen, eller kontakt sekretariatet."
WENT_WRONG = "Der opstod en fejl. Prøv igen, eller kontakt sekretariatet."


@transaction.atomic
def order_job(kind: str, key: str, arguments: dict[str, Any], requested_by: User | None = None) -> Job:
    """Order a job, or give the one already ordered under this key; one that failed starts over.

    The worker is woken once the caller's transaction stands. Raises LookupError for an undeclared kind.
    """
    find(kind)
    job, _ = Job.objects.get_or_create(
        key=key, defaults={"kind": kind, "arguments": arguments, "requested_by": requested_by}
    )
    job = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if job.state == JobState.FAILED:
        _start_over(job, arguments, requested_by)
    if job.state == JobState.QUEUED:
        transaction.on_commit(partial(wake, job.pk), robust=True)
    return job


def _start_over(job: Job, arguments: dict[str, Any], requested_by: User | None) -> None:
    job.state, job.attempts, job.error, job.finished_at = JobState.QUEUED, 0, "", None
    job.arguments, job.requested_by = arguments, requested_by
    job.progress_done, job.progress_total, job.progress_label = 0, 0, ""
    job.save()


def claimable() -> QuerySet[Job]:
    """Jobs a worker may take: those that wait, and those whose worker has not been heard of in time."""
    return Job.objects.filter(Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, lease_until__lt=timezone.now()))


@transaction.atomic
def claim_job(job_id: int) -> JobRun | None:
    """Take a job for the length of a lease; None when it is held, finished, or tried too often (then it fails)."""
    job = claimable().select_for_update(skip_locked=True, of=("self",)).filter(pk=job_id).first()
    if job is None:
        return None
    if job.attempts >= ATTEMPTS:
        _finish(job, JobState.FAILED, GAVE_UP)
        return None
    now = timezone.now()
    job.state, job.attempts, job.lease_token = JobState.RUNNING, job.attempts + 1, uuid4()
    job.lease_until, job.heartbeat_at = now + LEASE, now
    job.started_at = job.started_at or now
    job.save()
    return JobRun(job, job.lease_token)


@transaction.atomic
def complete_job(run: JobRun, stored: StoredFile | None) -> None:
    """Store the output and set the job done, in one transaction. Raises LeaseLost when another has the job."""
    job = _held(run)
    if stored is not None:
        if stored.key != job.output_key:
            raise TypeError("a job returns what run.output gave, or nothing")
        for made in (stored, *run.further):
            files.keep(made)
    job.result = stored
    _finish(job, JobState.DONE)
    if on_done := find(job.kind).on_done:
        on_done(run, stored)


@transaction.atomic
def return_job(run: JobRun, error: Exception) -> None:
    """Put a job back after an error; it fails at once for a DomainError, else when it was tried too often."""
    job = _held(run)
    if isinstance(error, DomainError):
        _finish(job, JobState.FAILED, error.message)
    elif job.attempts >= ATTEMPTS:
        _finish(job, JobState.FAILED, WENT_WRONG)
    else:
        job.state, job.lease_until, job.lease_token = JobState.QUEUED, None, None
        job.save()


def give_up_jobs() -> int:
    """Fail what was interrupted too often; returns how many."""
    tired = claimable().filter(attempts__gte=ATTEMPTS).values_list("pk", flat=True)
    return sum(claim_job(pk) is None for pk in list(tired))


def _held(run: JobRun) -> Job:
    mine = Job.objects.filter(pk=run.job.pk, state=JobState.RUNNING, lease_token=run.token)
    if (job := mine.select_for_update(of=("self",)).first()) is None:
        raise LeaseLost
    return job


def _finish(job: Job, state: JobState, error: str = "") -> None:
    job.state, job.error, job.finished_at = state, error, timezone.now()
    job.lease_until, job.lease_token = None, None
    job.save()


def mail_account(*, template: str, user: User | None, address: str = "") -> Job:
    """Order a mail about an account; `address` is the network address that caused it.

    Without an account nothing is mailed, but as much is done as with one: how long an answer takes tells nobody
    whether the account exists.
    """
    arguments = {"template": template, "user": user.pk if user else 0, "address": address}
    return order_job("account_mail", f"account-mail:{get_random_string(22, ascii_letters)}", arguments)


@transaction.atomic
def set_parameter(*, key: str, value: Decimal, valid_from: date, by: User) -> Parameter:
    """Let a parameter have a value from a day on, until the next one planned. What held before ends the day before.

    The history keeps every value that was set. Raises KeyError for an undeclared key, DomainError for a value
    it cannot have.
    """
    if refusal := parameters.DECLARED[key].refusal(value):
        raise DomainError(refusal)
    before = parameters.in_force(key, valid_from)
    following = Parameter.objects.filter(key=key, valid_from__gt=valid_from).order_by("valid_from").first()
    if before and before.valid_from == valid_from:
        before.delete()
    elif before:
        before.valid_to = valid_from - ONE_DAY
        before.save()
    last_day = following.valid_from - ONE_DAY if following else None
    row = Parameter.objects.create(key=key, value=value, valid_from=valid_from, valid_to=last_day)
    facts = {"value": value, "valid_from": valid_from, "valid_to": last_day}
    record_change(subject_type="core.parameter", subject_id=key, kind="value_set", actor=by, facts=facts)
    return row


@transaction.atomic
def cancel_parameter(*, key: str, valid_from: date, by: User) -> None:
    """Take back a value that is planned and does not hold yet; what comes before it goes on holding.

    Raises DomainError when there is no such value, or when it holds already and others may have relied on it.
    """
    row = Parameter.objects.select_for_update().filter(key=key, valid_from=valid_from).first()
    if row is None or valid_from <= timezone.localdate():
        raise DomainError("Værdien gælder allerede eller findes ikke. Sæt i stedet en ny værdi.")
    last_day = row.valid_to
    row.delete()
    before = Parameter.objects.filter(key=key, valid_to=valid_from - ONE_DAY)
    before.update(valid_to=last_day)
    facts = {"value": row.value, "valid_from": valid_from}
    record_change(subject_type="core.parameter", subject_id=key, kind="value_cancelled", actor=by, facts=facts)
