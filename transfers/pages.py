"""What the case's pages share: finding the case, drawing its frame, trying an action, asking by form."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from contacts.http import Request
from transfers import rooms, rules
from transfers.enums import Stage
from transfers.models import TransferCase
from transfers.queries import visible_case
from transfers.rules import Offer
from transfers.workflow import BY_CODE

T = TypeVar("T")
RAIL: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Indledende vurdering", (Stage.SCREENING,)),
    ("Dialoggrundlag", (Stage.DRAFT,)),
    ("Kontaktperson", (Stage.SUBMITTED,)),
    ("I dialog", (Stage.DIALOGUE,)),
    ("Valg af forum", (Stage.MINI_MTV,)),
    ("Behandling", (Stage.LOCAL_FORUM, Stage.PORTFOLIO, Stage.ADMINISTRATIVE)),
    ("Aftale", (Stage.AGREEMENT,)),
)


def case_or_404(request: Request, number: str) -> TransferCase:
    """Return the case by its number; a foreign and a missing one raise the same Http404."""
    case = visible_case(request.viewer, number)
    if case is None:
        raise Http404("Siden findes ikke, eller du har ikke adgang til den.")
    return case


def offered(request: Request, case: TransferCase, code: str) -> Offer:
    """Return the act as offered to this viewer; raises PermissionDenied with a Danish reason when it is not theirs."""
    found = rules.offer(BY_CODE[code], case, request.viewer)
    if not found.capacities:
        raise PermissionDenied("Det kan ikke gøres i sagen nu, eller du har ikke adgang til det.")
    return found


def rail(case: TransferCase) -> list[dict[str, str]]:
    """Return the stages as a rail: label and state (done, current, todo); a closed case has no current one."""
    position = next((i for i, (_, stages) in enumerate(RAIL) if case.stage in stages), len(RAIL))
    if case.stage == Stage.CLOSED:
        return []
    states = ["done"] * position + ["current"] + ["todo"] * len(RAIL)
    return [{"label": label, "state": state} for (label, _), state in zip(RAIL, states, strict=False)]


def render_case(
    request: Request, case: TransferCase, tab: str, template: str, context: dict[str, Any] | None = None
) -> HttpResponse:
    """Answer with a page inside the case's frame (templates/transfers/case_base.html): title, rail, tabs."""
    viewer = request.viewer
    waiting = rooms.waiting(case)
    frame = {
        "case": case,
        "rail": rail(case),
        "waiting": waiting,
        "waiting_line": "" if tab == "overview" else waiting.text,
        "tab": tab,
        "tabs": [
            {"label": t.label(case, viewer), "url": t.url(case), "current": t.code == tab}
            for t in rooms.tabs_for(case, viewer)
        ],
    }
    return render(request, template, frame | (context or {}))
