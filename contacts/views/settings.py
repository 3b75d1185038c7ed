"""Indstillinger: thresholds and deadlines, and the way to everything else the secretariat keeps as data."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from contacts import settings
from contacts.http import Request
from contacts.pages import asks, for_secretariat, saved
from contacts.setting_forms import ValueForm
from core.definitions import published_versions
from core.parameters import DECLARED, Declared


@require_safe
@for_secretariat
def settings_list(request: Request) -> HttpResponse:
    """List the parameters with what holds today, and the forms whose words can be changed."""
    context = {"settings": settings.settings(request.viewer.today), "forms": published_versions()}
    return render(request, "contacts/settings.html", context)


@asks
@for_secretariat
def parameter(request: Request, key: str) -> HttpResponse:
    """Show a parameter's values past and to come, and set a new one."""
    declared, today = declared_or_404(key), request.viewer.today
    form = ValueForm(request.POST or None, declared=declared, initial={"valid_from": today})
    if request.method == "POST" and form.is_valid() and saved(form, lambda: store(request, key, form)):
        first = form.cleaned_data["valid_from"]
        messages.success(request, f"{declared.label}: Den nye værdi gælder fra {first:%d.%m.%Y}.")
        return redirect("contacts:parameter", key)
    context = {"key": key, "declared": declared, "form": form, "values": settings.values_of(key, today)}
    context["setting"] = next(found for found in settings.settings(today) if found.key == key)
    return render(request, "contacts/parameter.html", context | {"told": settings.history_of(key)})


def declared_or_404(key: str) -> Declared:
    """Return the parameter of this key. Raises Http404."""
    if key not in DECLARED:
        raise Http404("Siden findes ikke.")
    return DECLARED[key]


def store(request: Request, key: str, form: ValueForm) -> None:
    """Store what the form says."""
    data = form.cleaned_data
    settings.set_value(viewer=request.viewer, key=key, value=data["value"], valid_from=data["valid_from"])


@asks
@for_secretariat
def parameter_cancel(request: Request, key: str, day: str) -> HttpResponse:
    """Ask once, and take back a value that does not hold yet."""
    declared = declared_or_404(key)
    coming = {row.valid_from.isoformat(): row for row, later in settings.values_of(key, request.viewer.today) if later}
    planned = coming.get(day)
    if planned is None:
        raise Http404("Siden findes ikke.")
    if request.method == "POST":
        settings.cancel_value(viewer=request.viewer, key=key, valid_from=planned.valid_from)
        messages.success(request, "Den planlagte værdi er fortrudt.")
        return redirect("contacts:parameter", key)
    return render(request, "contacts/parameter_cancel.html", {"key": key, "declared": declared, "planned": planned})
