"""Pages of the dialoggrundlag: the document, its steps, the check, the submission and its versions."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from contacts.http import Request
from core.forms import attempt
from core.papers import paper_response
from dialogue.basis import actions
from dialogue.basis.findings import changes
from dialogue.basis.forms import StepForm, SubmitForm
from dialogue.basis.pages import (
    after_step,
    check_context,
    document,
    document_context,
    holes,
    part_or_404,
    receiver,
    saved_text,
    sending,
    step_context,
    step_form,
)
from dialogue.basis.papers import paper_context, paper_of
from dialogue.basis.queries import forget, live_content, received_as, version_numbered, versions, written
from dialogue.models import BasisVersion, DialogueBasis, may_read_draft
from transfers.enums import Stage
from transfers.models import TransferCase
from transfers.pages import case_or_404, offered, render_case
from transfers.queries import also_contact
from transfers.rules import offer
from transfers.workflow import BY_CODE

LEAVE = "forlad"


@require_safe
def basis(request: Request, number: str) -> HttpResponse:
    """Show the dialoggrundlag: the draft to those who write it, else the newest version."""
    case = case_or_404(request, number)
    context = document_context(case, request.viewer)
    return render_case(request, case, "basis", "dialogue/basis/document_tab.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def basis_step(request: Request, number: str, step: str) -> HttpResponse:
    """Show one step and save it by itself; what cannot be saved stays in the fields."""
    case = case_or_404(request, number)
    if request.method != "POST":
        offered(request, case, "edit_basis")
    elif not may_read_draft(case, request.viewer):
        raise PermissionDenied("Kun afdelingen og dens kontaktperson kan skrive i dialoggrundlaget.")
    order, part = part_or_404(case, step)
    form = step_form(request, case, part)
    if request.method == "POST" and request.htmx:
        return autosaved(request, case, part.key, form)
    if request.method == "POST" and form.is_valid() and save(request, case, part.key, form):
        return redirect(after_step(case, order, leave=LEAVE in request.POST))
    return render(request, "dialogue/basis/step.html", step_context(case, order, part, form))


def save(request: Request, case: TransferCase, part: str, form: StepForm) -> DialogueBasis | None:
    """Store the valid answers; what another saved meanwhile is put beside the form's own."""

    def act() -> DialogueBasis:
        seen = form.cleaned_data.get("revision") or 0
        try:
            return actions.save_step(case=case, viewer=request.viewer, part=part, values=form.values, seen=seen)
        except actions.ChangedMeanwhile as conflict:
            forget(case)
            form.show_theirs(conflict.keys, written(case))
            raise

    return attempt(form, act)


def autosaved(request: Request, case: TransferCase, part: str, form: StepForm) -> HttpResponse:
    """Store what is valid while the user writes on; tells when, or why not. A fragment for the page."""
    form.is_valid()
    saved = save(request, case, part, form)
    context = {
        "saved": saved_text(saved),
        "revision": saved.revision if saved else form["revision"].value(),
        "faults": sorted({str(fault) for faults in form.errors.values() for fault in faults}),
    }
    return render(request, "dialogue/basis/saved.html", context)


@require_safe
def basis_check(request: Request, number: str) -> HttpResponse:
    """Show all answers as one document, with what is lacking named and linked."""
    case = case_or_404(request, number)
    offered(request, case, "edit_basis")
    return render(request, "dialogue/basis/check.html", check_context(case, request.viewer))


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: Request, number: str) -> HttpResponse:
    """Ask once, then send: to the contact person from the draft, to the parties during the dialogue."""
    case = case_or_404(request, number)
    if request.method == "POST" and case.stage == Stage.SUBMITTED:  # the second of two clicks
        return redirect("dialogue:receipt", number)
    offer, found = offered(request, case, sending(case)), written(case)
    revision = found.basis.revision if found.basis else 0
    form = SubmitForm(
        request.POST or None, capacities=offer.capacities, seen=case.version, initial={"revision": revision}
    )
    if request.method == "POST" and form.is_valid() and sent(request, case, form):
        return redirect("dialogue:receipt", number)
    content = live_content(case)
    context = {
        "offer": offer, "form": form, "receiver": receiver(case), "holes": holes(content, case),
        "both": also_contact(case, request.viewer),
        "changes": changes(found.newest, content) if found.newest else [], "newest": found.newest_number,
    }  # fmt: skip
    return render_case(request, case, "basis", "dialogue/basis/submit.html", context)


def sent(request: Request, case: TransferCase, form: SubmitForm) -> BasisVersion | None:
    """Freeze and send as the stage has it; None when that was refused, with the reason on the form."""
    send = actions.submit_dialogue_basis if case.stage == Stage.DRAFT else actions.issue_version
    chosen = {"seen": form.cleaned_data["seen"], "revision": form.cleaned_data["revision"]}
    return attempt(form, lambda: send(case=case, viewer=request.viewer, capacity_id=form.capacity_id, **chosen))


@require_safe
def receipt(request: Request, number: str) -> HttpResponse:
    """Say what was sent, to whom, and what happens now."""
    case = case_or_404(request, number)
    found = versions(case, request.viewer)
    if not found:
        raise Http404("Dialoggrundlaget er ikke indsendt.")
    waits = case.stage == Stage.SUBMITTED
    context = {
        "case": case, "version": found[0], "receiver": receiver(case), "waits": waits,
        "both": received_as(case) if waits else "", "opening": offer(BY_CODE["open_dialogue"], case, request.viewer),
    }  # fmt: skip
    return render(request, "dialogue/basis/receipt.html", context)


@require_safe
def version(request: Request, number: str, version: int) -> HttpResponse:
    """Show one submitted version as it was frozen."""
    case = case_or_404(request, number)
    shown = version_or_404(request, case, version)
    context = {
        "version": shown, "parts": document(shown.content, case), "versions": versions(case, request.viewer),
    }  # fmt: skip
    return render_case(request, case, "basis", "dialogue/basis/version.html", context)


@require_safe
def version_pdf(request: Request, number: str, version: int) -> HttpResponse:
    """Give one submitted version as PDF; the same version gives the same bytes."""
    case = case_or_404(request, number)
    shown = version_or_404(request, case, version)
    return paper_response("dialogue/basis/pdf.html", paper_of(shown), paper_context(shown))


@require_safe
def compare(request: Request, number: str, version: int, other: int) -> HttpResponse:
    """Show what differs between two submitted versions, answer by answer."""
    case = case_or_404(request, number)
    older, newer = (version_or_404(request, case, n) for n in sorted((version, other)))
    context: dict[str, Any] = {
        "older": older, "newer": newer, "changes": changes(older.content, newer.content),
    }  # fmt: skip
    return render_case(request, case, "basis", "dialogue/basis/compare.html", context)


def version_or_404(request: Request, case: TransferCase, number: int) -> BasisVersion:
    """Return a submitted version of the case; Http404 when there is none."""
    found = version_numbered(case, request.viewer, number)
    if found is None:
        raise Http404("Den version findes ikke.")
    return found
