"""The secretariat helps somebody who lost the phone or the key they sign in with."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contacts import actions
from contacts.http import Request
from contacts.models import Membership
from contacts.pages import asks, for_secretariat, saved
from contacts.views.keeping import home_of

CONSEQUENCES = (
    "App, adgangsnøgler og gendannelseskoder fjernes fra kontoen.",
    "Personen logger ind med sin adgangskode og sætter log ind i to trin op igen, hvis funktionen kræver det.",
    "Personen får en mail om det, og det står i historikken.",
)


@asks
@for_secretariat
def reset(request: Request, pk: int) -> HttpResponse:
    """Ask, and take away the second factors of the person with this function."""
    row = get_object_or_404(Membership.objects.select_related("user", "organisation", "forum"), pk=pk)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and saved(
        form, lambda: actions.reset_second_factor(viewer=request.viewer, user=row.user)
    ):
        messages.success(request, f"{row.user} skal sætte log ind i to trin op igen og har fået en mail.")
        return redirect(home_of(row))
    context = {"row": row, "form": form, "consequences": CONSEQUENCES, "back": home_of(row)}
    return render(request, "contacts/reset_second_factor.html", context)
