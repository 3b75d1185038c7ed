"""The outbox on a real mail server: sent once, later when refused, with nothing of the case's content."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils.timezone import now
from pytest_django import Settings

from core.models import User
from notifications.actions import queue_notice, send_waiting
from notifications.models import Notice
from tests.services import MailServer, free_port
from tests.world import World, draft_case
from transfers.actions import do_plain

pytestmark = pytest.mark.django_db


def notice_for(address: str, key: str = "OF-2026-0001:1") -> Notice:
    user, _ = User.objects.get_or_create(email=address, defaults={"name": "Kontaktperson"})
    return queue_notice(user=user, key=key, subject="OF-2026-0001 IV-antibiotika", path="/sager/OF-2026-0001/")


def test_a_notice_is_mailed_once_with_a_link(smtp_server: MailServer) -> None:
    notice_for("kontakt@test.invalid")
    assert send_waiting() == 1
    assert send_waiting() == 0
    (mail,) = smtp_server.messages
    assert mail["To"] == "kontakt@test.invalid"
    assert mail["Subject"] == "OF-2026-0001 IV-antibiotika"
    assert "/sager/OF-2026-0001/" in mail.get_content()


def test_the_same_step_never_makes_two_notices() -> None:
    first, second = notice_for("kontakt@test.invalid"), notice_for("kontakt@test.invalid")
    assert first.pk == second.pk


def test_a_refused_mail_is_kept_and_sent_later(smtp_server: MailServer) -> None:
    smtp_server.refusing = True
    notice = notice_for("kontakt@test.invalid")
    assert send_waiting() == 0
    notice.refresh_from_db()
    assert notice.sent_at is None
    assert notice.next_attempt_at > now() + timedelta(minutes=1)
    smtp_server.refusing = False
    Notice.objects.update(next_attempt_at=now())
    assert send_waiting() == 1
    assert len(smtp_server.messages) == 1


def test_a_worker_that_dies_before_it_has_stored_the_sending_loses_no_mail(
    smtp_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = notice_for("kontakt@test.invalid")
    with monkeypatch.context() as power_cut:
        power_cut.setattr(Notice, "save", cut_off)
        with pytest.raises(KeyboardInterrupt):
            send_waiting()
    notice.refresh_from_db()
    assert (notice.sent_at, notice.attempts) == (None, 0)
    assert (send_waiting(), send_waiting()) == (1, 0)
    first, second = smtp_server.messages
    assert first["Message-ID"] == second["Message-ID"] == f"<notice-{notice.pk}@testserver>"


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_time_mail_each_notice_once(smtp_server: MailServer) -> None:
    for number in range(12):
        notice_for(f"kontakt{number}@test.invalid", f"OF-2026-0001:{number}")
    with ThreadPoolExecutor(4) as workers:
        sent = sum(workers.map(lambda _: in_own_connection(), range(4)))
    assert sent == 12
    assert Counter(mail["To"] for mail in smtp_server.messages) == {f"kontakt{n}@test.invalid": 1 for n in range(12)}


def cut_off(notice: Notice) -> None:
    """End the worker where it would have stored that the mail is sent."""
    raise KeyboardInterrupt


def in_own_connection() -> int:
    """Send what waits as a worker of its own would."""
    try:
        return send_waiting()
    finally:
        connection.close()


def test_a_mail_server_that_is_away_holds_up_nothing_and_gets_the_mail_later(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    notice = notice_for("kontakt@test.invalid")
    assert send_waiting() == 0
    with MailServer.running() as server:
        settings.EMAIL_PORT = server.port
        assert send_waiting() == 0  # not yet: it waits a little before it tries again
        Notice.objects.update(next_attempt_at=now())
        assert send_waiting() == 1
        assert len(server.messages) == 1
    notice.refresh_from_db()
    assert notice.attempts == 2


def test_an_act_is_told_by_number_and_title_only(world: World, smtp_server: MailServer) -> None:
    case = draft_case(world)
    do_plain("withdraw", case=case, viewer=world.viewer("leader"), seen=None, reason="Hemmelig grund")
    assert send_waiting() == 2
    for mail in smtp_server.messages:
        assert mail["Subject"] == f"{case.number} {case.title}"
        assert "Hemmelig grund" not in mail.get_content()
