"""Posts payloads in the fields of a form and in the names of its files, and follows where that leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from itertools import count
from random import Random
from urllib.parse import quote, urljoin

from django.http import HttpResponseBase
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.pages.answered import Answered, answered
from tests.pages.answers import KNOWN, Post, valid_post
from tests.pages.attacks import TOKEN
from tests.pages.forms import Form
from tests.pages.fuzzing import ELSEWHERE, FILE_NAME, body
from tests.pages.markup import Control, Markup
from tests.pages.payloads import PAYLOADS
from tests.pages.region import Region, undone

LONGEST = 4_000


def typed(form: Form, turn: int, *, everywhere: bool) -> Post:
    """What a person would send, with payloads in each field for prose, or in each field there is."""
    names = {control.name for control in form.controls if everywhere or is_prose(form, control)} - {TOKEN}
    lengths = {control.name: int(control.attributes.get("maxlength") or LONGEST) for control in form.controls}
    turns, sent = count(turn), valid_post(form, Random(turn))  # noqa: S311 – repeatable, nothing secret
    return [(name, payloads(next(turns), lengths[name]) if name in names else value) for name, value in sent]


def payloads(turn: int, longest: int) -> str:
    """As many payloads as there is room for, each of them first by turns."""
    first = turn % len(PAYLOADS)
    text = ""
    for payload in PAYLOADS[first:] + PAYLOADS[:first]:
        if len(text) + len(payload) < longest:
            text = f"{text} {payload}" if text else payload
    return text or PAYLOADS[first][:longest]


def is_prose(form: Form, control: Control) -> bool:
    """Whether a field takes any text."""
    is_known = any(re.fullmatch(pattern, f"{form.route} {control.name}") for pattern, _ in KNOWN)
    return control.kind in ("text", "textarea", "search", "file") and not control.is_figure and not is_known


def send(client: Client, form: Form, post: Post, turn: int, *, by_script: bool = False) -> HttpResponseBase:
    """Send a form; its files are called by a payload, too."""
    content, kind = body(form, post)
    if kind == MULTIPART_CONTENT:
        named = f"filename*=UTF-8''{quote(payloads(turn, 60))}.txt"
        content = encode_multipart(BOUNDARY, content).replace(f'filename="{FILE_NAME}"'.encode(), named.encode())
    headers = {"HX-Request": "true"} if by_script else {}
    sent = content if isinstance(content, bytes) else content.encode()
    answer: HttpResponseBase = client.generic("POST", form.action, sent, content_type=kind, headers=headers)
    return answer


def answers(region: Region, form: Form, turn: int) -> list[Answered]:
    """The pages that answer payloads in one form; what was stored is taken back."""
    browser = region.browser(form.place.role)
    cookies = copy(browser.cookies)
    try:
        with undone():
            return [answered(f"{form}, {how}", answer) for how, answer in talk(browser, form, turn)]
    finally:
        browser.cookies = cookies


def talk(browser: Client, form: Form, turn: int) -> Iterator[tuple[str, HttpResponseBase]]:
    """Answers to what is refused, to what is taken, to what comes second, and to what comes after signing out."""
    everywhere, first, second = (typed(form, turn + 3 * step, everywhere=not step) for step in range(3))
    yield "refused", send(browser, form, everywhere, turn, by_script=form.by_script)
    if form.saves_by_itself:
        yield "saved by itself", send(browser, form, everywhere, turn, by_script=True)
    answer = send(browser, form, first, turn, by_script=form.by_script)
    yield "sent", answer
    if answer.status_code == ELSEWHERE:
        yield "after it", browser.get(answer.headers["Location"], follow=True)
        yield "sent again", send(browser, form, second, turn + 1, by_script=form.by_script)
    yield "too late", send(Client(), form, first, turn)


def searched(client: Client, page: Answered, turn: int, known: set[str]) -> Iterator[Answered]:
    """The pages that answer payloads in what a page is filtered and searched by; what is known is not asked again."""
    for form in Markup(page.body.decode()).forms:
        asked = {name: payloads(turn + number, LONGEST) for number, name in enumerate(form.controls)}
        address = urljoin(page.address, form.action)
        if form.method == "get" and asked and f"{address} {[*asked]}" not in known:
            known.add(f"{address} {[*asked]}")
            yield answered(f"{page.name}, searched", client.get(address, asked))
