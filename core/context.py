"""Context every template has: menus, the account, the foot of the page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core import navigation as menus
from core import sessions


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give the menus to the templates; nothing is worked out before a template uses it."""
    return {
        "product": "Opgaveflytning",
        "nav": SimpleLazyObject(lambda: menus.menu(request)),
        "footer_links": SimpleLazyObject(menus.footer_links),
        "search_url": SimpleLazyObject(menus.search_url),
        "account_inbox": SimpleLazyObject(lambda: menus.inbox(request)),
        "account_roles": SimpleLazyObject(lambda: menus.roles(request)),
        "accessibility_url": settings.ACCESSIBILITY_URL,
        "demo": settings.DEMO,
        "session_end": SimpleLazyObject(lambda: sessions.end(request.session)),
    }
