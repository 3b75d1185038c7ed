"""How long somebody stays signed in: so long without use, so long in all (design: access).

Both moments stand in the session's own row, which is read for the account anyway: no request asks the database for
them, and it is written once a minute at most.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

STARTED, USED = "started_at", "used_at"
WRITE_EVERY = 60  # seconds
WARNING = 5 * 60  # seconds before the end


def begin(sender: object, request: HttpRequest, **_: Any) -> None:
    """Note when somebody signed in. For the signal `user_logged_in`."""
    request.session[STARTED] = request.session[USED] = now()


user_logged_in.connect(begin, dispatch_uid="core.sessions")


def now() -> int:
    """The moment in whole seconds."""
    return int(timezone.now().timestamp())


def is_signed_in(session: SessionBase) -> bool:
    """Whether the session is somebody's."""
    return SESSION_KEY in session


def seconds_left(session: SessionBase) -> int:
    """How long the session lasts when nothing more is done; nought or less when it is over."""
    used: int = session.get(USED, 0)
    return min(used + settings.SESSION_IDLE_SECONDS - now(), longest_left(session))


def longest_left(session: SessionBase) -> int:
    """How long the session can last at most, however much it is used."""
    started: int = session.get(STARTED, 0)
    longest: int = settings.SESSION_LONGEST_SECONDS
    return started + longest - now()


def end(session: SessionBase) -> dict[str, str]:
    """What a page needs to warn in time, in seconds, and the same on every page of a session.

    `idle` is what is left at least when a person has just opened the page; `last` is the moment it ends in any case.
    """
    last = session.get(STARTED, 0) + settings.SESSION_LONGEST_SECONDS
    return {"idle": str(settings.SESSION_IDLE_SECONDS - WRITE_EVERY), "last": str(last), "warning": str(WARNING)}


def use(session: SessionBase) -> None:
    """Note that somebody is at work."""
    if now() - session.get(USED, 0) >= WRITE_EVERY:
        session[USED] = now()


def is_by_script(request: HttpRequest) -> bool:
    """Whether a script asks, as saving while writing and asking again by itself do, and not a person who goes on."""
    headers = request.headers
    return (
        "HX-Request" in headers
        or headers.get("X-Requested-With") == "XMLHttpRequest"
        or headers.get("Sec-Fetch-Dest") == "empty"
    )
