"""Who looks over the whole portfolio (S1: Porteføljestyregruppen monitors; design: access)."""

from contacts.viewer import Viewer
from portfolio.models.annual import reads_annual_status


def reads_overview(viewer: Viewer) -> bool:
    """Tell whether the viewer sees every case past draft: PSG, DAS and the secretariat."""
    return reads_annual_status(viewer)
