"""Waking a worker. The job row is the truth, so a broker that is down costs time and nothing else."""

import logging

from celery import current_app
from django.conf import settings
from kombu import Connection
from kombu.exceptions import ChannelError, KombuError

log = logging.getLogger(__name__)
EXPIRES = 55  # seconds: the sweeper wakes again each minute, so an old message is worth nothing
# A person waits for the answer: one attempt at the broker, where Celery on its own would try for six seconds.
IMPATIENT = {"max_retries": 0, "interval_start": 0, "interval_step": 0, "interval_max": 0}


def wake(job_id: int) -> bool:
    """Ask for a worker to look at the job; tells whether the broker took the message."""
    options = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, **IMPATIENT}
    try:
        with Connection(settings.CELERY_BROKER_URL, transport_options=options) as connection:
            current_app.send_task(
                "core.tasks.wake_job", args=(job_id,), expires=EXPIRES, retry=False, connection=connection
            )
    except (KombuError, ChannelError, OSError) as error:
        log.warning("job %s waits for the sweeper: %s", job_id, type(error).__name__)
        return False
    return True
