"""The checks a change has to pass, as tests: types, style, layers, migrations, deployment."""

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.models.base import ModelBase

from tests.production import SAFE, finish
from tests.services import ROOT, database_url

APPS = ["core", "contacts", "notifications", "transfers", "dialogue", "minimtv", "portfolio"]


def passes(tool: str, *arguments: str, **environment: str) -> None:
    """Assert that a tool of the environment finds nothing in the checkout; what it says is the message."""
    command = [str(Path(sys.executable).parent / tool), *arguments]
    finish(command, environment)


def test_types_are_complete_and_right() -> None:
    passes("python", "-m", "mypy", ".")


def test_style_rules_are_kept() -> None:
    passes("ruff", "check", ".")


def test_imports_run_downwards() -> None:
    passes("lint-imports")


@pytest.mark.django_db
def test_every_model_change_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


@pytest.mark.django_db
def test_production_passes_the_deployment_check() -> None:
    name = settings.DATABASES["default"]["NAME"]
    environment = SAFE | {"DATABASE_URL": database_url(name)}
    passes("python", "manage.py", "check", "--deploy", "--fail-level", "WARNING", **environment)


def test_no_check_is_silenced() -> None:
    assert settings.SILENCED_SYSTEM_CHECKS == []


def test_foreign_keys_point_the_way_imports_run() -> None:
    links = [
        (field, model._meta.app_label, field.related_model._meta.app_label)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if not field.auto_created and isinstance(field.related_model, ModelBase)
    ]
    ours = [(field, APPS.index(app), APPS.index(to)) for field, app, to in links if {app, to} <= set(APPS)]
    assert [str(field) for field, app, to in ours if to > app] == []


# --- What the locks promise -------------------------------------------------------------------------


def pins(lines: list[str]) -> dict[str, str]:
    """Package → version; ValueError for a line without an exact version."""
    named = [line.split("==", 1) for line in lines if line and not line.startswith("#")]
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in named}


def locked(file: str) -> dict[str, str]:
    return pins((ROOT / file).read_text().splitlines())


def test_the_locks_hold_the_versions_the_project_names() -> None:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = pins(project["dependencies"])
    tested = pins(project["optional-dependencies"]["test"])
    assert named.items() <= locked("requirements.lock").items()
    assert tested.items() <= (locked("requirements.lock") | locked("requirements-test.lock")).items()


def test_the_locks_name_no_host() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    for file in ("requirements.lock", "requirements-test.lock"):
        assert "//" not in (ROOT / file).read_text()


# --- What no file may hold --------------------------------------------------------------------------


def lines_of(folders: list[str], suffixes: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Where and what: every line of the files below `folders` with one of `suffixes`."""
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in suffixes:
                for number, line in enumerate(file.read_text().splitlines(), 1):
                    yield f"{file.relative_to(ROOT)}:{number}", line


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("an inline script", r"<script(?![^>]*\bsrc=)"),
        ("an inline style", r"<style\b|\sstyle\s*="),
        ("an inline handler", r"\son[a-z]+\s*=\s*[\"']|\bhx-on\b"),
        ("text trusted as HTML", r"\|\s*safe\b|\bsafeseq\b|autoescape off"),
    ],
)
def test_pages_hold_nothing_the_content_policy_blocks(what: str, pattern: str) -> None:
    lines = lines_of(["templates", *APPS], (".html", ".svg"))
    found = [place for place, line in lines if re.search(pattern, line)]
    assert found == [], what


@pytest.mark.parametrize("pattern", [r"\bmark_safe\b", r"\bSafeString\(", r"\bcsrf_exempt\b", r"\.extra\("])
def test_code_keeps_the_frameworks_protection(pattern: str) -> None:
    found = [place for place, line in lines_of(["config", *APPS], (".py",)) if re.search(pattern, line)]
    assert found == []
