"""A worker killed at any point loses nothing and doubles nothing; a lost broker loses nothing either."""

import os
import shutil
import sys
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from django.conf import settings
from django.db import connection, transaction
from pytest_django import Settings

from config.settings.test import TEST_ROOT
from core import actions, tasks
from core.actions import order_job
from core.enums import JobState
from core.jobs import LEASE
from core.models import Job, StoredFile
from core.queue import wake
from tests.core import jobs_on_trial
from tests.core.clock import Forward, forward
from tests.services import Program, Worker, database_url

__all__ = ["forward", "jobs_on_trial"]
pytestmark = pytest.mark.django_db(transaction=True)


def killed_at(place: str, job: Job) -> None:
    """Let a real process work on the job and kill it when it has reached `place`."""
    environment = {
        "STOP_AT": place,
        "DATABASE_URL": database_url(connection.settings_dict["NAME"]),
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.test"),
        "TEST_ROOT": str(TEST_ROOT),
    }
    command = [sys.executable, "-m", "tests.core.killable_worker", str(job.pk)]
    worker = Program(command, environment)
    try:
        worker.writes(f"reached {place}")
    finally:
        worker.kill()
    with transaction.atomic():  # waits until the server, too, has noticed that the worker is gone
        Job.objects.select_for_update().get(pk=job.pk)


def files_on_disk() -> list[Path]:
    return [path for path in Path(settings.PRIVATE_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize("place", ["claimed", "working", "storing"])
def test_a_killed_workers_job_is_done_once_by_the_next(place: str, forward: Forward) -> None:
    shutil.rmtree(settings.PRIVATE_ROOT, ignore_errors=True)
    job = order_job("trial.stop", f"killed:{place}", {"text": "hej"}, None)
    killed_at(place, job)
    assert not StoredFile.objects.exists()
    tasks.wake_job(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.RUNNING  # still the dead worker's, until its lease is out
    forward(LEASE + timedelta(seconds=1))
    tasks.wake_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 2)
    assert StoredFile.objects.get().read() == b"hej"
    assert len(files_on_disk()) == 1


def test_an_order_survives_a_broker_that_is_down(forward: Forward) -> None:
    queue = Path(settings.BROKER_DIR) / "queue"
    shutil.rmtree(queue, ignore_errors=True)
    queue.parent.mkdir(parents=True, exist_ok=True)
    queue.write_text("in the way")
    try:
        job = order_job("trial.write", "broker", {"text": "hej"}, None)
        tasks.sweep_jobs()
    finally:
        queue.unlink()
    assert Job.objects.get(pk=job.pk).state == JobState.QUEUED
    queue.mkdir()
    tasks.sweep_jobs()
    assert len(list(queue.iterdir())) == 1


def test_a_redis_that_is_down_keeps_nobody_waiting(settings: Settings) -> None:
    settings.CELERY_BROKER_URL, settings.CELERY_BROKER_TRANSPORT_OPTIONS = "redis://127.0.0.1:1/0", {}
    started = monotonic()
    job = order_job("trial.write", "redis", {"text": "hej"}, None)
    assert monotonic() - started < 3  # on its own Celery would try for six seconds
    assert Job.objects.get(pk=job.pk).state == JobState.QUEUED
    assert wake(job.pk) is False


def test_the_sweeper_wakes_what_waits_and_what_was_left(forward: Forward) -> None:
    queue = Path(settings.BROKER_DIR) / "queue"
    shutil.rmtree(queue, ignore_errors=True)
    queue.mkdir(parents=True)
    left, waiting, finished = (order_job("trial.write", f"sweep:{n}", {"text": "hej"}, None) for n in ("a", "b", "c"))
    actions.claim_job(left.pk)
    tasks.wake_job(finished.pk)
    for message in queue.iterdir():
        message.unlink()
    tasks.sweep_jobs()
    assert len(list(queue.iterdir())) == 1
    forward(LEASE + timedelta(seconds=1))
    tasks.sweep_jobs()
    assert len(list(queue.iterdir())) == 3
    assert {left.pk, waiting.pk} <= set(actions.claimable().values_list("pk", flat=True))


def test_a_real_worker_hears_of_an_order(celery_worker: Worker) -> None:
    job = order_job("trial.write", "heard", {"text": "hej"}, None)
    celery_worker.writes(f"job {job.pk}, attempt 1")  # it tries, though it does not know the kinds of the tests
    celery_worker.stop()
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.QUEUED, 1)
