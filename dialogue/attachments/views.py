"""Pages of attachments: adding and removing them, and fetching one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from contacts.http import Request
from core.errors import DomainError, NotAllowed
from core.files import respond
from core.forms import attempt
from dialogue.attachments.actions import add_attachment, remove_attachment, require_writer
from dialogue.attachments.forms import AttachmentForm
from dialogue.attachments.queries import current_attachments
from dialogue.models import Attachment
from transfers.models import Party, TransferCase
from transfers.pages import case_or_404, render_case

GONE = "Siden findes ikke, eller du har ikke adgang til den."


@require_http_methods(["GET", "HEAD", "POST"])
def basis_attachments(request: Request, number: str) -> HttpResponse:
    """Show, add and remove what hangs on the dialoggrundlag."""
    case = case_or_404(request, number)
    return attachments(request, case, None, reverse("dialogue:basis", args=[number]))


@require_http_methods(["GET", "HEAD", "POST"])
def response_attachments(request: Request, number: str, party: int) -> HttpResponse:
    """Show, add and remove what hangs on a party's own response."""
    case = case_or_404(request, number)
    mine = request.viewer.organisation_ids
    found = Party.visible_within(case, request.viewer).filter(pk=party, organisation__in=mine).first()
    if found is None:
        raise Http404(GONE)
    return attachments(request, case, found, reverse("dialogue:respond", args=[number]))


def attachments(request: Request, case: TransferCase, party: Party | None, back: str) -> HttpResponse:
    """Answer for both: the list with a button for each, and the form that adds one."""
    refuse_readers(request, case, party)
    if key := request.POST.get("remove"):
        return removed(request, case, party, key)
    form = AttachmentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and added(request, case, party, form):
        messages.success(request, "Bilaget er tilføjet.")
        return redirect(request.path)
    context = {"form": form, "attachments": list(current_attachments(case, party)), "back": back, "party": party}
    tab = "parties" if party else "basis"
    return render_case(request, case, tab, "dialogue/attachments/page.html", context)


def refuse_readers(request: Request, case: TransferCase, party: Party | None) -> None:
    """Raise PermissionDenied for those who do not write here now."""
    try:
        require_writer(case, request.viewer, party)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal


def added(request: Request, case: TransferCase, party: Party | None, form: AttachmentForm) -> Attachment | None:
    """Take the file in; a refusal stands at the field."""
    upload = form.cleaned_data["file"]
    return attempt(form, lambda: add_attachment(case=case, viewer=request.viewer, party=party, upload=upload))


def removed(request: Request, case: TransferCase, party: Party | None, key: str) -> HttpResponse:
    """Remove one and come back; what cannot be removed is said on the page."""
    try:
        remove_attachment(case=case, viewer=request.viewer, party=party, key=key)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Bilaget er fjernet.")
    return redirect(request.path)


@require_safe
def attachment(request: Request, number: str, key: UUID) -> HttpResponseBase:
    """Hand out one attachment to those who see what it hangs on; foreign and missing are the same."""
    case = case_or_404(request, number)
    found = Attachment.visible_within(case, request.viewer).filter(file=key).first()
    if found is None:
        raise Http404(GONE)
    return respond(found.file)
