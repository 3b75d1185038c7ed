"""Who orders the annual status (design: access)."""

from contacts.viewer import Viewer
from core.errors import NotAllowed


def may_order(viewer: Viewer) -> bool:
    """Tell whether the viewer orders editions and writes their words: the secretariat."""
    return viewer.is_secretariat


def require_order(viewer: Viewer) -> None:
    """Raise NotAllowed for everybody but the secretariat."""
    if not may_order(viewer):
        raise NotAllowed("Kun sekretariatet bestiller den årlige status og skriver dens tekst.")
