"""A link from a mail or from the inbox marks its notice as read, and never ends at a closed door."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from contacts.viewer import forget_memberships
from notifications.actions import mark_read
from notifications.models import PARAMETER, Notice

PASSED = "Det, beskeden bad dig om, kan ikke længere gøres. Her ser du, hvordan sagen står nu."


class NoticeMiddleware:
    """Looks for the notice's key in the address; everything else passes untouched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Mark the notice as read before the page is made, so that its count is right."""
        key = key_in(request)
        if key and request.user.is_authenticated and mark_read(user=request.user, notices=[key]):
            forget_memberships(request.user)  # they came with how much is unread
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Lead to what is left of the matter when the act of a notice is over."""
        if not isinstance(exception, PermissionDenied) or not request.user.is_authenticated:
            return None
        notice = Notice.objects.filter(user=request.user, pk=key_in(request)).exclude(fallback="").first()
        if request.method != "GET" or notice is None or notice.fallback == request.path:
            return None
        messages.info(request, PASSED)
        return redirect(notice.fallback)


def key_in(request: HttpRequest) -> int:
    """Return the notice's key that the address names; 0 when it names none."""
    given = request.GET.get(PARAMETER, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0
