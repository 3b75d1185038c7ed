"""Queueing a notice inside the transaction that caused it, and sending what waits."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.timezone import now

from core.models import User
from notifications.models import Notice

LONGEST_WAIT = timedelta(hours=6)


def queue_notice(*, user: User, key: str, subject: str, path: str, event: str = "") -> Notice:
    """Put a notice in the inbox and the outbox; a second one with the same key changes nothing."""
    notice, _ = Notice.objects.get_or_create(
        key=key, defaults={"user": user, "subject": subject[:300], "path": path, "event": event[:120]}
    )
    return notice


def send_waiting(limit: int = 50) -> int:
    """Mail what is due, one transaction per notice; returns how many were sent."""
    return sum(send_next() for _ in range(limit))


@transaction.atomic
def send_next() -> bool:
    """Claim the oldest notice that is due and mail it; a refused mail is tried again later, longer each time."""
    due = Notice.objects.filter(sent_at__isnull=True, next_attempt_at__lte=now()).order_by("next_attempt_at")
    notice = due.select_for_update(skip_locked=True, of=("self",)).select_related("user").first()
    if notice is None:
        return False
    notice.attempts += 1
    try:
        mail_for(notice).send()
        notice.sent_at = now()
    except (SMTPException, OSError):
        notice.next_attempt_at = now() + min(timedelta(minutes=2**notice.attempts), LONGEST_WAIT)
    notice.save()
    return notice.sent_at is not None


def mail_for(notice: Notice) -> EmailMessage:
    """Return the mail of a notice: what happened and a link; nothing of the case's content."""
    body = (
        f"{notice.subject}\n\nSe sagen her (kræver, at du logger ind):\n{settings.BASE_URL}{notice.path}\n\n"
        "Du får beskeden, fordi du har en rolle i sagen. Svar ikke på denne mail.\n"
    )
    return EmailMessage(
        subject=notice.subject, body=body, to=[notice.user.email],
        headers={"Message-ID": f"<notice-{notice.pk}@{settings.BASE_URL.split('//')[-1].split(':')[0]}>"},
    )  # fmt: skip
