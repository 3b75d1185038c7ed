"""Every route of the product, as the URL resolver knows it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver


@cache
def all_routes() -> dict[str, str]:
    """Route name with its namespaces → pattern; a route without a name is called by its pattern."""
    return dict(walk(get_resolver(), "", ""))


def walk(resolver: URLResolver, before: str, spaces: str) -> Iterator[tuple[str, str]]:
    """Give the routes below a resolver."""
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield (f"{spaces}{entry.name}" if entry.name else pattern), pattern
        else:
            own = f"{entry.namespace}:" if entry.namespace else ""
            yield from walk(entry, pattern, spaces + own)
