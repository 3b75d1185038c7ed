"""Rule 17: a CPR number is refused however it is written, and ordinary Danish text is not."""

import re

import pytest
from django.db.models import F, Value
from django.db.models.functions import Concat
from hypothesis import given
from hypothesis import strategies as st

from core.cpr import MESSAGE, contains_cpr, texts_in, value_contains_cpr

SEPARATORS = [" ", ".", "-", "–", "—", "\u00a0", "\u200b", "\u2060", "\u00ad", "/", "\t", "\n", "\u202f", "−", "‑", "_"]


@pytest.mark.parametrize(
    "text",
    [
        "0101901234",
        "010190-1234",
        "01.01.90-1234",
        "01 / 01 – 90 - 1234",
        "01\u200b01\u200b90\u200b1234",
        "0\u200b10190-12\u200b34",
        "patient010190-1234indlagt",
        "CPR:010190-1234.",
        "3112009999",
        "610190-1234",
        "910190-1234",
        "010190-AB12",
        "010190-ab12",
        "010190A123",
        "010190-12AB",
        "010190-1a2b",
        "x010190AB12y",
        "patient010190AB1Cindlagt",
        "010190,1234",
        "(010190)1234",
        "010190:1234",
        "0\u03321\u03320190-1234",
        "①①⓪①90-1234",
        "010190-1234¹",
        "1 010190 1234",
        "99 01 01 90 1234",
        "０１０１９０-１２３４",
        "linje et\n010190\n1234\nlinje to",
        "150624-4995",  # fails modulus 11, valid since 2007
    ],
)
def test_a_number_is_found_however_it_is_written(text: str) -> None:
    assert contains_cpr(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mødet er 01.02.25 10.30",
        "01.02.2026 kl. 10.30–11.30",
        "Fra 01.10.2026 til 31.12.2026",
        "01-10-2026 – 31-12-2026",
        "2026-11-22T10:30:00",
        "Sag OF-2026-0031 af 22.11.2026",
        "Ring 12 34 56 78 eller +45 12 34 56 78",
        "CVR 12345678, EAN 5790000123456",
        "1.234.567.890 kr. om året",
        "320190-1234",
        "600190-1234",
        "920190-1234",
        "011390-1234",
        "000190-1234",
        "010190-123",
        "010190-12345",
        "7010190-1234",
        "Pr. 01.02.25 gives 20mg dagligt",
        "01.02.25 20mg",
        "doi:10.1186/1472-6963-12-34",
        "https://doi.org/10.1111/1475-6773.12345",
        "Den 01.02.25 skal alle være klar",
        "10-15 patienter i 12 kommuner, 2026-2027",
        "ICD-10 DZ501, ATC J01CR05, SOR 441071000016000",
        "",
    ],
)
def test_ordinary_text_passes(text: str) -> None:
    assert not contains_cpr(text)


@given(
    day=st.sampled_from([*range(1, 32), *range(61, 92)]),
    month=st.integers(1, 12),
    year=st.integers(0, 99),
    tail=st.integers(0, 9999),
    gaps=st.lists(st.lists(st.sampled_from(SEPARATORS), max_size=4).map("".join), min_size=3, max_size=3),
    around=st.sampled_from([("", ""), ("Hun er ", "."), ("x", "y"), ("(", ")"), ("æ", "å")]),
)
def test_any_kind_and_number_of_separators_is_seen_through(
    day: int, month: int, year: int, tail: int, gaps: list[str], around: tuple[str, str]
) -> None:
    number = f"{day:02}{gaps[0]}{month:02}{gaps[1]}{year:02}{gaps[2]}{tail:04}"
    assert contains_cpr(f"{around[0]}{number}{around[1]}")


@given(st.binary(min_size=32, max_size=32))
def test_a_checksum_is_not_taken_for_a_number(digest: bytes) -> None:
    assert not contains_cpr(digest.hex())


def test_a_long_text_is_read_in_linear_time() -> None:
    assert not contains_cpr("11 " * 50_000 + "12" + " " * 200_000)


def test_the_message_tells_what_to_do_and_how_what_is_no_number_can_be_written() -> None:
    assert "Fjern nummeret" in MESSAGE
    examples = re.findall("»(.+?)«", MESSAGE)
    assert len(examples) == 3
    assert not any(contains_cpr(example) for example in (*examples, MESSAGE))


def test_texts_inside_lists_mappings_and_expressions_are_seen() -> None:
    nested = {"a": ["b", {"c": "d"}], "n": 1, "none": None}
    assert sorted(texts_in(nested)) == ["a", "b", "c", "d", "n", "none"]
    assert value_contains_cpr(Concat(F("title"), Value("010190-1234")))
    assert not value_contains_cpr(Concat(F("title"), Value("i alt")))
