"""A page that holds what somebody posted too late, until it can be sent: nothing is stored, here or in the browser."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 – the name of a field
SECRET_PLACES = ("/konto/", "/admin/")  # passwords and codes are typed here, and are not shown again


def is_worth_holding(request: HttpRequest) -> bool:
    """Whether a post holds something that was typed."""
    return request.method == "POST" and not request.path.startswith(SECRET_PLACES) and bool(typed(request))


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent the post."""
    place = urlsplit(request.headers.get("origin") or request.headers.get("referer") or "")
    return (place.scheme, place.netloc) == (request.scheme, request.get_host())


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a post, in their order."""
    return [(name, str(value)) for name, values in request.POST.lists() if name != TOKEN for value in values]


def answer(request: HttpRequest, status: int) -> HttpResponse:
    """The page: what was typed, and a button that sends it where it was meant to go."""
    fields = typed(request)
    context: dict[str, Any] = {
        "action": request.get_full_path(),
        "fields": fields,
        "texts": [value for _, value in fields if len(value.split()) > 1],
        "has_files": bool(request.FILES),
        "is_held": True,
    }
    return render(request, "core/held.html", context, status=status)
