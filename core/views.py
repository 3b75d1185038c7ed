"""Answers that belong to no app: health, and the page for when something broke."""

import sys

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import health

RETRY_AFTER = "10"  # seconds: a restarted database answers again within that


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 as JSON while the service can serve, else 503; "degraded" in the text asks for a look."""
    state = health.check()
    return JsonResponse(state.as_json(), status=503 if state.status == "down" else 200)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for an error nobody caught: 503 while the database is away, else 500. For `handler500`."""
    away = isinstance(sys.exception(), OperationalError | InterfaceError)
    status = 503 if away else 500
    response = HttpResponse(render_to_string(f"{status}.html"), status=status)
    if away:
        response["Retry-After"] = RETRY_AFTER
    return response
