"""The product's addresses, and two that break: by an error nobody caught, and because the database is away."""

from __future__ import annotations

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config import urls
from config.urls import handler400, handler500

SECRET = "Noget-nogen-har-skrevet"
__all__ = ["handler400", "handler500", "urlpatterns"]


def breaks(request: HttpRequest) -> HttpResponse:
    """Raise an error whose message holds what somebody typed."""
    raise ValueError(SECRET)


def away(request: HttpRequest) -> HttpResponse:
    """Raise what a lost database raises."""
    raise OperationalError(SECRET)


urlpatterns = [path("i-stykker/", breaks), path("vaek/", away), *urls.urlpatterns]
