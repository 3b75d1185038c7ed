"""Which pages of a case are of which kind, and what a request has shown of which cases."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import URLPattern

from transfers.enums import LookedAt

KINDS: dict[str, LookedAt] = {}


def shown_as(kind: LookedAt, namespace: str, patterns: Iterable[URLPattern], **others: LookedAt) -> None:
    """State as what the access log knows the pages of a room; every page of a case is stated (tested).

    `others` are those that are something else, by the names of their routes.
    """
    KINDS.update({f"{namespace}:{one.name}": others.get(one.name or "", kind) for one in patterns})


def shows(request: HttpRequest, case_ids: Iterable[int | None]) -> None:
    """Note that the page being made shows these cases; the middleware logs it once the page has been made."""
    request.shown_cases = {pk for pk in case_ids if pk} | shown_by(request)  # type: ignore[attr-defined]


def shown_by(request: HttpRequest) -> set[int]:
    """Return the cases that the page shows."""
    return getattr(request, "shown_cases", set())


def kind_of(request: HttpRequest) -> LookedAt:
    """Return what kind of page was asked for."""
    match = request.resolver_match
    return KINDS.get(match.view_name if match else "", LookedAt.OTHER)
