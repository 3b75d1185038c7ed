"""What the secretariat's pages share: who is let in, and one form on a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from contacts.http import Request
from core.forms import attempt

View = Callable[..., HttpResponse]
FORUM_LINKS: list[tuple[str, str]] = []  # text and route of what upper apps let the secretariat do with a forum
asks = require_http_methods(["GET", "HEAD", "POST"])


def for_secretariat(view: View) -> View:
    """Let only the secretariat in; others get a page that says so."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.viewer.is_secretariat:
            raise PermissionDenied("Kun sekretariatet kan se og ændre organisationer, fora, personer og indstillinger.")
        return view(request, *args, **kwargs)

    return guarded


def saved(form: BaseForm, action: Callable[[], object]) -> bool:
    """Attempt an action that gives nothing back; tells whether it was done."""
    attempt(form, action)
    return not form.errors


def form_page(request: Request, title: str, form: BaseForm, back: str) -> HttpResponse:
    """Show one form on a page of its own."""
    return render(request, "contacts/form.html", {"title": title, "form": form, "back": back})
