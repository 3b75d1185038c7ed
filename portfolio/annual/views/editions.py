"""Editions and the order form, one edition with its words, its progress, its files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from contacts.http import Request
from core import files
from core.forms import attempt
from portfolio.annual import actions
from portfolio.annual.forms import OrderForm, WordsForm
from portfolio.annual.progress import stages_of
from portfolio.annual.queries import newest_edition, text_of, years_with_history
from portfolio.annual.reports.chapters import report_of
from portfolio.annual.rules import may_order, may_take, step_open
from portfolio.annual.views.common import ABSENT, PAGE, require_orderer, status_or_404
from portfolio.models import AnnualStatus, AnnualText
from portfolio.models.annual import WORDS, EditionState, reads_annual_status


@require_http_methods(PAGE)
def annual_list(request: Request) -> HttpResponse:
    """List the editions; the secretariat orders the next one."""
    if request.method == "POST":
        require_orderer(request)
    form = OrderForm(request.POST or None, years=years_with_history()) if may_order(request.viewer) else None
    if form and form.is_bound and form.is_valid() and (status := ordered(request, form)):
        return redirect(status)
    rows = AnnualStatus.visible_to(request.viewer).defer("facts")
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


@require_http_methods(PAGE)
def annual(request: Request, year: int, edition: int) -> HttpResponse:
    """Show an edition: progress while it is made, then the report; the secretariat writes its words beside it."""
    status = status_or_404(request, year, edition)
    if request.method == "POST":
        require_orderer(request)
    if not status.is_made:
        return render(request, "portfolio/annual/waiting.html", waiting(request, status))
    is_newest = newest_edition(year) == status
    form = words_form(request, status, is_newest)
    if form and form.is_bound and form.is_valid() and (done := worded(request, status, form)):
        return redirect(done)
    context = shown(request, status, form) | whats_next(request, status, is_newest)
    return render(request, "portfolio/annual/edition.html", context)


def shown(request: Request, status: AnnualStatus, form: WordsForm | None) -> dict[str, Any]:
    """Return the report as this reader gets it, each chapter with its field where the words are open."""
    report = report_of(status, whole=reads_annual_status(request.viewer))
    parts = [(chapter, form[chapter.code] if form and chapter.code else None) for chapter in report["chapters"]]
    others = AnnualStatus.visible_to(request.viewer).defer("facts").filter(year=status.year).exclude(pk=status.pk)
    return report | {"form": form, "parts": parts, "others": others}


def whats_next(request: Request, status: AnnualStatus, is_newest: bool) -> dict[str, Any]:
    """Return how far the edition has come, and the next step where it is the reader's."""
    step = step_open(status, is_newest=is_newest)
    return {
        "stages": stages_of(status), "step": step, "may_take": may_take(step, request.viewer),
        "reads_all": reads_annual_status(request.viewer),
    }  # fmt: skip


def waiting(request: Request, status: AnnualStatus) -> dict[str, Any]:
    """Return what the page shows before the report is there."""
    return {"status": status, "year": str(status.year), "may_order": may_order(request.viewer)}


def words_form(request: Request, status: AnnualStatus, is_newest: bool) -> WordsForm | None:
    """Return the form for the words of the year's newest draft, to those who write them."""
    is_open = is_newest and status.state == EditionState.DRAFT
    if not may_order(request.viewer) or not (is_open or request.method == "POST"):
        return None
    return WordsForm(request.POST or None, text=text_of(status.year))


def worded(request: Request, status: AnnualStatus, form: WordsForm) -> AnnualStatus | None:
    """Save the words, or issue the draft that has them; None when it was refused."""
    data = form.cleaned_data
    chosen = {"viewer": request.viewer, "revision": data["revision"], **form.words}
    if "save" in request.POST:
        if saved(form, status, chosen) is None:
            return None
        messages.success(request, "Teksten er gemt. Den kommer med, når du udsender et nyt udkast.")
        return status
    following = attempt(
        form,
        lambda: actions.reword_annual_status(status=status, request_key=data["request_key"], **chosen),
        lambda: (WordsForm(None, text=text_of(status.year)), None),
    )
    if following:
        messages.success(request, f"Udgave {following.edition} er bestilt med den nye tekst og de samme tal.")
    return following


def saved(form: WordsForm, status: AnnualStatus, chosen: dict[str, Any]) -> AnnualText | None:
    """Keep the open words; None when that was refused."""
    words, year = {name: chosen[name] for name in WORDS}, status.year

    def newest() -> tuple[WordsForm, AnnualText]:
        text = text_of(year)
        return WordsForm(None, text=text), text

    return attempt(
        form,
        lambda: actions.save_words(viewer=chosen["viewer"], year=year, revision=chosen["revision"], words=words),
        newest,
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
def annual_file(request: Request, year: int, edition: int, kind: str, public: bool = False) -> FileResponse:
    """Give a file that was stored when the edition was made; others than the upper forums get the public one."""
    status = status_or_404(request, year, edition)
    is_public = public or not reads_annual_status(request.viewer)
    stored = getattr(status, f"public_{kind}" if is_public else kind)
    if stored is None:
        raise Http404(ABSENT)
    return files.respond(stored)
