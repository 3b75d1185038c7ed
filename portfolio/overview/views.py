"""The page of the whole portfolio."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contacts.http import Request
from contacts.queries import organisations_without_contact
from portfolio.overview import figures, queries
from portfolio.overview.filters import DEFAULT_SORT, PortfolioFilter, sorted_by
from portfolio.overview.rules import reads_overview
from portfolio.overview.waiting import awaited

PER_PAGE = 40  # as many lines as stand on one printed page
SHOWN_SOON = 8


@require_safe
def overview(request: Request) -> HttpResponse:
    """Show the portfolio: its figures, one table of all cases, the next deadlines and the gaps in contact persons."""
    if not reads_overview(request.viewer):
        raise Http404("Siden findes ikke, eller du har ikke adgang til den.")
    today, cases = request.viewer.today, queries.portfolio_of(request.viewer)
    heaps, places = queries.heaps(cases), list(queries.places(cases))
    found = PortfolioFilter(request.GET, queryset=cases, places=places, today=today, request=request)
    page = page_of(found.qs, request)
    context = {
        "total": sum(heap.count for heap in heaps),
        "late": sum(heap.count for heap in heaps if heap.late),
        "columns": figures.columns(heaps, today),
        "charts": figures.charts(heaps, places),
        "filter": found,
        "default_sort": DEFAULT_SORT,
        "page": page,
        "soon": queries.soon(cases, today)[:SHOWN_SOON],
        "unattended": organisations_without_contact(),
    }
    return render(request, "portfolio/overview/overview.html", context)


def page_of(cases: queries.Portfolio, request: Request) -> Page[Any]:
    """Return a page of the table, each line with `awaits` and `waited`, its days in the stage."""
    rows = sorted_by(queries.lines(cases), request.GET.get("sorter"))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("side"))
    lines: list[Any] = list(page)
    waits = awaited(lines)
    for line in lines:
        line.awaits, line.waited = waits[line.pk], (request.viewer.today - line.since).days
    page.object_list = lines
    return page
