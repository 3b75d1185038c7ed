"""The register's pages: the list, one agreement, and the list as a spreadsheet."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contacts.http import Request
from core.spreadsheet import Column, csv_text, workbook
from portfolio.register.filters import RegisterFilter
from portfolio.register.queries import Line, lines, made_agreements

PER_PAGE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS: list[Column[Line]] = [
    Column("Aftale", lambda line: line.title, 50),
    Column("Hvad flytter", lambda line: line.what_moves, 70),
    Column("Afgiver opgaven", lambda line: line.givers, 32),
    Column("Modtager opgaven", lambda line: line.receivers, 50),
    Column("Indgået", lambda line: line.made_on, 12),
    Column("Status", lambda line: line.state, 12),
    Column("Udfald af opfølgning", lambda line: line.follow_up, 28),
]


def filtered(request: Request) -> RegisterFilter:
    """Return the register as the address narrows it, the newest first."""
    return RegisterFilter(request.GET, queryset=made_agreements().order_by("-made_on", "-pk"), request=request)


@require_safe
def register(request: Request) -> HttpResponse:
    """List the made agreements."""
    found = filtered(request)
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("side"))
    context = {"filter": found, "page": page, "lines": lines(page, request.viewer)}
    return render(request, "portfolio/register/list.html", context)


@require_safe
def registered(request: Request, pk: int) -> HttpResponse:
    """Show one made agreement; one that is not made and one that does not exist answer alike."""
    found = lines(made_agreements().filter(pk=pk), request.viewer)
    if not found:
        raise Http404("Siden findes ikke, eller du har ikke adgang til den.")
    return render(request, "portfolio/register/agreement.html", {"line": found[0]})


@require_safe
def register_xlsx(request: Request) -> HttpResponse:
    """Give the list as a workbook."""
    content = workbook("Aftaler", COLUMNS, lines(filtered(request).qs, request.viewer))
    return HttpResponse(content, content_type=XLSX, headers=named("aftaler.xlsx"))


@require_safe
def register_csv(request: Request) -> HttpResponse:
    """Give the list as a text for a spreadsheet."""
    content = csv_text(COLUMNS, lines(filtered(request).qs, request.viewer))
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=named("aftaler.csv"))


def named(name: str) -> dict[str, str]:
    """Return the header that lets a browser store an answer under a name."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}
