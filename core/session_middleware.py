"""Ends sessions in time, and asks for sign-in in a way that loses nothing of what was typed."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from core import sessions
from core.held import answer, is_worth_holding

GetResponse = Callable[[HttpRequest], HttpResponse]


class SessionRulesMiddleware:
    """Ends a session that was idle too long or is too old; what a person does keeps it, what scripts do does not."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the session before anybody asks whose it is."""
        if sessions.is_signed_in(request.session):
            if sessions.seconds_left(request.session) <= 0:
                request.session.flush()
            elif not sessions.is_by_script(request):
                sessions.use(request.session)
        return self.get_response(request)


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Asks for sign-in: 401 to scripts, a page that holds what was typed for a post, else the way to sign in."""

    def handle_no_permission(  # type: ignore[override]  # more than a redirect
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        """Answer somebody who is not signed in; that a post comes from our own page has been checked before."""
        if sessions.is_by_script(request):
            return HttpResponse("Du er logget ud.", status=401, content_type="text/plain; charset=utf-8")
        if is_worth_holding(request):
            return answer(request, status=401)
        return super().handle_no_permission(request, view_func)
