"""The request type that signed-in views receive."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from contacts.viewer import Viewer
from core.models import User


class Request(HttpRequest):
    """A request by a signed-in account with a membership in force."""

    user: User
    viewer: Viewer
    htmx: HtmxDetails
