"""Deadlines in words."""

from datetime import date

from django.utils.formats import date_format

from core.workdays import working_days_between


def day(value: date) -> str:
    """Return a day as »fre 13.11.«."""
    return f"{date_format(value, 'D').lower().rstrip('.')[:3]} {value.day}.{value.month}."


def due_text(due: date | None, today: date) -> str:
    """Return a deadline as Mine opgaver says it: »tor 26.11.« or »frist var fre 13.11. (6 arbejdsdage)«."""
    if due is None:
        return ""
    if due >= today:
        return "i dag" if due == today else day(due)
    late = working_days_between(due, today)
    return f"frist var {day(due)} ({late} {'arbejdsdag' if late == 1 else 'arbejdsdage'})"
