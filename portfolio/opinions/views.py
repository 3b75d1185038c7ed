"""The pages of opinions: ask a samarbejdsforum, and answer for it."""

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
from portfolio.opinions.actions import ask_opinion, give_opinion
from portfolio.opinions.forms import AskForm, GiveForm
from portfolio.opinions.queries import may_be_asked
from transfers.models import Opinion, TransferCase
from transfers.pages import case_or_404, offered, render_case

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
def ask(request: Request, number: str) -> HttpResponse:
    """Ask another hospital's samarbejdsforum for its opinion."""
    case = case_or_404(request, number)
    offer = offered(request, case, "ask_opinion")
    days = parameters.whole("deadline.opinion_days")
    form = AskForm(
        request.POST or None, capacities=offer.capacities, seen=case.version, forums=list(may_be_asked(case)),
        initial={"deadline": add_working_days(localdate(), days)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and asked(request, case, form):
        messages.success(request, "Forummet er spurgt og har fået besked.")
        return redirect("portfolio:treatment", number)
    return render_case(request, case, "treatment", "portfolio/opinions/ask.html", {"form": form, "offer": offer})


def asked(request: Request, case: TransferCase, form: AskForm) -> Opinion | None:
    """Ask as the form says; None when it was refused."""
    data = form.cleaned_data
    return attempt(
        form,
        lambda: ask_opinion(
            case=case, viewer=request.viewer, forum=form.forums[data["forum"]], question=data["question"],
            deadline=data["deadline"], seen=data["seen"], capacity_id=form.capacity_id,
        ),
    )  # fmt: skip


@require_http_methods(PAGE)
def give(request: Request, number: str) -> HttpResponse:
    """Answer for the asked forum."""
    case = case_or_404(request, number)
    offer = offered(request, case, "give_opinion")
    form = GiveForm(request.POST or None, capacities=offer.capacities, seen=case.version)
    if request.method == "POST" and form.is_valid() and given(request, case, form):
        messages.success(request, "Udtalelsen er afgivet.")
        return redirect("portfolio:treatment", number)
    mine = [member.forum_id for member in offer.capacities]
    questions = Opinion.visible_within(case, request.viewer).filter(forum__in=mine, answer="")
    context = {"form": form, "offer": offer, "questions": questions}
    return render_case(request, case, "treatment", "portfolio/opinions/give.html", context)


def given(request: Request, case: TransferCase, form: GiveForm) -> Opinion | None:
    """Give the opinion as the form says; None when it was refused."""
    data = form.cleaned_data
    return attempt(
        form,
        lambda: give_opinion(
            case=case, viewer=request.viewer, answer=data["answer"], text=data["text"], seen=data["seen"],
            capacity_id=form.capacity_id,
        ),
    )  # fmt: skip
