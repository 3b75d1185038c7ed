"""What all tests share: the database's memory of the migrations, a browser, a worker and a mail server."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management.color import Style
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from pytest_django import DjangoDbBlocker, Settings

from config.settings.test import TEST_ROOT
from tests.services import MailServer, Worker
from tests.world import World, make_world

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's synchronous API runs an event loop

CHROMIUM = "/usr/bin/chromium"


# --- Transactional tests ----------------------------------------------------------------------------
# Between them Django empties every table. Here history refuses TRUNCATE by trigger, and migrations bring data
# (form definitions, parameters). So the rows the migrations made are remembered once, and "empty" means "as
# the migrations left it". The replica role, which skips the triggers, is used here and nowhere else.

COLUMNS = """
SELECT quote_ident(table_name), string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)
FROM information_schema.columns JOIN pg_tables ON schemaname = table_schema AND tablename = table_name
WHERE table_schema = 'public' AND is_generated = 'NEVER' GROUP BY table_name
"""
USED = """
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1000 + coalesce(last_value, 0))
FROM pg_sequences WHERE schemaname = 'public'
"""
# A browser that closes while the server answers it leaves the server's connection open.
HANG_UP = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
restoring: list[str] = []


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database, with the rows the migrations made remembered in a schema of their own.

    Keys begin above a thousand, as in a database that has been used: there Danish numbers get a full stop.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        tables: list[tuple[str, str]] = cursor.fetchall()
        cursor.execute("DROP SCHEMA IF EXISTS pristine CASCADE; CREATE SCHEMA pristine")
        for table, _ in tables:
            cursor.execute(f"CREATE TABLE pristine.{table} AS TABLE public.{table}")
        cursor.execute(USED)
    restoring[:] = ["SET LOCAL session_replication_role = replica;"]
    restoring.extend(f"DELETE FROM public.{table};" for table, _ in tables)
    restoring.extend(
        f"INSERT INTO public.{table} ({columns}) SELECT {columns} FROM pristine.{table};"
        for table, columns in tables
    )
    restoring.append("SET LOCAL session_replication_role = origin;")
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(HANG_UP)


def restore(self: DatabaseOperations, style: Style, tables: list[str], **_: Any) -> list[str]:
    """What Django runs to empty the tables after a transactional test."""
    return restoring


DatabaseOperations.sql_flush = restore  # type: ignore[method-assign, assignment]


def pytest_sessionfinish() -> None:
    """Remove the files and the queue of this test process."""
    shutil.rmtree(TEST_ROOT, ignore_errors=True)


# --- Browser ----------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, without sandbox (root) and without calls home."""
    if not Path(CHROMIUM).exists():
        pytest.fail(f"{CHROMIUM} is missing: run bin/test, which installs it.", pytrace=False)
    flags = "no-sandbox disable-gpu disable-quic no-first-run disable-background-networking"
    flags += " disable-component-update disable-sync disable-dev-shm-usage"
    return browser_type_launch_args | {
        "executable_path": CHROMIUM,
        "args": [f"--{flag}" for flag in flags.split()],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A Danish reader."""
    return browser_context_args | {"locale": "da-DK", "timezone_id": "Europe/Copenhagen"}


# --- Servers ----------------------------------------------------------------------------------------


@pytest.fixture
def celery_worker(transactional_db: None) -> Iterator[Worker]:
    """A real worker process on the test database, fed by this process's own queue."""
    with Worker.running() as worker:
        yield worker


@pytest.fixture
def smtp_server(settings: Settings) -> Iterator[MailServer]:
    """A real mail server on a port of its own; Django sends through it."""
    with MailServer.running() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        yield server


# --- A region -----------------------------------------------------------------------------------------


@pytest.fixture
def world(db: None) -> World:
    """A small region with every role."""
    return make_world()
