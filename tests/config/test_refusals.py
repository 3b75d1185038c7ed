"""Production does not start with an unsafe or missing setting, and says in plain words why."""

import subprocess
import sys

import pytest

from tests.production import SAFE
from tests.services import ROOT, Program


def start(**changes: str) -> subprocess.CompletedProcess[str]:
    """Start Django with production settings and these changes to a safe environment."""
    command = [sys.executable, "-c", "import django; django.setup()"]
    environment = Program.environment(SAFE | changes)
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_a_safe_environment_starts() -> None:
    done = start()
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "short-Key-1234567890"}, "SECRET_KEY is too weak"),
        ({"SECRET_KEY": 60 * "a"}, "SECRET_KEY is too weak"),
        ({"SECRET_KEY": "django-insecure-" + 50 * "aB3"}, "SECRET_KEY is too weak"),
        ({"DEMO": "true"}, "DEMO is on"),
        ({"SECOND_FACTOR_WAIVED": "true"}, "SECOND_FACTOR_WAIVED is on"),
        ({"DEBUG": "true"}, "DEBUG is on"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is missing"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS holds *"),
        ({"DATABASE_URL": ""}, "DATABASE_URL is missing"),
        ({"DATABASE_URL": "sqlite:///db.sqlite3"}, "DATABASE_URL names another engine"),
        ({"REDIS_URL": ""}, "REDIS_URL is missing"),
        ({"EMAIL_URL": ""}, "EMAIL_URL is missing"),
        ({"PRIVATE_ROOT": ""}, "PRIVATE_ROOT is missing"),
        ({"PRIVATE_ROOT": "files"}, "PRIVATE_ROOT is relative"),
        ({"HISTORY_ROOT": ""}, "HISTORY_ROOT is missing"),
        ({"HISTORY_ROOT": "files"}, "HISTORY_ROOT is relative"),
    ],
)
def test_an_unsafe_setting_is_refused(changes: dict[str, str], reason: str) -> None:
    done = start(**changes)
    assert done.returncode != 0
    assert f"ImproperlyConfigured: The service does not start:\n{reason}" in done.stderr


def test_all_reasons_are_named_at_once() -> None:
    done = start(SECRET_KEY="", REDIS_URL="")
    assert "SECRET_KEY is missing" in done.stderr
    assert "REDIS_URL is missing" in done.stderr


def test_an_unset_environment_means_production() -> None:
    command = [sys.executable, "manage.py", "check"]
    environment = {"PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "SECRET_KEY is missing" in done.stderr
