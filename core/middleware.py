"""Headers every answer carries."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

GetResponse = Callable[[HttpRequest], HttpResponse]
FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi",
    "payment", "picture-in-picture", "publickey-credentials-create", "publickey-credentials-get",
    "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
POLICY = ", ".join(f"{feature}=()" for feature in FEATURES)
PASSKEYS = POLICY.replace("publickey-credentials-create=()", "publickey-credentials-create=(self)").replace(
    "publickey-credentials-get=()", "publickey-credentials-get=(self)"
)
FIXED = {
    "Permissions-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class HeadersMiddleware:
    """Protects what comes back from anywhere, refusals of the other middlewares included; so it stands first.

    It switches off every feature of the browser that the product does not use: all of them
    but passkeys, where one signs in.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers that nothing further in has set."""
        response = self.get_response(request)
        if request.path.startswith("/konto/"):
            response.headers.setdefault("Permissions-Policy", PASSKEYS)
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        return response


class NoStoreMiddleware:
    """Keeps what a signed-in user saw out of every cache: the machines are shared.

    The session cookie tells, so that no query is made for it. Stands before SessionMiddleware.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the header where a session came or was given."""
        response = self.get_response(request)
        if {settings.SESSION_COOKIE_NAME} & (request.COOKIES.keys() | response.cookies.keys()):
            add_never_cache_headers(response)
        return response
