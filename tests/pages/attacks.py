"""What no person would answer: ways to spoil a post."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.pages.answers import Post
from tests.pages.forms import Form

TEXTS = (
    "",
    "   ",
    "\x00",
    "midt\x00i",
    "x" * 201,
    "Å" * 4_001,
    "ord " * 6_000,
    "\u202eagnireslevo\u202c \u2066skjult\u2069",
    "👩‍⚕️🏥 👨‍👩‍👧‍👦 \U0001f1e9\U0001f1f0",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!",
    "\ufeff\u200b\u00ad\ue000\uffff",
    "٣٤٥",
    "１２３",
    "²",
    "Ⅷ",
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "</textarea><script src=//x></script>",
    "<style>*{display:none}</style>",
    "javascript:alert(1)",
    "{{123456|add:740736}} {{7*7}}",
    "{% include '/etc/passwd' %}{% debug %}",
    "${123456*7} #{123456*7} <%= 123456*7 %>",
    "%s %d %n %(name)s %%",
    "{0.__class__.__mro__} {name!r}",
    "' OR 1=1; DROP TABLE transfers_transfercase; --",
    "../../../../etc/passwd",
    "a\r\nSet-Cookie: x=1\r\n\r\n<h1>",
    "=HYPERLINK(\"http://x\")",
    "[]", "{}", "null", "None", "true", "NaN", "-inf", "1e309", "0x10", "1_000", "+5",
    "-1", "0", "99999999999999999999", "9" * 400, "-9223372036854775809", "2147483648", "4,5", "1.2.3",
    "31.02.2026", "00.00.0000", "01.01.0001", "31.12.9999", "9999-12-31", "1.1.26", "2026-13-01", "0001-01-01",
    "00000000-0000-0000-0000-000000000000",
    "a@b", "x@" + "y" * 300 + ".dk", "\"<b>\"@test.invalid",
    "\x1b[31m\x07\x08", "\u2028\u2029", "İıſK", "ﬁ", "à́",
)  # fmt: skip
NUMBERS = ("", "-1", "0", "999999", "99999999999999999999", "9" * 400, "abc", "1.5", "\x00", "٣", "1e3", " 1 ", "null")
ELSEWHERE = ("https://evil.invalid/", "//evil.invalid/", "/\\evil.invalid", "javascript:alert(1)", "\x00", "/sager/")
MOST_FIELDS, MOST_BYTES = 1_001, 2_700_000
Attack = Callable[[Form, Post, Random], Post]


def with_text(form: Form, post: Post, random: Random) -> Post:
    """Write something odd in a field one writes in."""
    return replaced(post, named(form, random, typed=True), random.choice(TEXTS))


def with_texts(form: Form, post: Post, random: Random) -> Post:
    """Write something odd in every field one writes in."""
    typed = {control.name for control in form.controls if control.is_typed}
    return [(name, random.choice(TEXTS) if name in typed else value) for name, value in post]


def with_other_choice(form: Form, post: Post, random: Random) -> Post:
    """Choose what is not offered."""
    names = [control.name for control in form.controls if control.choices]
    return replaced(post, random.choice(names) if names else "", random.choice((*NUMBERS, *TEXTS[:30])))


def with_other_hidden(form: Form, post: Post, random: Random) -> Post:
    """Say that one saw something else: version, revision, key, thread."""
    return replaced(post, named(form, random, typed=False), random.choice(NUMBERS))


def without(form: Form, post: Post, random: Random) -> Post:
    """Leave a field out."""
    gone = random.choice([name for name, _ in post if name != TOKEN] or [""])
    return [(name, value) for name, value in post if name != gone]


def repeated(form: Form, post: Post, random: Random) -> Post:
    """Send a field twice."""
    again = random.choice([name for name, _ in post if name != TOKEN] or ["x"])
    return [*post, (again, random.choice((*TEXTS, *NUMBERS)))]


def emptied(form: Form, post: Post, random: Random) -> Post:
    """Send nothing at all."""
    return [(name, value) for name, value in post if name == TOKEN]


def with_more(form: Form, post: Post, random: Random) -> Post:
    """Send fields nobody asked for, with names that models have."""
    extra = ("id", "pk", "stage", "is_superuser", "number", "case", "result", "created_by", "__proto__", "")
    forged = [(name, random.choice(NUMBERS)) for name in extra]
    return [*post, *forged, ("next", random.choice(ELSEWHERE))]


def with_too_many(form: Form, post: Post, random: Random) -> Post:
    """Send more fields than any form has."""
    return [*post, *((f"x{number}", "1") for number in range(MOST_FIELDS))]


def with_too_much(form: Form, post: Post, random: Random) -> Post:
    """Send more text than any form takes."""
    return replaced(post, named(form, random, typed=True) or "x", "a" * MOST_BYTES)


TOKEN = "csrfmiddlewaretoken"
ATTACKS: tuple[Attack, ...] = (
    with_text, with_text, with_text, with_texts, with_other_choice, with_other_hidden, without, repeated, with_more,
)  # fmt: skip
RARE: tuple[Attack, ...] = (emptied, with_too_many, with_too_much)


def spoiled(form: Form, post: Post, random: Random) -> Post:
    """A post with one to three attacks on it; now and then one of the rare ones."""
    if random.random() < 0.06:
        return random.choice(RARE)(form, post, random)
    for attack in random.sample(ATTACKS, random.randint(1, 3)):
        post = attack(form, post, random)
    return post


def named(form: Form, random: Random, *, typed: bool) -> str:
    """A field one writes in, or a hidden one; empty when there is none."""
    names = [c.name for c in form.controls if (c.is_typed if typed else c.kind == "hidden" and c.name != TOKEN)]
    return random.choice(names) if names else ""


def replaced(post: Post, name: str, value: str) -> Post:
    """The post with another value of one field, which is added when it is not there."""
    kept = [(other, old) for other, old in post if other != name]
    return [*kept, (name, value)] if name else post


def is_too_large(post: Post) -> bool:
    """Whether the server may refuse the post unread."""
    return len(post) > MOST_FIELDS - 1 or sum(len(value) for _, value in post) > MOST_BYTES // 2
