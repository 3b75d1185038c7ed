"""Django reads the app from here."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Beskeder."""

    name = "notifications"
    verbose_name = "Beskeder"

    def ready(self) -> None:
        """Put the inbox into the menus."""
        from notifications import register  # noqa: F401
