"""The pages of the annual status: editions and order form, one edition, its progress, its PDF."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from contacts.http import Request
from core import files
from core.forms import attempt
from portfolio.annual import actions
from portfolio.annual.forms import OrderForm, WordsForm
from portfolio.annual.queries import newest_edition, years_with_history
from portfolio.annual.reports.chapters import report_of
from portfolio.annual.rules import may_order
from portfolio.models import AnnualStatus
from portfolio.models.annual import reads_annual_status

ABSENT = "Siden findes ikke, eller du har ikke adgang til den."


def status_or_404(request: Request, year: int, edition: int) -> AnnualStatus:
    """Return an edition; a foreign and a missing one raise the same Http404."""
    found = AnnualStatus.visible_to(request.viewer).filter(year=year, edition=edition).first()
    if found is None:
        raise Http404(ABSENT)
    return found


def require_orderer(request: Request) -> None:
    """Raise PermissionDenied for readers who do not order."""
    if not may_order(request.viewer):
        raise PermissionDenied("Kun sekretariatet bestiller den årlige status og skriver dens tekst.")


@require_http_methods(["GET", "HEAD", "POST"])
def annual_list(request: Request) -> HttpResponse:
    """List the editions; the secretariat orders the next one."""
    if not reads_annual_status(request.viewer):
        raise Http404(ABSENT)
    if request.method == "POST":
        require_orderer(request)
    form = OrderForm(request.POST or None, years=years_with_history()) if may_order(request.viewer) else None
    if form and form.is_bound and form.is_valid() and (status := ordered(request, form)):
        return redirect(status)
    rows = AnnualStatus.visible_to(request.viewer)
    return render(request, "portfolio/annual/list.html", {"editions": rows, "form": form})


def ordered(request: Request, form: OrderForm) -> AnnualStatus | None:
    """Order as the form says; None when it was refused."""
    data = form.cleaned_data
    return attempt(
        form,
        lambda: actions.order_annual_status(
            viewer=request.viewer, year=data["year"], day=data["day"], request_key=data["request_key"]
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def annual(request: Request, year: int, edition: int) -> HttpResponse:
    """Show an edition: progress while it is made, then the report; the secretariat writes its words anew."""
    status = status_or_404(request, year, edition)
    if request.method == "POST":
        require_orderer(request)
    if not status.is_made:
        return render(request, "portfolio/annual/waiting.html", waiting(request, status))
    form = words_form(request, status)
    if form and form.is_bound and form.is_valid() and (reworded := worded(request, status, form)):
        messages.success(request, f"Udgave {reworded.edition} er bestilt med den nye tekst og de samme tal.")
        return redirect(reworded)
    others = AnnualStatus.visible_to(request.viewer).filter(year=year).exclude(pk=status.pk)
    context = report_of(status) | {"form": form, "others": others}
    return render(request, "portfolio/annual/edition.html", context)


def waiting(request: Request, status: AnnualStatus) -> dict[str, Any]:
    """Return what the page shows before the report is there."""
    return {"status": status, "year": str(status.year), "may_order": may_order(request.viewer)}


def words_form(request: Request, status: AnnualStatus) -> WordsForm | None:
    """Return the form for the words of the year's newest edition, to those who write them."""
    if not may_order(request.viewer):
        return None
    is_newest = newest_edition(status.year) == status
    return WordsForm(request.POST or None, status=status) if is_newest or request.method == "POST" else None


def worded(request: Request, status: AnnualStatus, form: WordsForm) -> AnnualStatus | None:
    """Order the edition with the new words; None when it was refused."""
    return attempt(
        form, lambda: actions.reword_annual_status(viewer=request.viewer, status=status, **form.cleaned_data)
    )


@require_safe
def annual_progress(request: Request, year: int, edition: int) -> HttpResponse:
    """Tell how far the job is; the page that asks is loaded anew when there is nothing more to wait for."""
    status = status_or_404(request, year, edition)
    if status.is_made or status.has_failed:
        return HttpResponseClientRefresh() if request.htmx else redirect(status)
    return render(request, "portfolio/annual/progress.html", waiting(request, status))


@require_POST
def annual_again(request: Request, year: int, edition: int) -> HttpResponse:
    """Order an edition whose job failed once more."""
    status = status_or_404(request, year, edition)
    require_orderer(request)
    actions.order_again(viewer=request.viewer, status=status)
    return redirect(status)


@require_safe
def annual_pdf(request: Request, year: int, edition: int) -> FileResponse:
    """Give the PDF that was stored when the edition was made."""
    status = status_or_404(request, year, edition)
    if status.pdf is None:
        raise Http404(ABSENT)
    return files.respond(status.pdf)
