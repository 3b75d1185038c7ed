"""Ordlyd: how a form's questions are worded, changed in a draft and published as the next version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from contacts import settings
from contacts.http import Request
from contacts.pages import asks, for_secretariat, saved
from contacts.setting_forms import WordingForm
from core.definitions import current
from core.forms import GuardedForm
from core.models import FormDefinition
from core.wording import changes, draft_of


@require_safe
@for_secretariat
def form_wording(request: Request, document: str) -> HttpResponse:
    """Show a form as it will be read: the draft where there is one, else the version in force."""
    context = versions_or_404(document)
    changed = {pair.after.key for pair in changes(context["published"], context["draft"])}
    return render(request, "contacts/wording.html", context | {"changed": changed})


def versions_or_404(document: str) -> dict[str, Any]:
    """Return the version in force and the one to be shown. Raises Http404 for an unknown form."""
    try:
        published = current(document)
    except FormDefinition.DoesNotExist:
        raise Http404("Siden findes ikke.") from None
    draft = draft_of(document)
    return {"published": published, "draft": draft, "shown": draft or published, "document": document}


@asks
@for_secretariat
def question(request: Request, document: str, key: str) -> HttpResponse:
    """Reword one question."""
    context = versions_or_404(document)
    row = next((found for found in context["shown"].questions if found.key == key), None)
    if row is None:
        raise Http404("Siden findes ikke.")
    form = WordingForm(request.POST or None, question=row)
    if request.method == "POST" and form.is_valid() and saved(form, lambda: store(request, document, key, form)):
        messages.success(request, "Ændringen er gemt i kladden. Den virker først, når du offentliggør den.")
        return redirect("contacts:wording", document)
    return render(request, "contacts/wording_question.html", context | {"form": form, "question": row})


def store(request: Request, document: str, key: str, form: WordingForm) -> None:
    """Store the words in the draft."""
    settings.reword(viewer=request.viewer, document=document, key=key, words=form.words())


@asks
@for_secretariat
def wording_publish(request: Request, document: str) -> HttpResponse:
    """Ask once, showing the words before and after, and put the draft in force."""
    context = versions_or_404(document)
    form = asked_once(request)
    if request.method == "POST" and form.is_valid() and saved(form, lambda: publish(request, document)):
        messages.success(request, "Den nye ordlyd er offentliggjort og bruges fra nu af.")
        return redirect("contacts:wording", document)
    found = changes(context["published"], context["draft"])
    return render(request, "contacts/wording_publish.html", context | {"form": form, "changes": found})


def asked_once(request: Request) -> GuardedForm:
    """Return the form of a page that asks nothing but whether one means it."""
    return GuardedForm(request.POST if request.method == "POST" else None)


def publish(request: Request, document: str) -> None:
    """Put the draft in force."""
    settings.publish_wording(viewer=request.viewer, document=document)


@asks
@for_secretariat
def wording_discard(request: Request, document: str) -> HttpResponse:
    """Ask once, and throw the draft away."""
    context = versions_or_404(document)
    form = asked_once(request)
    if request.method == "POST" and form.is_valid() and saved(form, lambda: discard(request, document)):
        messages.success(request, "Kladden er kasseret. Skemaet er, som det var.")
        return redirect("contacts:wording", document)
    return render(request, "contacts/wording_discard.html", context | {"form": form})


def discard(request: Request, document: str) -> None:
    """Throw the draft away."""
    settings.discard_wording(viewer=request.viewer, document=document)
