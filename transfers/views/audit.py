"""Who can see a case, who has seen it, and the history as the auditor reads it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contacts.enums import Function
from contacts.http import Request
from core.files import hand_out
from transfers.filters import AccessFilter
from transfers.heads import kept_text
from transfers.history import TOLD
from transfers.looking import shows
from transfers.models import AccessEntry
from transfers.pages import case_or_404, render_case
from transfers.queries import audited_case, history_of
from transfers.sight import seers

PER_PAGE, MOST = 25, 1000
ABSENT = "Siden findes ikke, eller du har ikke adgang til den."


def require_reader(request: Request) -> None:
    """Raise PermissionDenied for all but the secretariat and the auditor."""
    if not request.viewer.holding(AccessEntry.READERS):
        raise PermissionDenied("Kun sekretariatet og revisor ser, hvem der har set en sag.")


@require_safe
def access(request: Request, number: str) -> HttpResponse:
    """Show the secretariat every person who can see the case today, and why."""
    case = case_or_404(request, number)
    if not request.viewer.is_secretariat:
        raise PermissionDenied("Kun sekretariatet ser, hvem der kan se en sag.")
    page = Paginator(seers(case), PER_PAGE).get_page(request.GET.get("side"))
    return render_case(request, case, "access", "transfers/access.html", {"page": page})


@require_safe
def access_log(request: Request) -> HttpResponse:
    """Show who looked at which case, newest first, by case, person and date."""
    require_reader(request)
    rows = AccessEntry.visible_to(request.viewer).select_related("case", "user")
    found = AccessFilter(request.GET, queryset=rows)
    page = Paginator(found.qs[: MOST + 1], PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "filter": found, "page": page, "most": MOST, "audits": bool(request.viewer.holding([Function.AUDITOR])),
        "audited": audited_case(request.viewer, request.GET.get("sag", "").strip().upper()),
    }  # fmt: skip
    return render(request, "transfers/access_log.html", context)


@require_safe
def audited_history(request: Request, number: str) -> HttpResponse:
    """Show the auditor a case's history; what is kept from others in it is kept from the auditor too."""
    case = audited_case(request.viewer, number)
    if case is None:
        raise Http404(ABSENT)
    shows(request, [case.pk])
    page = Paginator(history_of(case, request.viewer), PER_PAGE).get_page(request.GET.get("side"))
    return render(request, "transfers/audited_history.html", {"case": case, "page": page, "told": TOLD})


@require_safe
def history_heads(request: Request) -> HttpResponse:
    """Give the daily heads of all histories, as they are kept outside the database."""
    require_reader(request)
    return hand_out("history-heads.jsonl", kept_text().encode(), "text/plain; charset=utf-8")
