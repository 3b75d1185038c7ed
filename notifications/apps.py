"""Django reads the app from here."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Beskeder."""

    name = "notifications"
    verbose_name = "Beskeder"
