"""The portfolio app: the choice of forum and the forums' decisions."""

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    """Portefølje."""

    name = "portfolio"
    verbose_name = "Portefølje"

    def ready(self) -> None:
        """Register what the rooms bring to the case: history, tabs, todos and whom a case waits for."""
        import portfolio.annual.register
        import portfolio.decisions.register
        import portfolio.demo.register
        import portfolio.routing.register  # noqa: F401
