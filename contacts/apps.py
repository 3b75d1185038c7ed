"""The contacts app: organisations, people and forums."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """Kontaktpersoner, organisationer og fora."""

    name = "contacts"
    verbose_name = "Kontaktpersoner"

    def ready(self) -> None:
        """Register menu items."""
        from contacts import register  # noqa: F401
