"""Registers the app and the checks it brings."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    """Fælles funktioner."""

    name = "core"
    verbose_name = "Fælles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import the system checks, what a sign-in is noted by, and every app's tasks: they declare jobs."""
        from core import checks, sessions  # noqa: F401

        autodiscover_modules("tasks")
