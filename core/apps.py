"""Registers the app and the checks it brings."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    """Fælles funktioner."""

    name = "core"
    verbose_name = "Fælles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import the system checks, and every app's tasks: they declare the jobs that may be ordered."""
        from core import checks  # noqa: F401

        autodiscover_modules("tasks")
