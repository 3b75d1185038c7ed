"""Every answer carries the protecting headers, and no page holds anything inline that they would block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client, override_settings

from tests.pages.catalogue import places
from tests.pages.forms import body_of, text_of
from tests.pages.markup import Markup
from tests.pages.places import Kind
from tests.pages.region import MISSING, Region, undone

pytestmark = pytest.mark.django_db
LOOSE = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "wasm-unsafe", "*", "data:", "http:", "https:", "blob:")
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
SENSORS = ("camera=()", "microphone=()", "geolocation=()", "payment=()", "usb=()")
ODD = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True)
class Seen:
    """What is asked, whether somebody signed in asks, and what of the answer these tests look at."""

    name: str
    is_signed_in: bool
    status: int
    headers: dict[str, str]
    blocked: list[str]

    @property
    def policy(self) -> dict[str, list[str]]:
        """The parts of the content policy."""
        parts = [part.split() for part in self.headers["Content-Security-Policy"].split(";")]
        return {part[0]: part[1:] for part in parts if part}


Named = tuple[str, bool, HttpResponseBase]


def asked(region: Region) -> Iterator[Named]:
    """Pages, redirects, refusals, files, static files, what is too much, and what breaks."""
    for number, place in enumerate(places()):
        url, browser = place.url(region), region.browser(place.role)
        yield str(place), bool(place.role), browser.get(url)
        odd = ODD[number % len(ODD)]
        yield f"{odd} {place}", bool(place.role), region.careless(place.role).generic(odd, url)
    for address in (f"/sager/{MISSING}/", "/sager/", "/findes-ikke/", "/static/findes-ikke.css"):
        yield f"{address} as visitor", False, Client().get(address)
        yield f"{address} as leader", True, region.browser("leader").get(address)
    yield "an address without its slash", False, Client().get("/aftaler")
    yield "a static file", False, Client().get("/static/core/app.css")
    yield "a forbidden page", True, region.browser("leader").get("/fora/")
    yield "a forged post", True, region.browser("leader").post("/konto/logout/")
    yield "an unknown host", False, Client(headers={"host": "elsewhere.invalid"}).get("/kontaktpersoner/")
    with override_settings(ROOT_URLCONF="tests.pages.broken"):
        for broken in ("/i-stykker/", "/vaek/"):
            yield f"{broken} as visitor", False, Client(raise_request_exception=False).get(broken)
            yield f"{broken} as leader", True, unshaken(region, "leader").get(broken)
    yield "too many fields", True, region.careless("leader").post("/konto/email/", {f"x{n}": "1" for n in range(1_001)})


def unshaken(region: Region, role: str) -> Client:
    """A browser with a role's session that is given the page for an error, as in production."""
    client = Client(raise_request_exception=False)
    client.cookies = region.browser(role).cookies
    return client


def seen(region: Region) -> Iterator[Seen]:
    """Ask it all, and take back what was stored."""
    with undone():
        for name, is_signed_in, answer in asked(region):
            blocked = Markup(text_of(answer)).blocked
            yield Seen(name, is_signed_in, answer.status_code, dict(answer.headers), blocked)
            body_of(answer)


@pytest.fixture(scope="module")
def answers(built: Region) -> list[Seen]:
    """Every answer once."""
    found = list(seen(built))
    print(f"\nheaders of {len(found)} answers: {sorted(Counter(a.status for a in found).items())}")  # noqa: T201
    return found


def test_the_answers_are_of_every_kind(answers: list[Seen]) -> None:
    assert {200, 301, 302, 400, 403, 404, 405, 413, 500, 503} <= {answer.status for answer in answers}


def test_every_answer_carries_the_protecting_headers(answers: list[Seen]) -> None:
    for answer in answers:
        assert {header: answer.headers.get(header) for header in FIXED} == FIXED, answer.name
        assert all(sensor in answer.headers["Permissions-Policy"] for sensor in SENSORS), answer.name


def test_every_answer_has_a_strict_content_policy(answers: list[Seen]) -> None:
    for answer in answers:
        policy = answer.policy
        assert policy["default-src"] in (["'self'"], ["'none'"]), answer.name
        loose = [source for sources in policy.values() for source in sources if source.strip("'") in LOOSE]
        assert loose == [], answer.name
        assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == ["'none'"], answer.name
        assert policy["form-action"] == ["'none'" if "sandbox" in policy else "'self'"], answer.name


def test_what_a_signed_in_user_saw_is_kept_nowhere(answers: list[Seen]) -> None:
    for answer in answers:
        if answer.is_signed_in and not answer.name.startswith("/static/"):
            assert "no-store" in answer.headers["Cache-Control"], answer.name
            assert "private" in answer.headers["Cache-Control"], answer.name


def test_no_page_holds_a_script_or_style_of_its_own(answers: list[Seen]) -> None:
    assert {answer.name: answer.blocked for answer in answers if answer.blocked} == {}


def test_files_are_handed_out_as_attachments(region: Region) -> None:
    for place in places(Kind.DOWNLOAD):
        answer = region.browser(place.role).get(place.url(region))
        assert answer.headers["Content-Disposition"].startswith("attachment; filename="), str(place)
        assert not answer.headers["Content-Type"].startswith("text/html"), str(place)
        assert body_of(answer), str(place)


@pytest.mark.parametrize(
    "inline",
    [
        "<script>x()</script>", "<style>a{}</style>", '<p style="color:red">', '<a onclick="x()">',
        '<a href="javascript:x()">', '<div hx-on:click="x()">',
    ],
)  # fmt: skip
def test_what_would_be_blocked_is_recognised(inline: str) -> None:
    assert Markup(f"<main>{inline}</main>").blocked


# --- What is too much -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"x": "a" * 2_700_000}, "mere end 2,5 MB"),
        ({f"x{number}": "1" for number in range(1_001)}, "mere end 1.000 felter"),
        ({"x": [SimpleUploadedFile(f"{number}.txt", b"tekst") for number in range(21)]}, "mere end 20 filer"),
    ],
)
def test_who_sends_too_much_is_told_what_and_what_to_do(sent: dict[str, object], told: str, region: Region) -> None:
    answer = region.careless("leader").post(f"/sager/{region.number('attached')}/dialoggrundlag/bilag/", sent)
    assert answer.status_code == 413
    assert told in text_of(answer)
    assert "send igen" in text_of(answer) or "ad gangen" in text_of(answer)
    assert "Intet er gemt" in text_of(answer)
