"""The queue only wakes; the outbox rows are the truth."""

from celery import shared_task

from notifications.actions import send_waiting


@shared_task
def send_outbox() -> int:
    """Mail what waits; returns how many were sent."""
    return send_waiting()
