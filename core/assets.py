"""What a PDF may use: packaged files under the `asset:` scheme, and nothing else in the world."""

import mimetypes
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "asset:"
PACKAGED = Path(__file__).parent / "assets"


class AssetRefused(Exception):
    """A document asked for something that is not packaged with the product."""


@cache
def find(path: str) -> Path:
    """Give the packaged file of this name: core's own, an app's static file, or a collected one.

    Raises AssetRefused for a name that leads elsewhere or to nothing.
    """
    try:
        found = finders.find(path)
    except SuspiciousFileOperation as error:
        raise AssetRefused(path) from error
    collected = Path(settings.STATIC_ROOT or PACKAGED)
    candidates = [(PACKAGED / path, PACKAGED), (collected / path, collected)]
    if isinstance(found, str):
        return Path(found)
    for candidate, root in candidates:
        if candidate.is_file() and candidate.resolve().is_relative_to(root.resolve()):
            return candidate
    raise AssetRefused(path)


class AssetFetcher(URLFetcher):  # type: ignore[misc]
    """Opens `asset:` addresses; any other stops the rendering."""

    def __init__(self) -> None:
        super().__init__(fail_on_errors=True)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Give the content of an asset. Raises AssetRefused, which ends the document."""
        if not url.startswith(SCHEME):
            raise AssetRefused(url)
        path = find(url.removeprefix(SCHEME))
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
