"""The page by which a forum takes up a case that it rejected."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from contacts.http import Request
from core.forms import attempt
from portfolio.decisions.actions import take_up_again
from portfolio.decisions.forms import TakeUpForm
from portfolio.decisions.queries import rejected_in
from portfolio.meetings.queries import meetings_to_decide_at
from portfolio.models import Decision
from transfers.models import TransferCase
from transfers.pages import case_or_404, offered, render_case


@require_http_methods(["GET", "HEAD", "POST"])
def take_up(request: Request, number: str) -> HttpResponse:
    """Ask for the forum's new decision and publish it; the case becomes a draft."""
    case = case_or_404(request, number)
    offer = offered(request, case, "take_up_again")
    initial = {"decided_on": localdate()}
    placement = rejected_in(case)
    meetings = meetings_to_decide_at(placement.forum.heir.pk, case) if placement else []
    form = TakeUpForm(
        request.POST or None, capacities=offer.capacities, seen=case.version, initial=initial, meetings=meetings
    )
    if request.method == "POST" and form.is_valid() and taken_up(request, case, form):
        messages.success(request, "Beslutningen er offentliggjort, og sagen er kladde hos lederen igen.")
        return redirect("portfolio:treatment", number)
    context = {"form": form, "offer": offer}
    return render_case(request, case, "treatment", "portfolio/decisions/take_up.html", context)


def taken_up(request: Request, case: TransferCase, form: TakeUpForm) -> Decision | None:
    """Publish the decision as the form says; None when it was refused."""
    data = form.cleaned_data
    return attempt(
        form,
        lambda: take_up_again(
            case=case, viewer=request.viewer, text=data["text"], reason=data["reason"],
            decided_on=data["decided_on"], meeting=form.chosen_meeting, seen=data["seen"], capacity_id=form.capacity_id,
        ),
    )  # fmt: skip
