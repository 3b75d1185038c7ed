"""What the pages of the annual status share: finding an edition, and who may be there."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404

from contacts.http import Request
from portfolio.annual.rules import ORDERING, may_order
from portfolio.models import AnnualStatus

ABSENT = "Siden findes ikke, eller du har ikke adgang til den."
PAGE = ["GET", "HEAD", "POST"]


def status_or_404(request: Request, year: int, edition: int) -> AnnualStatus:
    """Return an edition; a foreign and a missing one raise the same Http404."""
    rows = AnnualStatus.visible_to(request.viewer).select_related("submission__sent_by")
    found = rows.filter(year=year, edition=edition).first()
    if found is None:
        raise Http404(ABSENT)
    return found


def require_orderer(request: Request) -> None:
    """Raise PermissionDenied for readers who do not order."""
    if not may_order(request.viewer):
        raise PermissionDenied(ORDERING)
