"""Sends posts to forms and judges the answers."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote_plus

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import MULTIPART_CONTENT

from tests.pages.answers import Post, valid_post
from tests.pages.attacks import is_too_large, spoiled
from tests.pages.forms import Form, text_of
from tests.pages.markup import Markup
from tests.pages.region import Region, undone

FULL = os.environ.get("STRESS") == "full"
URLENCODED = "application/x-www-form-urlencoded"
ENGLISH = re.compile(r"\b(this|the|please|must|enter|ensure|select|valid|required|your|with|already|is not)\b", re.I)
UNFILLED = re.compile(r"%\(|\{\d*\}|\{\{|\{%")
ELSEWHERE, TOO_LARGE = 302, 413
FILE_NAME = "Bilag.txt"
WORKED_OUT = "864192"  # what the sums among the odd texts come to


@dataclass
class Outcome:
    """What came of one post."""

    form: str
    meant_valid: bool
    post: Post
    status: int = 0
    is_accepted: bool = False
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        sent = ", ".join(f"{name}={value[:60]!r}" for name, value in self.post if name != "csrfmiddlewaretoken")
        return f"{self.form}: {'; '.join(self.problems)}\n    {self.status} {sent[:1500]}"


def posts(form: Form, count: int, random: Random) -> Iterator[tuple[bool, Post]]:
    """As many posts as wanted, every other one as a person would send it."""
    for number in range(count):
        post = valid_post(form, random)
        yield (True, post) if number % 2 == 0 else (False, spoiled(form, post, random))


def sent(region: Region, form: Form, post: Post, *, by_itself: bool = False, meant_valid: bool = True) -> Outcome:
    """Send a post, judge the answer, and take back what it stored."""
    outcome = Outcome(str(form), meant_valid, post)
    browser = region.browser(form.place.role)
    cookies = copy(browser.cookies)
    try:
        with undone():
            judge(browser, form, outcome, by_itself=by_itself)
    except Exception as error:  # noqa: BLE001 – any error is what the test looks for
        outcome.problems.append(f"{type(error).__name__}: {str(error)[:200]}")
    browser.cookies = cookies
    return outcome


def encoded(post: Post) -> str:
    """The body of the request; lone surrogates are sent as the bytes they would be."""
    return "&".join(f"{quote(name)}={quote(value)}" for name, value in post)


def body(form: Form, post: Post) -> tuple[Any, str]:
    """What is sent, and as what; where the form takes a file, what was answered there is its content."""
    if "multipart" not in form.markup.attributes.get("enctype", ""):
        return encoded(post), URLENCODED
    files = {control.name for control in form.controls if control.kind == "file"}
    sent: dict[str, list[object]] = {}
    for name, value in post:
        raw = value.encode("utf-8", "surrogatepass")
        part = SimpleUploadedFile(FILE_NAME, raw) if name in files else raw
        sent.setdefault(name.encode("utf-8", "replace").decode(), []).append(part)
    return sent, MULTIPART_CONTENT


def quote(text: str) -> str:
    """One name or value as it stands in the body."""
    return quote_plus(text.encode("utf-8", "surrogatepass"))


def judge(browser: Client, form: Form, outcome: Outcome, *, by_itself: bool) -> None:
    """Post, and note whether it was accepted and what is wrong with the answer."""
    headers = {"HX-Request": "true"} if by_itself else {}
    content, kind = body(form, outcome.post)
    answer = browser.post(form.action, content, content_type=kind, headers=headers)
    outcome.status = answer.status_code
    if answer.status_code == ELSEWHERE:
        outcome.is_accepted = True
        outcome.problems.extend(after(browser, answer.headers["Location"], outcome))
    elif answer.status_code == 200:
        text = text_of(answer)
        outcome.problems.extend(worked_out(text))
        judge_page(form, outcome, Markup(text), by_itself=by_itself)
    elif not (answer.status_code == TOO_LARGE and is_too_large(outcome.post)):
        outcome.problems.append(f"answered {answer.status_code}")


def after(browser: Client, address: str, outcome: Outcome) -> list[str]:
    """What is wrong with where an odd post leads, and with the page there."""
    if not address.startswith("/") or address.startswith(("//", "/\\")):
        return [f"leads to {address}"]
    if outcome.meant_valid:
        return []
    answer = browser.get(address, follow=True)
    text = text_of(answer)
    chosen = any(name == "next" for name, _ in outcome.post)  # any address of the product, there or not
    found = answer.status_code == 200 or (chosen and answer.status_code == 404)
    wrong = [] if found else [f"the page after it answered {answer.status_code}"]
    return wrong + [f"the page after it holds {found}" for found in Markup(text).blocked] + worked_out(text)


def worked_out(text: str) -> list[str]:
    """Whether something that was typed was run."""
    return ["what was typed was worked out"] if WORKED_OUT in text else []


def judge_page(form: Form, outcome: Outcome, page: Markup, *, by_itself: bool) -> None:
    """Note what is wrong with a page that came instead of a redirect."""
    outcome.problems.extend(f"holds {found}" for found in page.blocked)
    if not page.is_refusal:
        outcome.is_accepted = by_itself or not page.controls.keys() >= form.markup.controls.keys()
        outcome.problems.extend([] if outcome.is_accepted else ["neither stored nor told why not"])
        return
    outcome.problems.extend(badly_told(page, outcome.post, by_itself=by_itself))
    if not by_itself:
        outcome.problems.extend(lost(form, outcome.post, page))


def badly_told(page: Markup, post: Post, *, by_itself: bool) -> list[str]:
    """What is wrong with the messages of a refusal; what was typed may stand in them."""
    told = [without(text, post) for text in (*page.summary, *page.messages.values())]
    wrong = [] if page.summary or by_itself else ["no error summary"]
    return wrong + [f"not Danish: {text!r}" for text in told if ENGLISH.search(text) or UNFILLED.search(text)]


def without(text: str, post: Post) -> str:
    """A message without the answers it repeats."""
    for value in sorted({value.strip() for _, value in post}, key=len, reverse=True):
        text = text.replace(value, "") if len(value) > 1 else text
    return text


def lost(form: Form, post: Post, page: Markup) -> list[str]:
    """Fields in which what was typed or chosen no longer stands; an empty one may be filled with what is stored."""
    last = dict(post)
    shown = page.controls
    wrong = []
    for control in form.controls:
        typed, now = last.get(control.name, ""), shown.get(control.name)
        offered = control.is_typed or typed in control.choices
        if typed and offered and (now is None or not same(typed, now.values)):
            wrong.append(f"{control.name} lost {typed[:40]!r}, shows {now.values if now else 'no field'!r:.80}")
    return wrong


def same(typed: str, shown: list[str]) -> bool:
    """Whether a text stands in a field, whatever its line ends."""
    return plain(typed) in [plain(text) for text in shown]


def plain(text: str) -> str:
    """A text with line ends as a browser keeps them, and without what UTF-8 cannot carry."""
    read = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return read.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
