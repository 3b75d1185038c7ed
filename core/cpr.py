"""CPR-nummer: finds what looks like a Danish personal number in a text (rule 17: no patient data).

The test is wide on purpose. Anything but letters and figures may stand between day, month, year and the last
four characters, in any number; modulus 11 is not asked for (numbers without it are valid since 2007), and
replacement numbers count: day plus 60, or letters among the last four. Nothing may stand inside the last four,
so that "01.02.25 10.30" passes. What people write instead of a text that is refused wrongly stands in MISTAKEN.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping

MISTAKEN = (
    "Er det ikke et CPR-nummer, så skriv året med fire cifre og ord mellem tallene (»1. februar 2025 kl. 10.30«), "
    "telefonnumre uden mellemrum (»12112590«) og lange tal med punktum (»1.012.251.030«)."
)
MESSAGE = f"Teksten ser ud til at indeholde et CPR-nummer. Fjern nummeret, før du går videre. {MISTAKEN}"

# What nobody sees stands nowhere: zero-width characters, soft hyphens, joiners, marks above and below, fillers.
_PLANES = (*range(0x10000), *range(0xE0000, 0xE1000))
_INVISIBLE = dict.fromkeys(
    [number for number in _PLANES if unicodedata.category(chr(number)) in ("Cf", "Mn", "Me")]
    + [0x115F, 0x1160, 0x3164, 0xFFA0]
)
_GAP = r"[\W_]*"
_CANDIDATE = re.compile(rf"(?<!\d)(?=(\d\d){_GAP}(\d\d){_GAP}\d\d{_GAP}(\d{{4}}(?!\d)|[^\W_]{{4}}))")
_DIGEST_OR_KEY = re.compile(r"[0-9a-f]{32,128}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_AMOUNT = re.compile(r"\d+[^\W\d_]+")
_REFERENCE = re.compile(r"(?i)doi(?:\.org/|:?\s*)\Z")
_DOI = re.compile(r"10\.\d{4}/\d{4}[-.]\d")


def contains_cpr(text: str) -> bool:
    """Tell whether `text` holds something that must be taken for a CPR number.

    A text that as a whole is a hexadecimal checksum or a UUID is a key made by the machine and passes.
    """
    if _DIGEST_OR_KEY.fullmatch(text):
        return False
    readings = {text, unicodedata.normalize("NFKC", text)}  # a raised figure may be a footnote, or be meant as a figure
    return any(_holds_number(reading.translate(_INVISIBLE)) for reading in readings)


def _holds_number(text: str) -> bool:
    return any(_is_number(match, text) for match in _CANDIDATE.finditer(text))


def _is_number(match: re.Match[str], text: str) -> bool:
    day, month, end = int(match[1]), int(match[2]), match.end(3)
    is_day = 1 <= day % 60 <= 31 and day <= 91 and 1 <= month <= 12
    return is_day and _may_end_a_number(match[3], text[end : end + 1]) and not _is_reference(match, text)


def _may_end_a_number(tail: str, following: str) -> bool:
    """Four figures; or, in a replacement number, letters and figures ("AB12"), but not "20mg" after a date.

    A word may follow at once where one sees that it begins: after a figure, or in small letters after a capital.
    """
    if not any(char.isdecimal() for char in tail) or (tail.islower() and _AMOUNT.fullmatch(tail)):
        return False
    if tail[-1].isdecimal():
        return not following.isdecimal()
    return not following.isalnum() or (tail[-1].isupper() and following.islower())


def _is_reference(match: re.Match[str], text: str) -> bool:
    """A DOI such as "doi.org/10.1186/1472-6963-12-34" is no number."""
    before = text[max(0, match.start() - len("doi.org/")) : match.start()]
    return bool(_REFERENCE.search(before) and _DOI.match(text, match.start()))


def texts_in(value: object) -> Iterator[str]:
    """Give every text inside a value: a string, a list, a mapping (keys too) or a database expression."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts_in(key)
            yield from texts_in(item)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from texts_in(item)
    else:
        yield from _texts_in_expression(value)


def _texts_in_expression(value: object) -> Iterator[str]:
    """An expression such as `Concat(F("title"), Value("…"))` shows its parts; anything else holds no text."""
    if isinstance(literal := getattr(value, "value", None), str):
        yield literal
    parts = getattr(value, "get_source_expressions", None)
    for part in parts() if callable(parts) else ():
        yield from texts_in(part)


def value_contains_cpr(value: object) -> bool:
    """Tell whether any text inside `value` holds a CPR number."""
    return any(contains_cpr(text) for text in texts_in(value))
