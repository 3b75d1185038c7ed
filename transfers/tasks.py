"""What beat does for cases."""

from celery import shared_task
from django.utils.timezone import localdate

from transfers.actions.looking import forget_looks
from transfers.actions.reminding import remind
from transfers.heads import keep_heads


@shared_task
def remind_of_deadlines() -> int:
    """Remind of today's deadlines; a second run on the same day tells nobody anything."""
    return remind(localdate())


@shared_task
def forget_old_looks() -> int:
    """Remove from the access log what is older than the secretariat's period for it."""
    return forget_looks()


@shared_task
def keep_history_heads() -> bool:
    """Keep today's head of all histories outside the database; a second run on the same day adds nothing."""
    return keep_heads()
