"""docker-compose.yml describes a service that works: its commands and environment run as they stand there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.production import Production, running, services
from tests.services import ROOT


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """Web, worker and beat on a database and a queue of their own."""
    with running(tmp_path_factory.mktemp("production")) as started:
        yield started


def test_the_service_is_healthy(production: Production) -> None:
    assert production.get("/healthz").status == 200


def test_an_address_without_tls_is_sent_to_tls(production: Production) -> None:
    answer = production.get("/konto/login/", {"X-Forwarded-Proto": "http"})
    assert (answer.status, answer.headers["Location"]) == (301, "https://opgaver.example.dk/konto/login/")


def test_browsers_are_told_to_keep_to_tls_for_a_year(production: Production) -> None:
    header = production.get("/healthz").headers["Strict-Transport-Security"]
    assert header == "max-age=31536000; includeSubDomains; preload"


def test_a_foreign_host_name_is_refused(production: Production) -> None:
    assert production.get("/konto/login/", {"Host": "elsewhere.example.dk"}).status == 400


def test_beat_has_the_worker_do_its_rounds(production: Production) -> None:
    production.worker.until(
        lambda: any("send_outbox" in line and "succeeded" in line for line in production.worker.lines)
    )


def test_the_database_and_the_queue_survive_a_restart() -> None:
    assert {name: services()[name]["volumes"] for name in ("db", "redis")} == {
        "db": ["db:/var/lib/postgresql/data"],
        "redis": ["redis:/data"],
    }
    assert services()["redis"]["command"][1:] == ["--appendonly", "yes", "--maxmemory-policy", "noeviction"]


def test_every_program_shares_the_private_files() -> None:
    for name in ("web", "worker", "beat", "migrate"):
        root = services()[name]["environment"]["PRIVATE_ROOT"]
        assert services()[name]["volumes"] == [f"private:{root}"]


def test_every_lasting_service_has_a_health_check() -> None:
    lasting = {name for name, service in services().items() if service["restart"] == "unless-stopped"}
    assert lasting == {"web", "worker", "beat", "db", "redis"}
    assert {name for name in lasting if "healthcheck" in services()[name]} == lasting


def test_the_image_leaves_secrets_and_tests_outside() -> None:
    ignored = Path(ROOT / ".dockerignore").read_text().split()
    assert {".env", ".git", ".run", "tests"} <= set(ignored)
