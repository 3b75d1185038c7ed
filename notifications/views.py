"""Beskeder: what a person was told, the newest first."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from contacts.http import Request
from notifications import queries
from notifications.actions import mark_read

ON_A_PAGE = 50


@require_safe
def inbox(request: Request) -> HttpResponse:
    """Show the viewer's own notices."""
    page = Paginator(queries.inbox(request.user), ON_A_PAGE).get_page(request.GET.get("side"))
    unread = request.viewer.unread
    tally = f"{unread} {'ulæst' if unread == 1 else 'ulæste'}" if unread else ""
    return render(request, "notifications/inbox.html", {"page": page, "unread": unread, "tally": tally})


@require_POST
def read_all(request: Request) -> HttpResponse:
    """Mark all of the viewer's notices as read."""
    marked = mark_read(user=request.user)
    messages.success(request, "Alle beskeder er markeret som læst." if marked else "Du havde ingen ulæste beskeder.")
    return redirect("notifications:inbox")
