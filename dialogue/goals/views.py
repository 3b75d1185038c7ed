"""Pages of the shared goals: writing the list, marking it for a party, and reading a frozen version."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from contacts.http import Request
from contacts.models import Membership
from core.forms import attempt
from dialogue.goals import actions
from dialogue.goals.forms import GoalsForm, MarksForm
from dialogue.goals.queries import goals, marks_of, proposed, rows_of
from dialogue.models import GoalsVersion
from transfers.models import Party, TransferCase
from transfers.pages import case_or_404, offered, render_case
from transfers.rules import Offer

PAGE = ["GET", "HEAD", "POST"]
TAB = "parties"


def back(case: TransferCase) -> str:
    """Return the address of the goals on the page of the parties."""
    return reverse("dialogue:parties", args=[case.number]) + "#goals"


@require_http_methods(PAGE)
def edit(request: Request, number: str) -> HttpResponse:
    """Write the list of shared goals; the first time what was proposed stands there."""
    case = case_or_404(request, number)
    offer = offered(request, case, "edit_goals")
    texts = [goal.text for goal in goals(case)]
    form = goals_form(request.POST or None, case, offer, texts)
    if request.method == "POST" and form.is_valid() and written(request, case, form, offer):
        messages.success(request, "De fælles mål er gemt. Parterne kan nu markere, om de er enige.")
        return redirect(back(case))
    page = {"form": form, "offer": offer, "is_first": not texts, "back": back(case)}
    return render_case(request, case, TAB, "dialogue/goals/edit.html", page)


def goals_form(data: QueryDict | None, case: TransferCase, offer: Offer, texts: Sequence[str]) -> GoalsForm:
    """Return the form with the list as it stands, or with what was proposed."""
    initial = {"goals": "\n".join(texts or proposed(case))}
    return GoalsForm(data, capacities=offer.capacities, seen=case.version, initial=initial)


def written(request: Request, case: TransferCase, form: GoalsForm, offer: Offer) -> TransferCase | None:
    """Store the list of the form; None when that was refused."""
    data = form.cleaned_data

    def act() -> TransferCase:
        return actions.write_goals(
            case=case, viewer=request.viewer, texts=data["goals"], seen=data["seen"], capacity_id=form.capacity_id
        )

    def newest() -> tuple[GoalsForm, TransferCase]:
        return goals_form(None, case, offer, [goal.text for goal in goals(case)]), case

    return attempt(form, act, newest)


@require_http_methods(PAGE)
def mark(request: Request, number: str) -> HttpResponse:
    """Say for a party whether it agrees with each goal; ?part=<id> chooses the party."""
    case = case_or_404(request, number)
    offer = offered(request, case, "mark_goal")
    member, party = spoken_for(request, case, offer)
    form = MarksForm(request.POST or None, goals=goals(case), marks=marks_of(party), seen=case.version)
    if request.method == "POST" and form.is_valid() and marked(request, case, form, member, party):
        messages.success(request, f"Markeringerne fra {party} er gemt.")
        return redirect(back(case))
    page = {"form": form, "offer": offer, "party": party, "member": member, "back": back(case)}
    return render_case(request, case, TAB, "dialogue/goals/mark.html", page)


def spoken_for(request: Request, case: TransferCase, offer: Offer) -> tuple[Membership, Party]:
    """Return the party to mark for and the membership to do it by. Raises Http404 for a foreign party."""
    asked = request.GET.get("part")
    held = {m.organisation_id: m for m in reversed(offer.capacities)}
    parties = Party.visible_within(case, request.viewer).filter(organisation__in=held)
    chosen = [party for party in parties if asked is None or str(party.pk) == asked]
    if not chosen:
        raise Http404("Siden findes ikke, eller du har ikke adgang til den.")
    return held[chosen[0].organisation_id], chosen[0]


def marked(
    request: Request, case: TransferCase, form: MarksForm, member: Membership, party: Party
) -> TransferCase | None:
    """Store the marks of the form; None when that was refused."""

    def act() -> TransferCase:
        said = form.cleaned_data
        return actions.mark_goals(
            case=case, viewer=request.viewer, marks=form.marks, seen=said["seen"], revision=said["revision"],
            capacity_id=member.pk,
        )  # fmt: skip

    def newest() -> tuple[MarksForm, TransferCase]:
        return MarksForm(None, goals=goals(case), marks=marks_of(party), seen=case.version), case

    return attempt(form, act, newest)


@require_safe
def version(request: Request, number: str, version: int) -> HttpResponse:
    """Show the goals as they stood when the dialogue was closed."""
    case = case_or_404(request, number)
    found = GoalsVersion.visible_within(case, request.viewer).filter(number=version).first()
    if found is None:
        raise Http404("Siden findes ikke, eller du har ikke adgang til den.")
    page = {"version": found, "goal_rows": rows_of(found), "back": back(case)}
    return render_case(request, case, TAB, "dialogue/goals/version.html", page)
