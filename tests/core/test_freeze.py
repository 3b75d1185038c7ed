"""Frozen content: the same content gives the same text, whatever the order it came in."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.enums import JobState
from core.freeze import canonical_json, digest


def test_the_form_is_fixed() -> None:
    content = {
        "ø": "æ",
        "b": [1, True, None],
        "a": Decimal("1.50"),
        "d": date(2026, 1, 2),
        "t": datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
        "u": UUID(int=1),
        "e": JobState.DONE,
    }
    assert canonical_json(content) == (
        '{"a":"1.50","b":[1,true,null],"d":"2026-01-02","e":"done","t":"2026-01-02T03:04:00+00:00",'
        '"u":"00000000-0000-0000-0000-000000000001","ø":"æ"}'
    )


def test_the_checksum_of_a_known_content_never_changes() -> None:
    assert digest({"a": 1}) == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"


@given(st.dictionaries(st.text(), st.integers() | st.text()))
def test_order_does_not_matter_and_content_does(content: dict[str, int | str]) -> None:
    turned = dict(reversed(list(content.items())))
    assert digest(turned) == digest(content)
    assert digest(content | {"more": 1.5}) != digest(content)


@pytest.mark.parametrize("content", [{1, 2}, object(), float("nan"), float("inf"), b"bytes"])
def test_what_has_no_fixed_form_is_refused(content: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(content)
