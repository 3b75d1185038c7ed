"""The page »Valg af forum«: the recommendation for all who see the case, the choice for the contact person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from contacts.http import Request
from contacts.models import Forum
from core.forms import attempt
from portfolio.routing import rules
from portfolio.routing.actions import route
from portfolio.routing.forms import RoutingForm
from transfers.models import TransferCase
from transfers.pages import case_or_404, render_case, turn_away
from transfers.rules import Offer, offers_of

ACTS = ("route_to_local_forum", "route_to_portfolio", "await_mini_mtv")


@require_http_methods(["GET", "HEAD", "POST"])
def routing(request: Request, number: str) -> HttpResponse:
    """Show what the system recommends and why; take the contact person's choice."""
    case = case_or_404(request, number)
    offers = offers_of(ACTS, case, request.viewer)
    if request.method == "POST" and not offers:
        turn_away(request, case, ACTS, "Det kan ikke gøres nu. Kun initiativtagers kontaktperson vælger forum.")
    if case.stage not in rules.ROUTING_STAGES:
        return redirect("portfolio:treatment", number)
    page = page_of(request, case, list(offers.values()))
    form = page["form"]
    if form and request.method == "POST" and form.is_valid() and routed(request, case, form, page["forums"]):
        messages.success(request, f"{case.stage_label}: valget er gemt og står i sagens historik.")
        return redirect("portfolio:treatment", number)
    return render_case(request, case, "treatment", "portfolio/routing/routing.html", page)


def page_of(request: Request, case: TransferCase, offers: list[Offer]) -> dict[str, Any]:
    """Return what the page tells: the advice, what a forum needs, the ways open and those that are not."""
    advice, back = rules.recommendation(case), rules.forum_to_return_to(case)
    forums = [back] if back else rules.local_forums(case)
    open_ways = rules.choices(case, offers, forums)
    return {
        "advice": advice,
        "back": back,
        "gate": rules.gate(case),
        "forums": forums,
        "form": form_of(request, case, offers, open_ways, forums, advice) if open_ways else None,
        "blocked": [o for o in offers if o.act.code in rules.LEVEL_OF and not o.allowed and not back],
        "may_choose": bool(offers),
    }


def form_of(
    request: Request, case: TransferCase, offers: list[Offer], open_ways: list[rules.Choice], forums: list[Forum],
    advice: rules.Recommendation,
) -> RoutingForm:  # fmt: skip
    """Return the form, the recommended way chosen where it is open."""
    codes = [way.code for way in open_ways]
    wanted = rules.CODE_OF[advice.level]
    return RoutingForm(
        request.POST or None, capacities=offers[0].capacities, seen=case.version, choices=open_ways,
        forums=forums if "route_to_local_forum" in codes else [],
        initial_choice=wanted if wanted in codes else codes[0] if len(codes) == 1 else "",
    )  # fmt: skip


def routed(request: Request, case: TransferCase, form: RoutingForm, forums: list[Forum]) -> TransferCase | None:
    """Carry the choice out; None when it was refused."""
    data = form.cleaned_data
    return attempt(
        form,
        lambda: route(
            case=case, viewer=request.viewer, code=data["choice"], forum=form.chosen(forums),
            reason=data["reason"], seen=data["seen"], capacity_id=form.capacity_id,
        ),
    )  # fmt: skip
