"""The menus every page shows. Upper apps register what they bring, in their AppConfig.ready()."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

Shown = Callable[[Any], bool]
Roles = Callable[[Any], Sequence[str]]


@dataclass(frozen=True)
class Item:
    """A registered place: label, route, place in the row, and who sees it."""

    label: str
    url_name: str
    order: int
    shown: Shown | None
    public: bool


@dataclass(frozen=True)
class Link:
    """What a template needs to draw one menu item."""

    label: str
    url: str
    current: bool = False


_main: dict[str, Item] = {}
_footer: dict[str, Item] = {}
_search: list[str] = []
_roles: list[Roles] = []
_inbox: list[tuple[str, Callable[[Any], int]]] = []


def add(label: str, url_name: str, order: int, shown: Shown | None = None, *, public: bool = False) -> None:
    """Register an item of the main menu.

    `shown` is asked with the viewer of the request and decides whether the item stands there.
    `public` items also stand there for visitors who have not signed in.
    """
    _main[url_name] = Item(label, url_name, order, shown, public)


def add_footer(label: str, url_name: str, order: int) -> None:
    """Register a link at the foot of every page, for everyone."""
    _footer[url_name] = Item(label, url_name, order, None, public=True)


def search_at(url_name: str) -> None:
    """Register the list that answers the search field in the header (parameter `q`)."""
    _search[:] = [url_name]


def roles_from(provider: Roles) -> None:
    """Register who tells the account menu in which roles the viewer acts ("Kontaktperson, …")."""
    _roles[:] = [provider]


def inbox_at(url_name: str, unread: Callable[[Any], int]) -> None:
    """Register the page of the viewer's notices, and what tells how many of them are unread."""
    _inbox[:] = [(url_name, unread)]


def menu(request: HttpRequest) -> list[Link]:
    """The main menu for this request; the item with the longest matching address is current."""
    items = sorted((item for item in _main.values() if _stands(item, request)), key=lambda item: item.order)
    urls = {item.url_name: reverse(item.url_name) for item in items}
    here = max((url for url in urls.values() if _inside(request.path, url)), key=len, default="")
    return [Link(item.label, urls[item.url_name], urls[item.url_name] == here) for item in items]


def footer_links() -> list[Link]:
    """The registered links at the foot of the page."""
    items = sorted(_footer.values(), key=lambda item: item.order)
    return [Link(item.label, reverse(item.url_name)) for item in items]


def search_url() -> str:
    """The address the search field sends to, or an empty string."""
    return reverse(_search[0]) if _search else ""


def roles(request: HttpRequest) -> list[str]:
    """The viewer's roles in words; empty without a viewer."""
    viewer = getattr(request, "viewer", None)
    return list(_roles[0](viewer)) if _roles and viewer is not None else []


def inbox(request: HttpRequest) -> dict[str, Any]:
    """Address of the inbox and the number of unread notices; empty without a viewer who acts as somebody."""
    viewer = getattr(request, "viewer", None)
    if not _inbox or viewer is None or not viewer.memberships:
        return {}
    (url_name, unread), *_ = _inbox
    return {"url": reverse(url_name), "unread": unread(viewer)}


def _stands(item: Item, request: HttpRequest) -> bool:
    viewer = getattr(request, "viewer", None)
    signed_in = getattr(getattr(request, "user", None), "is_authenticated", False)
    if not signed_in or viewer is None:
        return item.public or (bool(signed_in) and item.shown is None)
    return item.shown is None or item.shown(viewer)


def _inside(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
