"""The page where the leader or the contact person chooses who writes the mini-MTV with them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from contacts.http import Request
from core.errors import DomainError
from core.forms import attempt
from minimtv.co_authors.actions import add_co_author, remove_co_author
from minimtv.co_authors.forms import CoAuthorForm
from minimtv.co_authors.queries import candidates
from minimtv.models import CoAuthor
from transfers.models import TransferCase
from transfers.pages import case_or_404, render_case, turn_away
from transfers.rules import Offer, offers_of

ADD, REMOVE = "add_co_author", "remove_co_author"
NOT_YOURS = "Kun initiativtagers leder og kontaktperson vælger, hvem der skriver med på mini-MTV'en."


@require_http_methods(["GET", "HEAD", "POST"])
def co_authors(request: Request, number: str) -> HttpResponse:
    """Show who writes, with a button for each, and the form that adds one while the mini-MTV can be written."""
    case = case_or_404(request, number)
    key = request.POST.get("remove", "")
    offers = offers_of((ADD, REMOVE), case, request.viewer)
    if not offers or (request.method == "POST" and (REMOVE if key else ADD) not in offers):
        turn_away(request, case, (ADD, REMOVE), NOT_YOURS)
    if key:
        return removed(request, case, key)
    form = form_for(request, case, offers[ADD]) if ADD in offers else None
    if form and request.method == "POST" and form.is_valid() and (row := added(request, case, form)):
        messages.success(request, f"{row.user.name} skriver nu med og har fået besked.")
        return redirect(request.path)
    writers = CoAuthor.visible_within(case, request.viewer)
    page = {"form": form, "writers": writers, "act": offers[ADD].act if ADD in offers else None}
    return render_case(request, case, "minimtv", "minimtv/co_authors/page.html", page)


def form_for(request: Request, case: TransferCase, offer: Offer) -> CoAuthorForm:
    """Return the form that adds somebody."""
    members = candidates(case)
    return CoAuthorForm(request.POST or None, capacities=offer.capacities, seen=case.version, members=members)


def added(request: Request, case: TransferCase, form: CoAuthorForm) -> CoAuthor | None:
    """Name the person of the form; None when that was refused."""
    member, capacity = form.chosen, form.capacity_id
    return attempt(
        form, lambda: add_co_author(case=case, viewer=request.viewer, member=member, capacity_id=capacity)
    )  # fmt: skip


def removed(request: Request, case: TransferCase, key: str) -> HttpResponse:
    """Take one off and come back; what cannot be done is said on the page."""
    try:
        row = remove_co_author(case=case, viewer=request.viewer, key=key)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"{row.user.name} skriver ikke længere med og har fået besked.")
    return redirect(request.path)
