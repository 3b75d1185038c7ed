"""Who is told of a report: its number and title only, and a link that asks for sign-in."""

from __future__ import annotations

from collections.abc import Iterable

from core.models import User
from dialogue.models import ReportStep
from notifications.actions import queue_notice


def tell(step: ReportStep, users: Iterable[User], path: str = "") -> None:
    """Put one notice per person in the outbox, except to the one who did it; sent once (key per step)."""
    report = step.report
    for user in {user.pk: user for user in users if user.pk != step.actor_id}.values():
        queue_notice(
            user=user, key=f"{report.number}:{step.number}:{user.pk}", subject=str(report),
            event=step.get_kind_display(), path=path or report.get_absolute_url(),
            fallback=report.get_absolute_url(),
        )  # fmt: skip
