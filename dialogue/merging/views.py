"""The page where a merge is proposed; yes, no and taking back are plain acts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from contacts.http import Request
from core.forms import attempt
from dialogue.merging.actions import propose_merge
from dialogue.merging.forms import MergeForm
from dialogue.merging.queries import candidates
from dialogue.models import MergeProposal
from transfers.models import TransferCase
from transfers.pages import case_or_404, offered, render_case

SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: Request, number: str) -> HttpResponse:
    """Propose that this case becomes part of another."""
    case = case_or_404(request, number)
    offer = offered(request, case, "propose_merge")
    form = MergeForm(
        request.POST or None, capacities=offer.capacities, seen=case.version, case=case, viewer=request.viewer
    )
    if request.method == "POST" and form.is_valid() and proposed(request, case, form):
        messages.success(request, "Forslaget er sendt til initiativtageren i den anden sag.")
        return redirect(case)
    page = {"form": form, "offer": offer, "candidates": candidates(case, request.viewer)[:SHOWN]}
    return render_case(request, case, "", "dialogue/merging/propose.html", page)


def proposed(request: Request, case: TransferCase, form: MergeForm) -> MergeProposal | None:
    """Send the proposal of the form; None when that was refused."""
    data = form.cleaned_data
    return attempt(
        form,
        lambda: propose_merge(
            case=case, viewer=request.viewer, into=data["into"], reason=data["reason"], seen=data["seen"],
            capacity_id=form.capacity_id,
        ),
    )  # fmt: skip
