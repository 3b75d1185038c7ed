"""Every answer carries the protecting headers, and no page holds anything inline that they would block."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpResponseBase
from django.test import Client

from tests.pages.catalogue import places
from tests.pages.forms import body_of, text_of
from tests.pages.markup import Markup
from tests.pages.places import Kind
from tests.pages.region import MISSING, Region

pytestmark = pytest.mark.django_db
LOOSE = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "wasm-unsafe", "*", "data:", "http:", "https:", "blob:")
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
SENSORS = ("camera=()", "microphone=()", "geolocation=()", "payment=()", "usb=()")
Named = tuple[str, bool, HttpResponseBase]


def answers(region: Region) -> Iterator[Named]:
    """What is asked, whether somebody signed in asks, and the answer: pages, redirects, refusals, files."""
    for place in places():
        yield str(place), bool(place.role), region.browser(place.role).get(place.url(region))
    for address in (f"/sager/{MISSING}/", "/sager/", "/findes-ikke/", "/static/findes-ikke.css"):
        yield f"{address} as visitor", False, Client().get(address)
        yield f"{address} as leader", True, region.browser("leader").get(address)
    yield "a forbidden page", True, region.browser("leader").get("/fora/")
    yield "a forged post", True, region.browser("leader").post("/konto/logout/")


def test_every_answer_carries_the_protecting_headers(region: Region) -> None:
    statuses = set()
    for name, _, answer in answers(region):
        statuses.add(answer.status_code)
        assert {header: answer.headers.get(header) for header in FIXED} == FIXED, name
        assert all(sensor in answer.headers["Permissions-Policy"] for sensor in SENSORS), name
        body_of(answer)
    assert {200, 302, 403, 404, 405} <= statuses


def test_every_answer_has_a_strict_content_policy(region: Region) -> None:
    for name, _, answer in answers(region):
        policy = directives(answer)
        assert policy["default-src"] in (["'self'"], ["'none'"]), name
        assert [source for sources in policy.values() for source in sources if source.strip("'") in LOOSE] == [], name
        if "sandbox" not in policy:
            assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == ["'none'"], name
            assert policy["form-action"] == ["'self'"], name
        body_of(answer)


def directives(answer: HttpResponseBase) -> dict[str, list[str]]:
    """The parts of the content policy."""
    parts = [part.split() for part in answer.headers["Content-Security-Policy"].split(";")]
    return {part[0]: part[1:] for part in parts if part}


def test_what_a_signed_in_user_saw_is_kept_nowhere(region: Region) -> None:
    for name, is_signed_in, answer in answers(region):
        if is_signed_in:
            assert "no-store" in answer.headers["Cache-Control"], name
            assert "private" in answer.headers["Cache-Control"], name
        body_of(answer)


def test_files_are_handed_out_as_attachments(region: Region) -> None:
    for place in places(Kind.DOWNLOAD):
        answer = region.browser(place.role).get(place.url(region))
        assert answer.headers["Content-Disposition"].startswith("attachment; filename="), str(place)
        assert not answer.headers["Content-Type"].startswith("text/html"), str(place)
        assert body_of(answer), str(place)


def test_no_page_holds_a_script_or_style_of_its_own(region: Region) -> None:
    found = {name: Markup(text_of(answer)).blocked for name, _, answer in answers(region)}
    assert {name: blocked for name, blocked in found.items() if blocked} == {}


@pytest.mark.parametrize(
    "inline",
    [
        "<script>x()</script>", "<style>a{}</style>", '<p style="color:red">', '<a onclick="x()">',
        '<a href="javascript:x()">', '<div hx-on:click="x()">',
    ],
)  # fmt: skip
def test_what_would_be_blocked_is_recognised(inline: str) -> None:
    assert Markup(f"<main>{inline}</main>").blocked
