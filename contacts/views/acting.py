"""The secretariat appoints somebody who acts as contact person while an organisation has none (S1)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from contacts.actions import appoint_acting_contact
from contacts.forms import ActingForm
from contacts.http import Request
from contacts.models import Organisation
from contacts.pages import asks, for_secretariat, form_page, saved


@asks
@for_secretariat
def acting_contact(request: Request, pk: int) -> HttpResponse:
    """Ask who, and until when; the person acts from today."""
    row = get_object_or_404(Organisation.objects.filter(parent__isnull=True), pk=pk)
    form = ActingForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and saved(form, lambda: appoint(request, row, form)):
        messages.success(request, f"{form.cleaned_data['name']} er fungerende kontaktperson for {row} fra i dag.")
        return redirect("contacts:organisation", pk)
    back = reverse("contacts:organisation", args=[pk])
    return form_page(request, f"Udpeg fungerende kontaktperson for {row}", form, back)


def appoint(request: Request, row: Organisation, form: ActingForm) -> None:
    """Appoint as the form says."""
    appoint_acting_contact(viewer=request.viewer, organisation=row, **form.cleaned_data)
