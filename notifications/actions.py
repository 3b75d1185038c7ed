"""Queueing a notice inside the transaction that caused it, and sending what waits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import takewhile
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.timezone import now

from core.models import User
from notifications.models import Notice

LONGEST_WAIT = timedelta(hours=6)


def queue_notice(
    *, user: User, key: str, subject: str, path: str, event: str = "", fallback: str = ""
) -> Notice:
    """Put a notice in the inbox and the outbox; a second one with the same key changes nothing."""
    told = {"user": user, "subject": subject[:300], "path": path, "event": event[:120], "fallback": fallback}
    notice, _ = Notice.objects.get_or_create(key=key, defaults=told)
    return notice


def known_keys(keys: Iterable[str]) -> set[str]:
    """Return those of the keys under which a notice was already queued; one query."""
    return set(Notice.objects.filter(key__in=list(keys)).values_list("key", flat=True))


def mark_read(*, user: User, notices: Iterable[int] | None = None) -> int:
    """Mark some of an account's own notices as read, all of them when none is named; returns how many were new."""
    rows = Notice.objects.filter(user=user, read_at__isnull=True)
    return (rows if notices is None else rows.filter(pk__in=notices)).update(read_at=now())


def send_waiting(limit: int = 50) -> int:
    """Mail what is due, one transaction per notice; returns how many were sent."""
    outcomes = takewhile(lambda sent: sent is not None, (send_next() for _ in range(limit)))
    return sum(1 for sent in outcomes if sent)


@transaction.atomic
def send_next() -> bool | None:
    """Claim the oldest notice that is due and mail it; tells whether that went well, None when nothing is due.

    A refused mail is tried again later, longer each time. The row stays locked meanwhile, so that no other worker
    takes it. A worker that dies between the mail and the commit leaves the notice unsent: it is mailed once more
    under the same Message-ID, by which mail servers know it again. Losing it would be worse.
    """
    due = Notice.objects.filter(sent_at__isnull=True, next_attempt_at__lte=now()).order_by("next_attempt_at")
    notice = due.select_for_update(skip_locked=True, of=("self",)).select_related("user").first()
    if notice is None:
        return None
    notice.attempts += 1
    try:
        mail_for(notice).send()
        notice.sent_at = now()
    except (SMTPException, OSError):
        notice.next_attempt_at = now() + min(timedelta(minutes=2**notice.attempts), LONGEST_WAIT)
    notice.save()
    return notice.sent_at is not None


def mail_for(notice: Notice) -> EmailMessage:
    """Return the mail of a notice: what it is about and a link; nothing of the content."""
    about = " ".join(notice.subject.split())  # a title with a line break must not stop the outbox
    body = (
        f"{about}\n\nLæs mere og se, om du skal gøre noget (kræver, at du logger ind):\n"
        f"{settings.BASE_URL}{notice.link}\n\n"
        "Du får beskeden, fordi du har en rolle i Opgaveflytning. Du kan ikke svare på denne mail.\n"
    )
    return EmailMessage(
        subject=about, body=body, to=[notice.user.email],
        headers={"Message-ID": f"<notice-{notice.pk}@{settings.BASE_URL.split('//')[-1].split(':')[0]}>"},
    )  # fmt: skip
