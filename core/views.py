"""Answers that belong to no app: health, and the pages for what is refused, is too much, or broke."""

import sys
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.timezone import localtime
from django.views import defaults
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core import health, held, sessions
from core.cpr import contains_cpr
from core.errors import AlreadyDone
from core.receiving import PASSED_OVER, SentTooMuch

WINDOW = 60  # seconds: what is counted for an address is counted a minute at a time
RETRY_AFTER = "10"  # seconds: a restarted database answers again within that
CHUNK = 65_536
TOO_MUCH: dict[type[Exception], tuple[str, str]] = {
    RequestDataTooBig: (
        f"Teksten i formularen fylder mere end {number_format(settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 2**20, 1)} MB.",
        "Forkort teksten, eller vedhæft den som en fil, og send igen.",
    ),
    TooManyFieldsSent: (
        f"Formularen har mere end {number_format(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS, use_l10n=True)} felter.",
        "Slet rækker, du ikke bruger, og send igen.",
    ),
    TooManyFilesSent: (
        f"Du har valgt mere end {settings.DATA_UPLOAD_MAX_NUMBER_FILES} filer.",
        "Send færre filer ad gangen.",
    ),
}


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 as JSON while the service can serve, else 503; "degraded" in the text asks for a look."""
    state = health.check()
    return JsonResponse(state.as_json(), status=503 if state.status == "down" else 200)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for what cannot be read: 413 with what was too much and what to do, else 400. For `handler400`."""
    told = exception.told if isinstance(exception, SentTooMuch) else TOO_MUCH.get(type(exception))
    if told is None:
        return defaults.bad_request(request, exception)
    pass_over_rest(request)
    reason, advice = told
    return HttpResponse(render_to_string("413.html", {"reason": reason, "advice": advice}), status=413)


def pass_over_rest(request: HttpRequest) -> None:
    """Take in what the browser is still sending: it does not read the answer before it is done."""
    passed = 0
    with suppress(UnreadablePostError):  # nobody is there any more
        while passed < PASSED_OVER and (chunk := request.read(CHUNK)):
            passed += len(chunk)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for an error nobody caught: 503 while the database is away, else 500. For `handler500`."""
    away = isinstance(sys.exception(), OperationalError | InterfaceError)
    status = 503 if away else 500
    response = HttpResponse(render_to_string(f"{status}.html"), status=status)
    if away:
        response["Retry-After"] = RETRY_AFTER
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest) -> JsonResponse:
    """Tell a page how long its session lasts and whose it is, with a fresh token; a post makes it last longer."""
    if request.method == "POST":
        request.session[sessions.USED] = sessions.now()
    state = {
        "left": sessions.seconds_left(request.session),
        "is_last": sessions.longest_left(request.session) <= sessions.WARNING,
        "account": request.user.pk,
        "token": get_token(request),
    }
    return JsonResponse(state)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a post with an old token, as after signing in anew in another window; what was typed is held."""
    if held.is_worth_holding(request) and held.is_from_here(request):
        return held.answer(request, status=403)
    return HttpResponse(render_to_string("403_csrf.html"), status=403)


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer an address that asked too often, and say when to try again; the typed e-mail address is kept."""
    context = {"again": localtime() + timedelta(seconds=WINDOW), "typed": request.POST.get("email", "")}
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(WINDOW)
    return response


@login_not_required
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say why something cannot be done, and give back the texts that were sent with it. For `handler403`."""
    if isinstance(exception, AlreadyDone):
        messages.info(request, str(exception))
        return redirect(exception.url)
    context = {
        "reason": str(exception), "meanwhile": getattr(exception, "meanwhile", ()), "typed": typed(request),
    }  # fmt: skip
    return render(request, "403.html", context, status=403)


def typed(request: HttpRequest) -> list[str]:
    """Return the texts of a post that no form keeps: all of more than one word, but no password and no CPR number."""
    sent = (value for name, values in request.POST.lists() if "password" not in name for value in values)
    return [value for value in sent if len(value.split()) > 1 and not contains_cpr(value)]
