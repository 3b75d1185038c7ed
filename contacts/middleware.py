"""Puts the viewer on the request and keeps accounts without a membership in force outside."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from contacts.viewer import viewer_for

OPEN_PREFIXES = ("/konto/", "/admin/", "/static/", "/kontaktpersoner/", "/healthz", "/tilgaengelighed/")


class ViewerMiddleware:
    """Signed in means signed in with a membership in force; others only see that they wait."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Give the request its viewer; without a membership, lead to the waiting page."""
        if request.user.is_authenticated:
            viewer = viewer_for(request.user)
            request.viewer = viewer  # type: ignore[attr-defined]
            waiting = reverse("contacts:waiting")
            if not viewer.memberships and not request.path.startswith((*OPEN_PREFIXES, waiting)):
                return redirect(waiting)
        return self.get_response(request)
