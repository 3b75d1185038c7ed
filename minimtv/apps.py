"""Django reads the app from here."""

from django.apps import AppConfig


class MiniMtvConfig(AppConfig):
    """Mini-MTV."""

    name = "minimtv"
    verbose_name = "Mini-MTV"

    def ready(self) -> None:
        """Register requirements, history, tab, tasks and the panel of the overview."""
        import minimtv.co_authors.register
        import minimtv.register
        import minimtv.requirements  # noqa: F401
