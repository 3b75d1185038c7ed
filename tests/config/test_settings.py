"""What the settings promise about headers, sign-in, dates and logs."""

import logging
import sys

import pytest
from django import forms
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.test import Client

from config.accounts import AccountAdapter
from config.celery import app
from config.logs import DiscreetFormatter
from config.settings import base, parts
from core.session_middleware import SignInRequiredMiddleware


@pytest.mark.django_db
def test_pages_carry_the_protecting_headers(client: Client) -> None:
    headers = client.get("/konto/login/").headers
    policy = {part.strip() for part in headers["Content-Security-Policy"].split(";")}
    assert policy == {
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    }
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_administrators_sign_in_where_everybody_does(client: Client) -> None:
    answer = client.post("/admin/login/", {"username": "a@example.dk", "password": "a-long-password"})
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/konto/login/")


def test_before_the_security_middleware_stands_only_what_adds_headers_to_its_own_answers() -> None:
    assert base.MIDDLEWARE[:4] == [
        "core.middleware.HeadersMiddleware",
        "csp.middleware.CSPMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
        "django.middleware.security.SecurityMiddleware",
    ]


def test_who_is_not_signed_in_is_stopped_by_default() -> None:
    assert issubclass(SignInRequiredMiddleware, LoginRequiredMiddleware)
    assert "core.session_middleware.SignInRequiredMiddleware" in base.MIDDLEWARE


def test_passwords_are_kept_with_argon2() -> None:
    assert base.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"


@pytest.mark.parametrize("password", ["Kort-kode-1", "password1234", "314159265358979"])
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


def test_a_long_password_is_accepted() -> None:
    validate_password("vinter-lampe-kaffe-12")


def test_nobody_signs_up() -> None:
    assert AccountAdapter().is_open_for_signup(HttpRequest()) is False


@pytest.mark.parametrize("typed", ["31.12.2026", "31-12-2026", "31/12/2026", "2026-12-31"])
def test_a_date_is_understood_as_people_type_it(typed: str) -> None:
    assert forms.DateField().clean(typed).isoformat() == "2026-12-31"


def test_jobs_are_json_and_come_back_when_a_worker_dies() -> None:
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1
    waits = parts.redis_broker(base.CELERY_TASK_TIME_LIMIT)["visibility_timeout"]
    assert waits > app.conf.task_time_limit > app.conf.task_soft_time_limit


def test_every_task_of_beat_exists() -> None:
    app.loader.import_default_modules()
    assert {entry["task"] for entry in base.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


def test_a_log_line_tells_where_an_error_came_from_but_not_what_was_typed() -> None:
    typed = "Anna Hansen"
    try:
        try:
            raise KeyError(typed)
        except KeyError as missing:
            raise ValueError(typed) from missing
    except ValueError:
        record = logging.LogRecord("test", logging.ERROR, __file__, 1, "Failed", None, sys.exc_info())
    line = DiscreetFormatter().format(record)
    assert "test_settings.py" in line
    assert "KeyError" in line
    assert "ValueError" in line
    assert "Anna" not in line
