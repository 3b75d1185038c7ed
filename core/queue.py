"""Waking a worker. The job row is the truth, so a broker that is down costs time and nothing else."""

import logging

from celery import current_app
from kombu.exceptions import ChannelError, KombuError

log = logging.getLogger(__name__)
EXPIRES = 55  # seconds: the sweeper wakes again each minute, so an old message is worth nothing


def wake(job_id: int) -> bool:
    """Ask for a worker to look at the job; tells whether the broker took the message."""
    try:
        current_app.send_task("core.tasks.wake_job", args=(job_id,), expires=EXPIRES, retry=False)
    except (KombuError, ChannelError, OSError) as error:
        log.warning("job %s waits for the sweeper: %s", job_id, type(error).__name__)
        return False
    return True
