"""The case list, the case's overview and history, and the page of plain acts."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as render_page
from django.views.decorators.http import require_http_methods, require_safe

from contacts.http import Request
from core.forms import attempt
from core.spreadsheet import Column, workbook
from transfers import rooms, rules
from transfers.actions import may_screen
from transfers.filters import DEFAULT_SORT, CaseFilter, sorted_by
from transfers.forms import ActForm
from transfers.history import TOLD
from transfers.models import TransferCase
from transfers.pages import case_or_404, offered, render_case
from transfers.plain import carry_out
from transfers.queries import history_of, listed
from transfers.rules import Offer
from transfers.workflow import BY_CODE

PER_PAGE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def filtered(request: Request) -> CaseFilter:
    """Return the list's filter over the cases this viewer sees, sorted as the address says."""
    rows = sorted_by(listed(request.viewer), request.GET.get("sorter"))
    return CaseFilter(request.GET, queryset=rows, request=request)


@require_safe
def case_list(request: Request) -> HttpResponse:
    """List the cases the viewer may see."""
    found = filtered(request)
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "filter": found,
        "page": page,
        "default_sort": DEFAULT_SORT,
        "may_screen": bool(may_screen(request.viewer)),
    }
    return render_page(request, "transfers/list.html", context)


COLUMNS: list[Column[TransferCase]] = [
    Column("Sag", lambda c: c.number, 14),
    Column("Titel", lambda c: c.title, 50),
    Column("Stadie", lambda c: c.get_stage_display(), 28),
    Column("Resultat", lambda c: c.get_result_display(), 28),
    Column("Art", lambda c: c.get_change_kind_display(), 24),
    Column("Initiativ fra", lambda c: c.initiator.name, 32),
    Column("Afdeling", lambda c: c.department.name if c.department else "", 28),
    Column("Oprettet", lambda c: c.sort_date.date(), 12),
    Column("I stadiet siden", lambda c: c.stage_since.date(), 14),
]


@require_safe
def case_export(request: Request) -> HttpResponse:
    """Give the filtered list as a spreadsheet, through the same gate as the page."""
    content = workbook("Sager", COLUMNS, filtered(request).qs)
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="sager.xlsx"'
    return response


@require_safe
def overview(request: Request, number: str) -> HttpResponse:
    """Show a case: what moves, what happens now, and what the viewer can do."""
    case = case_or_404(request, number)
    allowed, blocked = sorted_out(rules.offers(case, request.viewer))
    context = {"panels": rooms.panels_for(case, request.viewer), "offers": allowed, "blocked": blocked}
    return render_case(request, case, "overview", "transfers/overview.html", context)


def sorted_out(offers: list[Offer]) -> tuple[list[Offer], list[Offer]]:
    """Return one offer per page, the most likely first, and the blocked ones worth explaining."""
    likely = sorted((o for o in offers if o.allowed), key=lambda o: not o.act.primary)
    by_page: dict[str, Offer] = {}
    for offer in likely:
        by_page.setdefault(offer.url, offer)
    return list(by_page.values()), [o for o in offers if not o.allowed and o.act.shown_blocked]


@require_safe
def history(request: Request, number: str) -> HttpResponse:
    """Show who did what, when, for whom and why, newest first."""
    case = case_or_404(request, number)
    page = Paginator(history_of(case, request.viewer), PER_PAGE).get_page(request.GET.get("side"))
    return render_case(request, case, "history", "transfers/history.html", {"page": page, "told": TOLD})


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Request, number: str, code: str) -> HttpResponse:
    """Ask once for a plain act, with its reason where one is asked for, and carry it out."""
    case = case_or_404(request, number)
    if code not in BY_CODE or BY_CODE[code].page != "transfers:act":
        raise Http404("Siden findes ikke, eller du har ikke adgang til den.")
    offer = offered(request, case, code)
    form = ActForm(request.POST or None, act=offer.act, capacities=offer.capacities, seen=case.version)
    carried_out = request.method == "POST" and form.is_valid()
    if carried_out and attempt(form, lambda: done(request, case, code, form)) is not None:
        messages.success(request, f"{offer.act.label}: det er gjort, og det står i sagens historik.")
        return redirect(case)
    return render_case(request, case, "", "transfers/act.html", {"offer": offer, "form": form})


def done(request: Request, case: TransferCase, code: str, form: ActForm) -> TransferCase:
    """Carry out a plain act as the form says."""
    data = form.cleaned_data
    return carry_out(
        code, case=case, viewer=request.viewer, seen=data["seen"],
        capacity_id=form.capacity_id, reason=data.get("reason", ""),
    )  # fmt: skip
