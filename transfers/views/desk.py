"""Mine opgaver: what awaits me, by when, as whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contacts.http import Request
from contacts.viewer import Viewer
from transfers.actions import may_screen
from transfers.dates import due_text
from transfers.queries import in_others_hands
from transfers.rooms import TODO_PROVIDERS, Todo

LATE = "Overskredet"
SHOWN = 10
GROUPS = (LATE, "Denne uge", "Senere", "Uden frist")


@require_safe
def desk(request: Request) -> HttpResponse:
    """Show everything that awaits the viewer, overdue first."""
    todos = todos_for(request.viewer)
    overdue = sum(1 for t in todos if t.due and t.due < request.viewer.today)
    tally = f"{len(todos)} venter på dig" + (f" · {overdue} er overskredet" if overdue else "")
    others = in_others_hands(request.viewer, {todo.number for todo in todos})
    context = {
        "tally": tally,
        "groups": grouped(todos, request.viewer),
        "count": len(todos),
        "others": others[:SHOWN],
        "others_count": many_cases(len(others)),
        "unread": request.viewer.unread,
        "may_screen": bool(may_screen(request.viewer)),
    }
    return render(request, "transfers/desk.html", context)


def many_cases(count: int) -> str:
    """Return how many cases, counted up to a hundred."""
    return "over 100 sager" if count > 100 else f"{count} {'sag' if count == 1 else 'sager'}"


def todos_for(viewer: Viewer) -> list[Todo]:
    """Return all that awaits the viewer, the nearest deadline first and what has none last."""
    found = [todo for provide in TODO_PROVIDERS for todo in provide(viewer)]
    return sorted(found, key=lambda t: (t.due is None, t.due or viewer.today, t.number))


def grouped(todos: list[Todo], viewer: Viewer) -> list[dict[str, Any]]:
    """Return the lines under the headings of GROUPS, as the task list include wants them."""
    week_end = viewer.today + timedelta(days=6 - viewer.today.weekday())
    many = len({t.as_whom for t in todos}) > 1
    heads: list[tuple[str, str, list[Todo]]] = [(name, "error" if name == LATE else "", []) for name in GROUPS]
    for todo in todos:
        heads[group_of(todo, viewer.today, week_end)][2].append(todo)
    return [
        {"heading": heading, "kind": kind, "tasks": [as_task(t, many, viewer.today) for t in lines]}
        for heading, kind, lines in heads
        if lines
    ]


def group_of(todo: Todo, today: date, week_end: date) -> int:
    """Return the place of a line among GROUPS."""
    if todo.due is None:
        return 3
    return 0 if todo.due < today else 1 if todo.due <= week_end else 2


def as_task(todo: Todo, many_roles: bool, today: date) -> dict[str, Any]:
    """Return one line for the task list; the role is named only where the viewer has several."""
    return {
        "number": todo.number, "title": todo.title, "act": todo.what, "due": due_text(todo.due, today),
        "note": f"som {todo.as_whom}" if many_roles else "", "url": todo.url, "button": todo.button,
    }  # fmt: skip
