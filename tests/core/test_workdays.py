"""Danish working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workdays import add_working_days, is_working_day, working_days_between

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 4, 2),  # skærtorsdag
        date(2026, 4, 3),  # langfredag
        date(2026, 4, 6),  # 2. påskedag
        date(2026, 5, 14),  # Kristi himmelfartsdag
        date(2026, 5, 25),  # 2. pinsedag
        date(2026, 6, 5),  # grundlovsdag
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2026, 12, 31),
        date(2027, 1, 1),
        date(2026, 11, 21),  # Saturday
    ],
)
def test_offices_are_closed(day: date) -> None:
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [date(2026, 5, 1), date(2026, 11, 23), date(2024, 4, 26)])
def test_offices_are_open(day: date) -> None:
    assert is_working_day(day)  # the last: store bededag is no longer a holiday


def test_a_deadline_passes_over_christmas_and_new_year() -> None:
    assert add_working_days(date(2026, 12, 21), 5) == date(2026, 12, 30)
    assert add_working_days(date(2026, 12, 30), 1) == date(2027, 1, 4)


def test_no_days_is_today_or_the_next_day_offices_are_open() -> None:
    assert add_working_days(date(2026, 11, 23), 0) == date(2026, 11, 23)
    assert add_working_days(date(2026, 11, 21), 0) == date(2026, 11, 23)


@given(DAYS, st.integers(1, 60))
def test_counting_forth_and_back_agree(day: date, count: int) -> None:
    end = add_working_days(day, count)
    assert is_working_day(end)
    assert working_days_between(day, end) == count
    assert working_days_between(end, day) == -count


@given(DAYS, st.integers(1, 60))
def test_counting_back_ends_on_a_working_day_before(day: date, count: int) -> None:
    start = add_working_days(day, -count)
    assert is_working_day(start)
    assert working_days_between(start - timedelta(days=1), day - timedelta(days=1)) == count
