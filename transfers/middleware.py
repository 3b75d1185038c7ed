"""Logs who looked at which case, once the page has been made."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from transfers.actions.looking import record_looks
from transfers.looking import kind_of, shown_by


class AccessLogMiddleware:
    """Writes the access log for answers that show a case; denials and ways onward show none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and log which cases the answer shows before it is sent."""
        response = self.get_response(request)
        cases = shown_by(request)
        if cases and response.status_code == 200 and request.user.is_authenticated:
            record_looks(user=request.user, case_ids=cases, kind=kind_of(request))
        return response
