"""The secretariat hands a forum's cases over to its successor."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from contacts.http import Request
from contacts.models import Forum
from contacts.pages import asks, for_secretariat
from core.forms import GuardedForm, attempt
from transfers.actions import hand_over
from transfers.actions.handing_over import heir_of
from transfers.models import TransferCase


@asks
@for_secretariat
def hand_over_forum(request: Request, pk: int) -> HttpResponse:
    """Ask once, naming the cases and who takes them; hand them over."""
    forum = get_object_or_404(Forum.objects.select_related("successor"), pk=pk)
    form = GuardedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        number = attempt(form, lambda: hand_over(viewer=request.viewer, forum=forum))
        if number is not None:
            messages.success(request, f"{number} {'sag' if number == 1 else 'sager'} er overdraget.")
            return redirect("contacts:forum", pk)
    cases = TransferCase.visible_to(request.viewer).filter(current_forum=forum).order_by("number")
    context = {
        "forum": forum, "form": form, "cases": cases, "heir": heir_of(forum),
        "back": reverse("contacts:forum", args=[pk]),
    }  # fmt: skip
    return render(request, "transfers/hand_over.html", context)
