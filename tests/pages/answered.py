"""Answers of the product, kept as they came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.staticfiles.finders import get_finders
from django.http import HttpResponseBase
from django.test import Client

from config.static import StaticFilesConfig
from tests.pages.forms import body_of


@dataclass(frozen=True)
class Answered:
    """An answer of the product as it came."""

    name: str
    address: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_page(self) -> bool:
        """Whether a browser shows it as a page."""
        return self.headers.get("Content-Type", "").startswith("text/html") and bool(self.body)


Files = dict[str, Answered]


def answered(name: str, answer: HttpResponseBase) -> Answered:
    """Keep an answer of the test client, below the address that was asked last."""
    asked: dict[str, Any] = answer.request  # type: ignore[attr-defined]
    address = asked["PATH_INFO"] + (f"?{asked['QUERY_STRING']}" if asked["QUERY_STRING"] else "")
    return Answered(name, address, answer.status_code, dict(answer.headers), body_of(answer))


def static_files() -> Files:
    """Every static file by its address, with the headers it is served with."""
    found = [entry for finder in get_finders() for entry in finder.list(StaticFilesConfig.ignore_patterns)]
    names = ["/".join(filter(None, (getattr(storage, "prefix", ""), name))) for name, storage in found]
    client = Client()
    return {f"/static/{name}": answered(name, client.get(f"/static/{name}")) for name in names}
