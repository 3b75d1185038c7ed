"""What the worker does: look at a job it was woken for, and once a minute at all that wait."""

import logging

from celery import shared_task

from core.actions import claim_job, claimable, complete_job, give_up_jobs, return_job
from core.jobs import JobRun, LeaseLost, find
from core.queue import wake

log = logging.getLogger(__name__)


@shared_task
def wake_job(job_id: int) -> None:
    """Do the job unless someone else does. A message too many changes nothing."""
    if run := claim_job(job_id):
        do(run)


@shared_task
def sweep_jobs() -> None:
    """Find what waits, what a killed worker left, and what a broker that was down never told of."""
    give_up_jobs()
    for job_id in list(claimable().order_by("created_at").values_list("pk", flat=True)[:500]):
        wake(job_id)


def do(run: JobRun) -> None:
    """Do one attempt and write how it ended. Whatever goes wrong ends in a state, never in "running"."""
    try:
        _attempt(run)
    except LeaseLost:
        log.warning("job %s is held by another worker", run.job.pk)


def _attempt(run: JobRun) -> None:
    try:
        complete_job(run, find(run.job.kind).work(run))
    except LeaseLost:
        raise
    except Exception as error:
        log.exception("job %s, attempt %s", run.job.pk, run.job.attempts)
        return_job(run, error)
