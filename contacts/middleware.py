"""Puts the viewer on the request, and keeps outside who has not shown enough or has no membership in force."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from contacts.naming import names_of
from contacts.viewer import Viewer, viewer_for
from core.second_factor import was_shown
from core.sessions import is_by_script

OWN_ACCOUNT = ("/konto/", "/static/", "/healthz")
OPEN_PREFIXES = (*OWN_ACCOUNT, "/admin/", "/kontaktpersoner/", "/tilgaengelighed/")


class ViewerMiddleware:
    """Signed in means with a membership in force, and with a second factor where the function asks for one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Give the request its viewer, or lead to what has to be done first."""
        viewer = viewer_for(request.user) if request.user.is_authenticated else None
        if viewer:
            request.viewer = viewer  # type: ignore[attr-defined]
            if first := what_comes_first(request, viewer):
                return first
        with names_of(viewer.forum_names if viewer else None):
            return self.get_response(request)


def what_comes_first(request: HttpRequest, viewer: Viewer) -> HttpResponse | None:
    """Return where somebody must go before anything else is shown; None when nothing is missing."""
    if viewer.has_second_factor and not was_shown(request.session, viewer.user):
        return sign_in_again(request)
    if needs_set_up(viewer) and not request.path.startswith(OWN_ACCOUNT):
        return set_up(request)
    waiting = reverse("contacts:waiting")
    if not viewer.memberships and not request.path.startswith((*OPEN_PREFIXES, waiting)):
        return redirect(waiting)
    return None


def needs_set_up(viewer: Viewer) -> bool:
    """Whether the viewer must set up a second factor now."""
    return viewer.needs_second_factor and not viewer.has_second_factor and not settings.SECOND_FACTOR_WAIVED


def sign_in_again(request: HttpRequest) -> HttpResponse:
    """End a session that began before the account had a second factor, or whose factor was never shown."""
    logout(request)
    return HttpResponse(status=401) if is_by_script(request) else redirect("account_login")


def set_up(request: HttpRequest) -> HttpResponse:
    """Lead to where a second factor is set up."""
    return HttpResponse(status=403) if is_by_script(request) else redirect("mfa_index")
