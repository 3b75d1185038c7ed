"""Pages where an edition goes further: sent by the secretariat, adopted by the PSG, decided on by DAS."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from contacts.http import Request
from contacts.naming import named
from core.errors import DomainError
from core.forms import attempt
from portfolio.annual import actions
from portfolio.annual.forms import AdoptionForm, PlanDecisionForm
from portfolio.annual.queries import text_of
from portfolio.annual.rules import RECORDING, recorders
from portfolio.annual.views.common import PAGE, require_orderer, status_or_404
from portfolio.models import AnnualStatus
from portfolio.models.annual import EditionState


@require_http_methods(PAGE)
def annual_send(request: Request, year: int, edition: int) -> HttpResponse:
    """Ask once, then send a draft to the Porteføljestyregruppe."""
    status = status_or_404(request, year, edition)
    require_orderer(request)
    if request.method == "POST":
        try:
            actions.send_to_portfolio(viewer=request.viewer, status=status)
            messages.success(request, named("Udkastet er sendt til Porteføljestyregruppen."))
        except DomainError as refusal:
            messages.error(request, refusal.message)
        return redirect(status)
    unsaid = text_of(year).revision and text_of(year).words != status.words
    return render(request, "portfolio/annual/send.html", {"status": status, "unsaid": unsaid})


@require_http_methods(PAGE)
def annual_adopt(request: Request, year: int, edition: int) -> HttpResponse:
    """Register that the Porteføljestyregruppe adopted the draft."""
    status = status_or_404(request, year, edition)
    able = recorders(EditionState.DRAFT, request.viewer)
    if not able:
        raise PermissionDenied(named(RECORDING[EditionState.DRAFT]))
    form = AdoptionForm(
        request.POST or None, capacities=able, seen=edition, initial={"adopted_on": localdate()}
    )
    if request.method == "POST" and form.is_valid() and (adopted := adopt(request, form, status)):
        messages.success(request, "Vedtagelsen er registreret. Den vedtagne udgave bliver lavet nu.")
        return redirect(adopted)
    return render(request, "portfolio/annual/adopt.html", {"status": status, "form": form})


def adopt(request: Request, form: AdoptionForm, status: AnnualStatus) -> AnnualStatus | None:
    """Register the adoption; None when it was refused."""
    data = form.cleaned_data
    return attempt(
        form,
        lambda: actions.adopt_annual_status(
            viewer=request.viewer, status=status, adopted_on=data["adopted_on"], text=data["text"],
            capacity_id=form.capacity_id,
        ),
    )  # fmt: skip


@require_http_methods(PAGE)
def annual_decide(request: Request, year: int, edition: int) -> HttpResponse:
    """Register what DAS decided on the action plan, or correct it by a new decision."""
    status = status_or_404(request, year, edition)
    able = recorders(EditionState.ADOPTED, request.viewer)
    if not able:
        raise PermissionDenied(named(RECORDING[EditionState.ADOPTED]))
    form = PlanDecisionForm(request.POST or None, capacities=able, seen=edition, initial=begun(status))
    if request.method == "POST" and form.is_valid() and (decided := decide(request, form, status)):
        messages.success(request, "Beslutningen er registreret. Udgaven med beslutningen bliver lavet nu.")
        return redirect(decided)
    return render(request, "portfolio/annual/decide.html", {"status": status, "form": form})


def begun(status: AnnualStatus) -> dict[str, Any]:
    """Return the decision that is to be corrected as the form's initial values, or today."""
    before = status.plan_decision
    if before is None:
        return {"decided_on": localdate()}
    return {"decided_on": localdate(), "text": before.text, "update_plan": "yes" if before.update_plan else "no"}


def decide(request: Request, form: PlanDecisionForm, status: AnnualStatus) -> AnnualStatus | None:
    """Register the decision; None when it was refused."""
    data = form.cleaned_data
    return attempt(
        form,
        lambda: actions.decide_action_plan(
            viewer=request.viewer, status=status, update_plan=data["update_plan"] == "yes",
            decided_on=data["decided_on"], text=data["text"], capacity_id=form.capacity_id,
        ),
    )  # fmt: skip
