"""The transfers app: the case itself."""

from django.apps import AppConfig


class TransfersConfig(AppConfig):
    """Opgaveflytningssager."""

    name = "transfers"
    verbose_name = "Opgaveflytningssager"

    def ready(self) -> None:
        """Register requirements, start-up checks, menus and tabs."""
        from transfers import checks, register, requirements  # noqa: F401
