"""CPR-nummer: finds what looks like a Danish personal number in a text (rule 17: no patient data).

The test is wide on purpose. Separators of any kind and number may stand between day, month, year and the
last four characters, modulus 11 is not asked for (numbers without it are valid since 2007), and replacement
numbers count: day plus 60, or letters among the last four. No separator is allowed inside the last four, so
that "01.02.25 10.30" passes.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping

MESSAGE = "Teksten ser ud til at indeholde et CPR-nummer. Fjern nummeret, før du går videre."

_SPACES_AND_DASHES = {"Zs", "Zl", "Zp", "Pd", "Cc"}
_BASIC_PLANE = [chr(number) for number in range(0x10000)]
_SEPARATORS = "".join(
    char for char in _BASIC_PLANE if char in "./\\_·•−'" or unicodedata.category(char) in _SPACES_AND_DASHES
)
# What nobody sees stands nowhere: zero-width characters, soft hyphens, joiners, variation selectors.
_INVISIBLE = dict.fromkeys(
    [ord(char) for char in _BASIC_PLANE if unicodedata.category(char) == "Cf"]
    + [0x034F, 0x115F, 0x1160, 0x3164, *range(0xFE00, 0xFE10)]
)
_GAP = f"[{re.escape(_SEPARATORS)}]*"
_LAST_FOUR = r"(\d{4}(?!\d)|[^\W_]{4}(?![^\W_]))"
_CANDIDATE = re.compile(rf"(?<!\d)(?=(\d\d){_GAP}(\d\d){_GAP}\d\d{_GAP}{_LAST_FOUR})")
_DIGEST_OR_KEY = re.compile(r"[0-9a-f]{32,128}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def contains_cpr(text: str) -> bool:
    """Tell whether `text` holds something that must be taken for a CPR number.

    A text that as a whole is a hexadecimal checksum or a UUID is a key made by the machine and passes.
    """
    if _DIGEST_OR_KEY.fullmatch(text):
        return False
    return any(_is_number(*match.groups()) for match in _CANDIDATE.finditer(text.translate(_INVISIBLE)))


def _is_number(day: str, month: str, tail: str) -> bool:
    return 1 <= int(day) % 60 <= 31 and int(day) <= 91 and 1 <= int(month) <= 12 and _may_end_a_number(tail)


def _may_end_a_number(tail: str) -> bool:
    """Four digits; or, in a replacement number, letters and digits ("AB12"), but not "20mg" after a date."""
    if tail.isdecimal():
        return True
    return any(char.isdecimal() for char in tail) and (tail.isupper() or tail[-1].isdecimal())


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
