"""The pages of a written procedure: start it, follow it, vote."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from contacts.http import Request
from core import parameters
from core.forms import attempt
from core.workdays import add_working_days
from portfolio.models import Ballot, WrittenVote
from portfolio.procedures.actions import cast_vote, open_vote
from portfolio.procedures.forms import OpenVoteForm, VoteForm
from portfolio.procedures.queries import entitled, procedures
from transfers.models import TransferCase
from transfers.pages import case_or_404, offered, render_case
from transfers.rules import Offer, offers_of

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
def start(request: Request, number: str) -> HttpResponse:
    """Ask for recommendation and deadline, and open the vote."""
    case = case_or_404(request, number)
    offer = offered(request, case, "open_vote")
    initial = {"deadline": add_working_days(localdate(), parameters.whole("deadline.vote_days"))}
    form = OpenVoteForm(request.POST or None, capacities=offer.capacities, seen=case.version, initial=initial)
    if request.method == "POST" and form.is_valid() and opened(request, case, form):
        messages.success(request, "Den skriftlige procedure er startet, og medlemmerne har fået besked.")
        return redirect("portfolio:vote", number)
    members = entitled(case.current_forum) if case.current_forum else []
    context = {"form": form, "offer": offer, "members": members}
    return render_case(request, case, "vote", "portfolio/procedures/start.html", context)


def opened(request: Request, case: TransferCase, form: OpenVoteForm) -> WrittenVote | None:
    """Open the vote as the form says; None when it was refused."""
    data = form.cleaned_data
    return attempt(
        form,
        lambda: open_vote(
            case=case, viewer=request.viewer, recommendation=data["recommendation"], deadline=data["deadline"],
            seen=data["seen"], capacity_id=form.capacity_id,
        ),
    )  # fmt: skip


@require_http_methods(PAGE)
def vote(request: Request, number: str) -> HttpResponse:
    """Show the case's written procedures, and take the viewer's vote."""
    case = case_or_404(request, number)
    form = None
    if request.method == "POST":
        offer = offered(request, case, "cast_vote")
        form = form_of(request, case, offer)
        if form.is_valid() and voted(request, case, form):
            messages.success(request, "Din stemme er afgivet. Den kan ikke ændres.")
            return redirect("portfolio:vote", number)
    offers = offers_of(("cast_vote", "close_vote", "open_vote"), case, request.viewer)
    able = {code: offer for code, offer in offers.items() if offer.allowed}
    if form is None and "cast_vote" in able:
        form = form_of(request, case, able["cast_vote"])
    context = {"form": form, "procedures": procedures(case, request.viewer), "offers": able}
    return render_case(request, case, "vote", "portfolio/procedures/vote.html", context)


def form_of(request: Request, case: TransferCase, offer: Offer) -> VoteForm:
    """Return the form by which the viewer votes."""
    return VoteForm(request.POST or None, capacities=offer.capacities, seen=case.version)


def voted(request: Request, case: TransferCase, form: VoteForm) -> Ballot | None:
    """Cast the vote; None when it was refused."""
    data = form.cleaned_data
    return attempt(
        form,
        lambda: cast_vote(
            case=case, viewer=request.viewer, choice=data["choice"], reason=data["reason"], seen=data["seen"],
            capacity_id=form.capacity_id,
        ),
    )  # fmt: skip
