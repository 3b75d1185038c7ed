"""A published decision: its correction by a new one, and the decision as PDF."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from contacts.http import Request
from core.forms import attempt
from core.papers import paper_response
from portfolio.decisions import papers, queries, rules
from portfolio.decisions.actions import correct_decision
from portfolio.decisions.forms import CorrectionForm
from portfolio.models import Decision
from transfers.models import TransferCase
from transfers.pages import case_or_404, render_case

PAGE = ["GET", "HEAD", "POST"]
TAB = "treatment"


def published_or_404(request: Request, case: TransferCase, pk: int) -> Decision:
    """Return a published decision of the case; a draft and a missing one raise the same Http404."""
    decision = queries.decision_numbered(case, request.viewer, pk)
    if decision is None or decision.is_draft:
        raise Http404("Siden findes ikke, eller du har ikke adgang til den.")
    return decision


@require_safe
def decision_pdf(request: Request, number: str, pk: int) -> HttpResponse:
    """Give a published decision as PDF: what was decided, by whom, and what corrects it."""
    case = case_or_404(request, number)
    decision = published_or_404(request, case, pk)
    template = "portfolio/decisions/paper.html"
    return paper_response(template, papers.paper_of(decision), papers.paper_context(decision))


@require_http_methods(PAGE)
def correct(request: Request, number: str, pk: int) -> HttpResponse:
    """Ask for the new wording of a published decision and publish it as a correction."""
    case = case_or_404(request, number)
    decision = published_or_404(request, case, pk)
    able = rules.correctors(decision, request.viewer)
    if not able:
        raise PermissionDenied("Kun formand eller sekretær i det forum, der besluttede, kan rette beslutningen.")
    initial = {"text": decision.text, "reason": decision.reason, "decided_on": localdate()}
    form = CorrectionForm(request.POST or None, capacities=able, seen=case.version, initial=initial)
    if request.method == "POST" and form.is_valid() and corrected(request, form, decision):
        messages.success(request, "Rettelsen er offentliggjort. Den oprindelige beslutning står stadig i sagen.")
        return redirect("portfolio:treatment", number)
    context = {"form": form, "decision": decision}
    return render_case(request, case, TAB, "portfolio/decisions/correct.html", context)


def corrected(request: Request, form: CorrectionForm, decision: Decision) -> Decision | None:
    """Publish the correction; None when it was refused."""
    data = form.cleaned_data
    return attempt(
        form,
        lambda: correct_decision(
            decision=decision, viewer=request.viewer, text=data["text"], reason=data["reason"],
            decided_on=data["decided_on"], capacity_id=form.capacity_id,
        ),
    )  # fmt: skip
