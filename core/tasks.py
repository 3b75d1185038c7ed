"""What the worker does: look at a job it was woken for, and once a minute at all that wait."""

import logging

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from celery import shared_task
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from core.actions import claim_job, claimable, complete_job, give_up_jobs, return_job
from core.jobs import JobRun, LeaseLost, find, register
from core.models import User
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


@shared_task
def clear_sessions() -> None:
    """Delete the sessions that are over: they tell who was here, and nobody needs them."""
    call_command("clearsessions")


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


@register("account_mail")
def mail_account(run: JobRun) -> None:
    """Mail somebody about their account; nobody is mailed about an account that does not exist."""
    user = User.objects.filter(pk=run.arguments["user"], is_active=True).first()
    if user is not None:
        context = {
            "user": user, "ip": run.arguments["address"], "timestamp": run.job.created_at,
            "password_reset_url": reset_link(user),
        }  # fmt: skip
        get_adapter().render_mail(run.arguments["template"], user.email, context).send()


def reset_link(user: User) -> str:
    """The address at which somebody chooses a new password; made here, so that no job row holds it."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return settings.BASE_URL + reverse("account_reset_password_from_key", kwargs=key)
