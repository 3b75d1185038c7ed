"""Health, the page for a database that is away, headers, and what a production server must have."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as current_settings
from django.core.checks import run_checks
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from core.enums import JobState
from core.health import LATE, Health, Jobs, check
from core.middleware import HeadersMiddleware, NoStoreMiddleware
from core.models import Job
from core.views import healthz, server_error


@pytest.fixture(autouse=True)
def queue() -> Path:
    """The folder that stands in for Redis."""
    folder = Path(current_settings.BROKER_DIR) / "queue"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def answer(status: int = 200) -> HttpResponse:
    return HttpResponse("ok", status=status)


@pytest.mark.django_db
def test_a_visitor_is_told_that_all_is_well(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "database": True,
        "queue": True,
        "jobs": {"oldest_queued_seconds": 0, "failed_last_day": 0, "expired_leases": 0},
    }
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_jobs_that_wait_or_failed_or_were_left_are_counted(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    now = timezone.now()
    Job.objects.create(kind="k", key="waits", created_at=now - timedelta(minutes=5))
    Job.objects.create(kind="k", key="failed", state=JobState.FAILED, finished_at=now)
    old = now - timedelta(days=2)
    Job.objects.create(kind="k", key="failed long ago", state=JobState.FAILED, finished_at=old)
    lease = {"lease_until": old, "lease_token": "00000000-0000-0000-0000-000000000001"}
    Job.objects.create(kind="k", key="left", state=JobState.RUNNING, **lease)
    with django_assert_num_queries(2):
        health = check()
    assert health.jobs
    assert 300 <= health.jobs.oldest_queued_seconds < 320
    assert (health.jobs.failed_last_day, health.jobs.expired_leases) == (1, 1)
    assert health.status == "ok"
    Job.objects.update(created_at=now - LATE - timedelta(minutes=1))
    assert check().status == "degraded"


@pytest.mark.django_db
def test_a_queue_that_is_down_is_told_but_the_service_goes_on(queue: Path, client: Client) -> None:
    shutil.rmtree(queue)
    response = client.get("/healthz")
    assert (response.status_code, response.json()["status"]) == (200, "degraded")


@pytest.mark.django_db
def test_a_redis_that_does_not_answer_is_told(settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert check().queue is False


def test_without_a_database_the_service_is_down() -> None:
    assert Health(database=False, queue=True, jobs=None).status == "down"
    assert Health(database=True, queue=True, jobs=Jobs(0, 9, 9)).status == "ok"


@pytest.mark.django_db
def test_a_database_that_does_not_answer_gives_503(rf: RequestFactory) -> None:
    def refuse(*args: object) -> None:
        raise OperationalError("server closed the connection")

    with connection.execute_wrapper(refuse):
        response = healthz(rf.get("/healthz"))
    assert response.status_code == 503
    assert b'"status": "down"' in response.content


@pytest.mark.parametrize(("error", "status"), [(OperationalError("away"), 503), (ValueError("x"), 500)])
def test_an_error_gets_its_page_in_danish_and_tells_nothing(rf: RequestFactory, error: Exception, status: int) -> None:
    try:
        raise error
    except (OperationalError, ValueError):
        response = server_error(rf.get("/"))
    assert response.status_code == status
    assert 'lang="da"' in response.content.decode()
    assert str(error) not in response.content.decode().split()
    assert response.headers.get("Retry-After") == ("10" if status == 503 else None)


def test_every_feature_of_the_browser_is_switched_off(rf: RequestFactory) -> None:
    policy = HeadersMiddleware(lambda request: answer())(rf.get("/"))["Permissions-Policy"]
    assert "camera=()" in policy
    assert "geolocation=()" in policy
    assert "*" not in policy
    assert "self" not in policy


def test_what_a_signed_in_user_sees_is_kept_nowhere(rf: RequestFactory) -> None:
    request = rf.get("/")
    middleware = NoStoreMiddleware(lambda request: answer())
    assert "Cache-Control" not in middleware(request).headers
    request.COOKIES[current_settings.SESSION_COOKIE_NAME] = "x"
    assert "no-store" in middleware(request)["Cache-Control"]


def test_the_answer_that_signs_in_is_kept_nowhere(rf: RequestFactory) -> None:
    def sign_in(request: HttpRequest) -> HttpResponse:
        response = answer(302)
        response.set_cookie(current_settings.SESSION_COOKIE_NAME, "x")
        return response

    assert "no-store" in NoStoreMiddleware(sign_in)(rf.get("/"))["Cache-Control"]


@pytest.mark.django_db
def test_production_asks_for_trigrams() -> None:
    def core_findings() -> set[str | None]:
        found = run_checks(tags=["database"], include_deployment_checks=True, databases=["default"])
        return {message.id for message in found} & {"core.E001", "core.E002"}

    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        assert core_findings() == set()
        cursor.execute("DROP EXTENSION pg_trgm CASCADE")
        assert core_findings() == {"core.E001"}


@pytest.mark.django_db
def test_the_cache_lives_in_the_database() -> None:
    from django.core.cache import cache

    cache.set("throttle", 3)
    assert cache.get("throttle") == 3
