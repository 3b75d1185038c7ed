"""The bare view that pages are measured against: session, account, one indexed query of 25 joined rows, 25 KB."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import include, path

from transfers.models import TransferCase

MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
]  # fmt: skip
PAGE = Engine().from_string(
    "<!doctype html><html lang='da'><head><title>Sager</title></head><body><p>{{ user.name }}</p><table>"
    "{% for case in cases %}<tr><th><a href='/sager/{{ case.number }}/'>{{ case.title }}</a></th>"
    "<td>{{ case.number }}</td><td>{{ case.initiator.name }}</td><td>{{ case.sort_date|date:'d.m.Y' }}</td>"
    "<td>{{ filler }}</td></tr>{% endfor %}</table></body></html>"
)
FILLER = "Tekst " * 130


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    """Answer with the 25 newest cases, whoever may see them."""
    cases = TransferCase.unscoped.select_related("initiator").order_by("-sort_date", "-pk")[:25]
    return HttpResponse(PAGE.render(Context({"cases": cases, "user": request.user, "filler": FILLER})))


urlpatterns = [path("bare/", bare), path("", include("config.urls"))]
