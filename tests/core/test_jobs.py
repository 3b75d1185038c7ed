"""Jobs: the row is the truth; ordered once, done once, never for ever running."""

from datetime import timedelta

import pytest
from django.conf import settings
from pytest_django import DjangoCaptureOnCommitCallbacks

from core import tasks
from core.actions import claim_job, complete_job, order_job
from core.enums import JobState
from core.jobs import ATTEMPTS, LEASE, LeaseLost, find, register
from core.models import Job, StoredFile, User
from tests.core import jobs_on_trial
from tests.core.clock import Forward, forward

pytestmark = pytest.mark.django_db
__all__ = ["forward"]
LATER = LEASE + timedelta(seconds=1)


@pytest.fixture
def user() -> User:
    return User.objects.create_user("a@example.dk", name="Leder")


def order(kind: str = "trial.write", **arguments: object) -> Job:
    return order_job(kind, f"{kind}:1", {"text": "hej", **arguments}, None)


def done(job: Job) -> Job:
    tasks.wake_job(job.pk)
    job.refresh_from_db()
    return job


def test_a_job_is_done_and_its_output_stored() -> None:
    job = done(order())
    assert job.state == JobState.DONE
    assert (job.progress_done, job.progress_total, job.progress_label) == (1, 2, "Skriver")
    assert job.result is not None
    assert job.result.read() == b"hej"
    assert job.result.key == job.output_key
    assert job.finished_at
    assert not job.lease_until


def test_a_job_may_have_no_output() -> None:
    assert done(order("trial.nothing")).state == JobState.DONE
    assert not StoredFile.objects.exists()


def test_the_same_key_is_ordered_once() -> None:
    first = order()
    assert order() == first
    done(first)
    assert order().state == JobState.DONE
    tasks.wake_job(first.pk)
    tasks.wake_job(first.pk)
    assert StoredFile.objects.count() == 1


def test_an_undeclared_kind_is_refused() -> None:
    with pytest.raises(LookupError, match=r"trial\.unknown"):
        order("trial.unknown")
    assert not Job.objects.exists()


def test_a_kind_is_declared_once() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        register("trial.write")(jobs_on_trial.write)


def test_a_job_that_is_held_is_left_alone() -> None:
    job = order()
    assert claim_job(job.pk)
    assert claim_job(job.pk) is None
    assert done(job).state == JobState.RUNNING


def test_a_job_whose_worker_is_gone_is_taken_over(forward: Forward) -> None:
    job = order()
    claim_job(job.pk)
    forward(LATER)
    assert done(job).state == JobState.DONE
    assert job.attempts == 2


def test_progress_keeps_the_lease(forward: Forward) -> None:
    job = order()
    run = claim_job(job.pk)
    assert run
    forward(LEASE - timedelta(seconds=1))
    run.progress(1, 3)
    forward(LEASE - timedelta(seconds=1))
    assert claim_job(job.pk) is None


def test_the_worker_that_lost_its_job_neither_reports_nor_stores(forward: Forward) -> None:
    job = order()
    late = claim_job(job.pk)
    forward(LATER)
    tasks.wake_job(job.pk)
    assert late
    with pytest.raises(LeaseLost):
        late.progress(1, 2)
    with pytest.raises(LeaseLost):
        complete_job(late, late.output("Dobbelt.txt", b"to", "text/plain"))
    assert [stored.name for stored in StoredFile.objects.all()] == ["Prøve.txt"]


def test_a_broken_job_is_tried_again_and_then_fails() -> None:
    job = order("trial.break")
    for attempt in range(1, ATTEMPTS):
        assert done(job).state == JobState.QUEUED
        assert job.attempts == attempt
    assert done(job).state == JobState.FAILED
    assert "out of paper" not in job.error
    assert job.error


def test_a_refusal_fails_at_once_with_its_sentence() -> None:
    job = done(order("trial.refuse"))
    assert (job.state, job.error, job.attempts) == (JobState.FAILED, "Sagen er lukket.", 1)


def test_a_failed_job_can_be_ordered_again() -> None:
    done(order("trial.refuse"))
    again = order_job("trial.refuse", "trial.refuse:1", {"text": "nu"}, None)
    assert (again.state, again.attempts, again.error) == (JobState.QUEUED, 0, "")
    assert again.arguments == {"text": "nu"}
    assert Job.objects.count() == 1


def test_a_job_interrupted_too_often_fails(forward: Forward) -> None:
    job = order()
    for _ in range(ATTEMPTS):
        assert claim_job(job.pk)
        forward(LATER)
    tasks.sweep_jobs()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "afbrudt" in job.error


def kept_files() -> int:
    """How many files the private storage of this test process holds."""
    return sum(path.is_file() for path in settings.PRIVATE_ROOT.rglob("*"))


def test_what_is_written_with_the_result_stands_or_falls_with_it(user: User) -> None:
    before = kept_files()
    job = order_job("trial.note", "n:1", {"text": "hej", "break": True}, user)
    assert done(job).state == JobState.QUEUED
    user.refresh_from_db()
    assert user.name == "Leder"
    assert not StoredFile.objects.exists()
    Job.objects.update(arguments={"text": "hej"})
    assert done(job).state == JobState.DONE
    user.refresh_from_db()
    assert user.name == "Fik Prøve.txt"
    assert kept_files() == before + 1


def test_a_job_cannot_hand_in_a_file_of_its_own_making(monkeypatch: pytest.MonkeyPatch) -> None:
    job = order()
    run = claim_job(job.pk)
    assert run
    with pytest.raises(TypeError, match="output"):
        complete_job(run, StoredFile(name="x"))


def test_a_worker_is_woken_when_the_order_stands(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        order()
    assert len(callbacks) == 1
    assert find("trial.write").work is jobs_on_trial.write
