"""What the case's pages share: finding the case, drawing its frame, trying an action, asking by form."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NoReturn, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from contacts.http import Request
from core.errors import AlreadyDone, MovedOn
from transfers import rooms, rules
from transfers.enums import Stage
from transfers.looking import shows
from transfers.meanwhile import is_second_click, meanwhile
from transfers.models import TransferCase
from transfers.queries import is_title_only, visible_cases
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
    ("Opfølgning", (Stage.ACTIVE,)),
)


GONE = "Siden findes ikke, eller du har ikke adgang til den."


def case_or_404(request: Request, number: str) -> TransferCase:
    """Return the case by its number; a foreign and a missing one raise the same Http404.

    So does a draft of which the viewer sees number and title only.
    """
    case = known_or_404(request, number)
    if is_title_only(case, request.viewer):
        raise Http404(GONE)
    return case


def known_or_404(request: Request, number: str) -> TransferCase:
    """Return the case by its number, though perhaps only number and title are to be shown; else raise the same.

    The access log is told that the page shows it.
    """
    case = rooms.with_foreknown(visible_cases(request.viewer)).filter(number=number).first()
    if case is None:
        raise Http404(GONE)
    shows(request, [case.pk])
    return rooms.remember_foreknown(case)


def offered(request: Request, case: TransferCase, code: str) -> Offer:
    """Return the act as offered to this viewer; raises PermissionDenied with a Danish reason when it is not theirs."""
    found = rules.offer(BY_CODE[code], case, request.viewer)
    if not found.capacities:
        turn_away(request, case, [code], "Det kan ikke gøres i sagen nu, eller du har ikke adgang til det.")
    return found


def turn_away(request: Request, case: TransferCase, codes: Collection[str], message: str) -> NoReturn:
    """Raise what a page answers whose acts are not open to the viewer, or not any more when it is sent.

    A post that comes too late is answered with what it said and what happened meanwhile; the second of two clicks
    is led to where the first one went.
    """
    if request.method != "POST":
        raise PermissionDenied(message)
    text = request.POST.get("seen", "")
    seen = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
    if is_second_click(case, request.viewer, codes, seen, request.POST.get("reason", "")):
        raise AlreadyDone(case.get_absolute_url())
    raise MovedOn(message, meanwhile(case, request.viewer, seen))


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
