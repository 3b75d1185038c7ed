"""The outbox on a real mail server: sent once, later when refused, with nothing of the case's content."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import now

from core.models import User
from notifications.actions import queue_notice, send_waiting
from notifications.models import Notice
from tests.services import MailServer
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


def test_an_act_is_told_by_number_and_title_only(world: World, smtp_server: MailServer) -> None:
    case = draft_case(world)
    do_plain("withdraw", case=case, viewer=world.viewer("leader"), seen=None, reason="Hemmelig grund")
    assert send_waiting() == 2
    for mail in smtp_server.messages:
        assert mail["Subject"] == f"{case.number} {case.title}"
        assert "Hemmelig grund" not in mail.get_content()
