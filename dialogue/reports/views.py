"""Pages of opgaveglidning: the list, the report form with its receipt, a report, and what is done to it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from contacts.http import Request
from core.errors import AlreadyDone
from core.forms import attempt
from dialogue.models import ReportStepKind, UnannouncedTransfer
from dialogue.reports import actions
from dialogue.reports.forms import ReportCaseForm, ReportForm, ReportTextForm
from dialogue.reports.queries import is_last_step, listed, steps_of, visible_report
from dialogue.reports.rules import capacities, may_report, offered
from dialogue.responses.reports import shown_count
from transfers.models import TransferCase

PAGE = ["GET", "HEAD", "POST"]
PER_PAGE = 25
STEPS = {
    "answer": ReportStepKind.ANSWERED, "close": ReportStepKind.CLOSED, "make_case": ReportStepKind.BECAME_CASE,
}  # fmt: skip


def report_or_404(request: Request, pk: int) -> UnannouncedTransfer:
    """Return the report; a foreign and a missing one raise the same Http404."""
    report = visible_report(request.viewer, pk)
    if report is None:
        raise Http404("Siden findes ikke, eller du har ikke adgang til den.")
    return report


def report_for(request: Request, pk: int, code: str) -> UnannouncedTransfer:
    """Return the report for an act; raises PermissionDenied where the act is not the viewer's now."""
    report = report_or_404(request, pk)
    if not capacities(code, report, request.viewer):
        text = request.POST.get("text", "").replace("\r\n", "\n").strip()
        if request.method == "POST" and is_last_step(report, request.viewer, STEPS[code], text):
            raise AlreadyDone(report.get_absolute_url())
        raise PermissionDenied("Det kan ikke gøres med meldingen nu, eller du har ikke adgang til det.")
    return report


@require_safe
def reports(request: Request) -> HttpResponse:
    """List the reports the viewer may see."""
    page = Paginator(listed(request.viewer), PER_PAGE).get_page(request.GET.get("side"))
    context = {"page": page, "may_report": bool(may_report(request.viewer))}
    return render(request, "dialogue/reports/list.html", context)


@require_http_methods(PAGE)
def new(request: Request) -> HttpResponse:
    """Report a task that moved without dialogue."""
    memberships = may_report(request.viewer)
    if not memberships:
        raise PermissionDenied("Kun den, der hører til en organisation, kan melde opgaveglidning.")
    form = ReportForm(request.POST or None, memberships=memberships)
    if request.method == "POST" and form.is_valid() and (report := reported(request, form)):
        return redirect("dialogue:report_receipt", report.pk)
    return render(request, "dialogue/reports/new.html", {"form": form})


def reported(request: Request, form: ReportForm) -> UnannouncedTransfer | None:
    """Store the report of the form; None when that was refused."""
    data = dict(form.cleaned_data)
    chosen = data.pop("membership")
    member = next(m for m in may_report(request.viewer) if m.pk == chosen)
    responsible = form.organisations[data.pop("responsible")]
    return attempt(
        form,
        lambda: actions.report_transfer(viewer=request.viewer, membership=member, responsible=responsible, **data),
    )


@require_safe
def receipt(request: Request, pk: int) -> HttpResponse:
    """Say what was sent, to whom, and what happens now."""
    return render(request, "dialogue/reports/receipt.html", {"report": report_or_404(request, pk)})


@require_safe
def report(request: Request, pk: int) -> HttpResponse:
    """Show a report, what has happened to it, and what the viewer can do."""
    found = report_or_404(request, pk)
    sees_case = found.case_id and TransferCase.visible_to(request.viewer).filter(pk=found.case_id).exists()
    context = {
        "report": found,
        "patients": shown_count(found.patients_kind, found.patients_number),
        "steps": steps_of(found, request.viewer),
        "rights": offered(found, request.viewer),
        "case": found.case if sees_case else None,
    }
    return render(request, "dialogue/reports/report.html", context)


@require_http_methods(PAGE)
def answer(request: Request, pk: int) -> HttpResponse:
    """Answer a report for the responsible organisation."""
    found = report_for(request, pk, "answer")
    form = ReportTextForm(
        request.POST or None, label="Svar", ask="Skriv et svar.",
        hint="Skriv, hvad der er sket, og hvad I gør nu. Den, der har meldt, og sekretariatet kan læse svaret.",
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and answered(request, form, found):
        messages.success(request, "Svaret er sendt.")
        return redirect(found)
    context = {"report": found, "form": form, "title": "Svar på meldingen", "submit": "Send svaret"}
    return render(request, "dialogue/reports/act.html", context)


def answered(request: Request, form: ReportTextForm, found: UnannouncedTransfer) -> UnannouncedTransfer | None:
    """Send the answer of the form; None when that was refused."""
    text = form.cleaned_data["text"]
    return attempt(form, lambda: actions.answer_report(report=found, viewer=request.viewer, text=text))


@require_http_methods(PAGE)
def close(request: Request, pk: int) -> HttpResponse:
    """Close a report, with the reason."""
    found = report_for(request, pk, "close")
    form = ReportTextForm(
        request.POST or None, label="Begrundelse", ask="Skriv en begrundelse.",
        hint="Skriv, hvorfor der ikke skal ske mere. Den, der har meldt, kan læse begrundelsen.",
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and closed(request, form, found):
        messages.success(request, "Meldingen er afsluttet.")
        return redirect(found)
    context = {"report": found, "form": form, "title": "Afslut meldingen", "submit": "Afslut meldingen"}
    return render(request, "dialogue/reports/act.html", context)


def closed(request: Request, form: ReportTextForm, found: UnannouncedTransfer) -> UnannouncedTransfer | None:
    """Close the report as the form says; None when that was refused."""
    reason = form.cleaned_data["text"]
    return attempt(form, lambda: actions.close_report(report=found, viewer=request.viewer, reason=reason))


@require_http_methods(PAGE)
def make_case(request: Request, pk: int) -> HttpResponse:
    """Start a case from a report; the nearest leader concludes its screening."""
    found = report_for(request, pk, "make_case")
    form = ReportCaseForm(request.POST or None, report=found)
    if request.method == "POST" and form.is_valid() and (case := case_made(request, form, found)):
        messages.success(request, f"Meldingen er blevet til {case.number}. Lederen afslutter den indledende vurdering.")
        return redirect(case)
    context = {"report": found, "form": form, "title": "Gør meldingen til en sag", "submit": "Opret sagen"}
    return render(request, "dialogue/reports/act.html", context)


def case_made(request: Request, form: ReportCaseForm, found: UnannouncedTransfer) -> TransferCase | None:
    """Start the case of the form; None when that was refused."""
    data = form.cleaned_data
    return attempt(
        form,
        lambda: actions.make_case_of_report(
            report=found, viewer=request.viewer, title=data["title"], what_changes=data["what_changes"],
            department=form.chosen_part,
        ),
    )  # fmt: skip
