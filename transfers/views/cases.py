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
from transfers import rooms, rules
from transfers.actions import may_screen
from transfers.filters import DEFAULT_SORT, CaseFilter, order_of
from transfers.forms import ActForm
from transfers.history import TOLD
from transfers.listing import Turn, page_of
from transfers.models import TransferCase
from transfers.pages import case_or_404, known_or_404, offered, render_case
from transfers.plain import carry_out
from transfers.queries import history_of, is_glimpsed, is_title_only
from transfers.rules import Offer
from transfers.workflow import BY_CODE

PER_PAGE = 25


def filtered(request: Request) -> CaseFilter:
    """Return the list's filter over the cases this viewer sees."""
    return CaseFilter(request.GET, queryset=TransferCase.visible_to(request.viewer), request=request)


def turned(request: Request) -> Turn | None:
    """Return how the reader turned the page, as the address says; None for the first page."""
    for name, backwards in (("efter", False), ("foer", True)):
        if number := request.GET.get(name):
            return Turn(number, backwards)
    return None


@require_safe
def case_list(request: Request) -> HttpResponse:
    """List the cases the viewer may see."""
    found, order = filtered(request), order_of(request.GET.get("sorter"))
    rows, words = found.qs, bool(found.form.cleaned_data.get("q"))
    page = page_of(rows, request.viewer, order, turned(request), is_whole=found.is_whole, has_words=words)
    context = {
        "filter": found,
        "page": page,
        "glimpsed": [case.pk for case in page.cases if is_glimpsed(case, request.viewer)],
        "default_sort": DEFAULT_SORT,
        "may_screen": bool(may_screen(request.viewer)),
    }
    return render_page(request, "transfers/list.html", context)


@require_safe
def overview(request: Request, number: str) -> HttpResponse:
    """Show a case: what moves, what happens now, and what the viewer can do."""
    case = known_or_404(request, number)
    if is_title_only(case, request.viewer):
        return render_page(request, "transfers/title_only.html", {"case": case})
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
        still_seen = TransferCase.visible_to(request.viewer).filter(pk=case.pk).exists()
        return redirect(case if still_seen else "transfers:desk")
    return render_case(request, case, "", "transfers/act.html", {"offer": offer, "form": form})


def done(request: Request, case: TransferCase, code: str, form: ActForm) -> TransferCase:
    """Carry out a plain act as the form says."""
    data = form.cleaned_data
    return carry_out(
        code, case=case, viewer=request.viewer, seen=data["seen"],
        capacity_id=form.capacity_id, reason=data.get("reason", ""),
    )  # fmt: skip
