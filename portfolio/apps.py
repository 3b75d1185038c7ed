"""The portfolio app: the choice of forum and the forums' decisions."""

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    """Portefølje."""

    name = "portfolio"
    verbose_name = "Portefølje"

    def ready(self) -> None:
        """Register what the rooms bring to the case: history, tabs, todos and whom a case waits for."""
        import portfolio.agreements.register
        import portfolio.annual.register
        import portfolio.decisions.register
        import portfolio.demo.register
        import portfolio.followup.register
        import portfolio.meetings.register
        import portfolio.opinions.register
        import portfolio.orientations.following
        import portfolio.overview.register
        import portfolio.procedures.register
        import portfolio.register.register
        import portfolio.routing.register  # noqa: F401
