"""Deadlines in words, and when a day begins."""

from datetime import date, datetime, time

from django.utils.formats import date_format
from django.utils.timezone import get_current_timezone

from core.workdays import working_days_between


def day(value: date) -> str:
    """Return a day as »fre 13.11.«."""
    return f"{date_format(value, 'D').lower().rstrip('.')[:3]} {value.day}.{value.month}."


def midnight(value: date) -> datetime:
    """Return the moment a day begins in Denmark."""
    return datetime.combine(value, time.min, get_current_timezone())


def day_of_year(value: date, today: date) -> str:
    """Return a day as »fre 13.11.«, with its year when that is not this year: »fre 13.11.2025«."""
    return day(value) if value.year == today.year else f"{day(value)}{value.year}"


def due_text(due: date | None, today: date) -> str:
    """Return a deadline as Mine opgaver says it: »tor 26.11.« or »frist var fre 13.11. (6 arbejdsdage)«."""
    if due is None:
        return ""
    if due >= today:
        return "i dag" if due == today else day_of_year(due, today)
    late = working_days_between(due, today)
    return f"frist var {day_of_year(due, today)} ({late} {'arbejdsdag' if late == 1 else 'arbejdsdage'})"
