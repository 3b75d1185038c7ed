"""The secretariat's pages: organisations, forums and who does what."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from contacts import actions, queries
from contacts.forms import EndForm, ForumForm, MemberForm, OrganisationForm, PeriodForm, QuorumForm
from contacts.http import Request
from contacts.models import Forum, Membership, Organisation
from contacts.pages import FORUM_LINKS, asks, for_secretariat, form_page, saved
from contacts.queries import members_of, organisations_listed, organisations_without_contact


def store(request: Request, form: ModelForm[Any]) -> None:
    """Store the form's row as the secretariat."""
    actions.save_row(viewer=request.viewer, row=form.instance, changed=form.changed_data)


@require_safe
@for_secretariat
def organisations(request: Request) -> HttpResponse:
    """List organisations and departments."""
    context = {"organisations": organisations_listed(), "missing": organisations_without_contact()}
    return render(request, "contacts/organisations.html", context)


@require_safe
@for_secretariat
def organisation(request: Request, pk: int) -> HttpResponse:
    """Show an organisation with the people who act for it."""
    row = get_object_or_404(Organisation.objects.select_related("parent"), pk=pk)
    context = {"organisation": row, "members": members_of(row), "catchment": row.catchment.all()}
    return render(request, "contacts/organisation.html", context)


@asks
@for_secretariat
def organisation_edit(request: Request, pk: int | None = None) -> HttpResponse:
    """Add or change an organisation."""
    row = get_object_or_404(Organisation, pk=pk) if pk else Organisation()
    title = f"Ret {row}" if pk else "Ny organisation"  # before the form writes what was typed on the row
    form = OrganisationForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid() and saved(form, lambda: store_organisation(request, form)):
        messages.success(request, f"{row} er gemt.")
        return redirect("contacts:organisation", row.pk)
    back = reverse("contacts:organisation", args=[pk]) if pk else reverse("contacts:organisations")
    return form_page(request, title, form, back)


def store_organisation(request: Request, form: OrganisationForm) -> None:
    """Store an organisation and its catchment."""
    store(request, form)
    chosen = list(form.cleaned_data["catchment"])
    actions.set_catchment(viewer=request.viewer, hospital=form.instance, municipalities=chosen)


@require_safe
@for_secretariat
def forums(request: Request) -> HttpResponse:
    """List the forums, those in force first."""
    return render(request, "contacts/forums.html", {"forums": Forum.objects.select_related("organisation")})


@require_safe
@for_secretariat
def forum(request: Request, pk: int) -> HttpResponse:
    """Show a forum with its members and quorum."""
    row = get_object_or_404(Forum.objects.select_related("organisation", "successor"), pk=pk)
    context = {
        "forum": row, "members": members_of(row), "quorum": row.quorum.all(),
        "links": [{"text": text, "url": reverse(route, args=[pk])} for text, route in FORUM_LINKS],
    }  # fmt: skip
    return render(request, "contacts/forum.html", context)


@asks
@for_secretariat
def forum_edit(request: Request, pk: int | None = None) -> HttpResponse:
    """Add or change a forum."""
    row = get_object_or_404(Forum, pk=pk) if pk else Forum()
    title = f"Ret {row}" if pk else "Nyt forum"  # before the form writes what was typed on the row
    form = ForumForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid() and saved(form, lambda: store(request, form)):
        messages.success(request, f"{row} er gemt.")
        return redirect("contacts:forum", row.pk)
    back = reverse("contacts:forum", args=[pk]) if pk else reverse("contacts:forums")
    return form_page(request, title, form, back)


@asks
@for_secretariat
def forum_quorum(request: Request, pk: int) -> HttpResponse:
    """Change how many of each side a forum needs to decide."""
    row = get_object_or_404(Forum, pk=pk)
    form = QuorumForm(request.POST or None, forum=row)
    if request.method == "POST" and form.is_valid():
        actions.set_quorum(viewer=request.viewer, forum=row, minimums=form.cleaned_data)
        messages.success(request, "Kravet til beslutningsdygtighed er gemt.")
        return redirect("contacts:forum", row.pk)
    return form_page(request, f"Beslutningsdygtighed i {row}", form, reverse("contacts:forum", args=[pk]))


@asks
@for_secretariat
def member_add(request: Request, place: str, pk: str) -> HttpResponse:
    """Give somebody a function in an organisation or a forum."""
    where = place_or_404(place, int(pk))
    row = Membership(forum=where) if isinstance(where, Forum) else Membership(organisation=where)
    known = {name: request.GET[name] for name in ("email", "name", "function") if name in request.GET}
    form = MemberForm(request.POST or None, instance=row, place=where, initial=known)
    if request.method == "POST" and form.is_valid() and saved(form, lambda: add(request, form)):
        messages.success(request, f"{row.user} er nu {row.get_function_display().lower()} i {where}.")
        return redirect(home_of(row))
    return form_page(request, f"Ny person i {where}", form, home_of(row))


def place_or_404(place: str, pk: int) -> Organisation | Forum:
    """Return the forum or organisation that an address names."""
    if place == "fora":
        return get_object_or_404(Forum, pk=pk)
    return get_object_or_404(Organisation, pk=pk)


def add(request: Request, form: MemberForm) -> None:
    """Store a new membership for the address the form names."""
    data = form.cleaned_data
    actions.add_member(viewer=request.viewer, email=data["email"], name=data["name"], membership=form.instance)


def home_of(row: Membership) -> str:
    """Return the address of the place a membership belongs to."""
    if row.forum_id:
        return reverse("contacts:forum", args=[row.forum_id])
    return reverse("contacts:organisation", args=[row.organisation_id])


@asks
@for_secretariat
def member_edit(request: Request, pk: int) -> HttpResponse:
    """Change the period of a function and what the public overview shows."""
    row = get_object_or_404(Membership.objects.select_related("user", "organisation", "forum"), pk=pk)
    form = PeriodForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid() and saved(form, lambda: store(request, form)):
        messages.success(request, "Ændringen er gemt.")
        return redirect(home_of(row))
    return form_page(request, f"{row.user}: {row}", form, home_of(row))


@asks
@for_secretariat
def member_end(request: Request, pk: int) -> HttpResponse:
    """End a function after a day."""
    row = get_object_or_404(Membership.objects.select_related("user", "organisation", "forum"), pk=pk)
    form = EndForm(request.POST or None, initial={"last_day": request.viewer.today})
    if request.method == "POST" and form.is_valid() and saved(form, lambda: end(request, row, form)):
        messages.success(request, f"{row.user} har adgang til og med {row.valid_to:%d.%m.%Y}.")
        return redirect(home_of(row))
    return form_page(request, f"Afslut: {row.user}, {row}", form, home_of(row))


def end(request: Request, row: Membership, form: EndForm) -> None:
    """End a membership on the form's day."""
    actions.end_membership(viewer=request.viewer, membership=row, last_day=form.cleaned_data["last_day"])


@require_safe
@for_secretariat
def waiting_accounts(request: Request) -> HttpResponse:
    """List accounts that have no function and therefore wait."""
    places = Organisation.objects.filter(active=True, parent__isnull=True)
    context = {"accounts": queries.waiting_accounts(), "places": places}
    return render(request, "contacts/waiting_accounts.html", context)
