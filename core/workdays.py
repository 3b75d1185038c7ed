"""Arbejdsdage: Danish working days, which deadlines are counted in.

Public holidays are free, and so are Grundlovsdag, Christmas Eve and New Year's Eve, when regions and
municipalities are closed (fortolkning).
"""

from datetime import date, timedelta
from functools import cache

import holidays

SATURDAY = 5
ALSO_CLOSED = ((6, 5), (12, 24), (12, 31))


@cache
def _free_days(year: int) -> frozenset[date]:
    closed = (date(year, month, day) for month, day in ALSO_CLOSED)
    return frozenset(holidays.country_holidays("DK", years=year)) | frozenset(closed)


def is_working_day(day: date) -> bool:
    """Tell whether offices are open on `day`."""
    return day.weekday() < SATURDAY and day not in _free_days(day.year)


def add_working_days(start: date, count: int) -> date:
    """Give the working day `count` working days after `start`, or before it when `count` is negative.

    With 0 it is `start` itself, or the next working day when offices are closed.
    """
    if count == 0:
        return start if is_working_day(start) else add_working_days(start, 1)
    step = timedelta(days=1 if count > 0 else -1)
    day, left = start, abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Count the working days after `start` up to and including `end`; negative when `end` lies before."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
