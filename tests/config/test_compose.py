"""docker-compose.yml describes a service that works: its commands and environment run as they stand there."""

import re
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path

import pytest

from core.receiving import PASSED_OVER
from tests.pouring import pour
from tests.production import HOST, Production, running, services
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


PLAIN, ELSEWHERE = {"X-Forwarded-Proto": "http"}, {"Host": "elsewhere.example.dk"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PROTECTING = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def answers(production: Production) -> Iterator[tuple[int, str, HTTPResponse]]:
    """The status that is expected, what is asked, and the answer: over TLS and not, right and wrong."""
    page = production.get("/konto/login/")
    static = re.findall(r'"(/static/[^"]+)"', page.read().decode())
    yield 200, "the sign-in page", page
    for address in static:
        yield 200, address, production.get(address)
    for status, path in ((200, "/healthz"), (302, "/sager/"), (302, "/admin/"), (404, "/konto/findes-ikke/")):
        yield status, path, production.get(path)
    yield 405, "another method", production.ask("OPTIONS", "/healthz")
    yield 403, "a forged post", production.ask("POST", "/konto/login/", FORM, b"login=x")
    own = {"Cookie": page.headers["Set-Cookie"].split(";")[0], "Origin": f"https://{HOST}"}
    yield 413, "too much", production.ask("POST", "/konto/login/", FORM | own, b"login=" + 30_000_000 * b"x")
    yield 301, "without TLS", production.get("/konto/login/", PLAIN)
    yield 400, "an unknown host", production.get("/konto/login/", ELSEWHERE)
    yield 400, "an unknown host without TLS", production.get("/konto/login/", ELSEWHERE | PLAIN)


def test_every_answer_of_the_service_carries_the_protecting_headers(production: Production) -> None:
    counted = 0
    for status, asked, answer in answers(production):
        counted += 1
        assert answer.status == status, asked
        assert {name: answer.headers[name] for name in PROTECTING} == PROTECTING, asked
        assert "camera=()" in answer.headers["Permissions-Policy"], asked
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], asked
        assert "inline" not in answer.headers["Content-Security-Policy"], asked
        kept = answer.headers["Strict-Transport-Security"]
        assert kept is None if "without TLS" in asked else "max-age=31536000" in kept, asked
    assert counted > 14


def posting(production: Production) -> list[str]:
    """How a post begins that comes from a page of ours, but for its token."""
    cookie = (production.get("/konto/login/").headers["Set-Cookie"] or "").split(";")[0]
    own = [f"Host: {HOST}", f"Origin: https://{HOST}", f"Cookie: {cookie}", "X-Forwarded-Proto: https"]
    return ["POST /sager/OF-2026-0001/dialoggrundlag/bilag/ HTTP/1.1", "X-Forwarded-For: 192.0.2.7", *own]


def test_two_gigabytes_are_cut_off_and_nothing_of_them_is_written_down(production: Production) -> None:
    poured = pour(production.port, posting(production), 2_000_000_000)
    assert poured.status == 413
    assert "Et bilag må højst fylde 20 MB." in poured.text
    assert "Gør filen mindre, eller del den, og send igen." in poured.text
    assert poured.sent < 2 * PASSED_OVER
    assert poured.most_on_disk == 0


def test_of_a_file_that_is_too_large_no_more_is_written_down_than_it_may_fill(production: Production) -> None:
    poured = pour(production.port, posting(production), 60_000_000)
    assert poured.status == 403
    assert 0 < poured.most_on_disk <= 20_000_000


def test_a_body_without_a_length_is_not_read(production: Production) -> None:
    poured = pour(production.port, posting(production), 200_000_000, is_chunked=True)
    assert poured.status == 403
    assert poured.sent < 20_000_000
    assert poured.most_on_disk == 0


def test_cookies_are_for_this_host_over_tls_and_out_of_reach_for_scripts(production: Production) -> None:
    cookies = production.get("/konto/login/").headers.get_all("Set-Cookie") or []
    assert [cookie.split("=")[0] for cookie in cookies] == ["__Host-csrf"]
    for cookie in cookies:
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
        assert "domain" not in cookie.lower()


def test_the_log_of_the_service_holds_no_query_string_and_no_body(production: Production) -> None:
    marks = ("q=mærket-soegning", "mærket-adresse", "mærket-kodeord")
    for status, path in ((302, "/sager/"), (404, "/konto/findes-ikke/"), (200, "/kontaktpersoner/"), (200, "/healthz")):
        assert production.get(f"{path}?q=m%C3%A6rket-soegning").status == status
    body = "login=mærket-adresse@example.dk&password=mærket-kodeord".encode()
    assert production.ask("POST", "/konto/login/?q=m%C3%A6rket-soegning", FORM, body).status == 403
    assert production.ask("GET", "/konto/login/?q=m%C3%A6rket-soegning", ELSEWHERE).status == 400
    production.web.until(lambda: "/konto/findes-ikke/" in production.web.output)
    assert [mark for mark in (*marks, "m%C3%A6rket") if mark in production.web.output] == []


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


def test_every_program_shares_the_private_files_and_the_heads_of_the_histories() -> None:
    for name in ("web", "worker", "beat", "migrate"):
        roots = services()[name]["environment"]
        assert services()[name]["volumes"] == [f"private:{roots['PRIVATE_ROOT']}", f"history:{roots['HISTORY_ROOT']}"]


def test_every_lasting_service_has_a_health_check() -> None:
    lasting = {name for name, service in services().items() if service["restart"] == "unless-stopped"}
    assert lasting == {"web", "worker", "beat", "db", "redis"}
    assert {name for name in lasting if "healthcheck" in services()[name]} == lasting


def test_the_image_leaves_secrets_and_tests_outside() -> None:
    ignored = Path(ROOT / ".dockerignore").read_text().split()
    assert {".env", ".git", ".run", "tests"} <= set(ignored)
