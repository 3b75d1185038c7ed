"""Settings, addresses and start-up of the product; the Celery application comes up with Django."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
