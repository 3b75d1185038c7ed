"""How upper apps hook into the case page and Mine opgaver: they register here, nobody imports them from below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from contacts.viewer import Viewer
from transfers.models import TransferCase


@dataclass(frozen=True)
class Tab:
    """A tab of the case page with its own address; `label` may count (»Parter og svar 9/12«)."""

    code: str
    order: int
    route: str
    label: Callable[[TransferCase, Viewer], str]
    shown: Callable[[TransferCase, Viewer], bool] = lambda case, viewer: True

    def url(self, case: TransferCase) -> str:
        """The tab's address for a case."""
        return reverse(self.route, args=[case.number])


@dataclass(frozen=True)
class Todo:
    """Opgave: one line of Mine opgaver – the case, the act asked of me as a verb, when, and a way straight to it."""

    number: str
    title: str
    what: str
    url: str
    button: str
    as_whom: str
    due: date | None = None


@dataclass(frozen=True)
class Waiting:
    """What happens now and who is waited for, in one sentence, with the day it is due."""

    text: str
    due: date | None = None
    afterwards: str = ""


@dataclass(frozen=True)
class Panel:
    """A part of the case's overview: a template and what it shows."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


TABS: dict[str, Tab] = {}
TODO_PROVIDERS: list[Callable[[Viewer], list[Todo]]] = []
WAITING: dict[str, Callable[[TransferCase], Waiting]] = {}
PANELS: dict[int, Callable[[TransferCase, Viewer], Panel | None]] = {}


def add_tab(tab: Tab) -> None:
    """Add a tab to every case page."""
    TABS[tab.code] = tab


def tabs_for(case: TransferCase, viewer: Viewer) -> list[Tab]:
    """Return the tabs this viewer sees, in order."""
    return sorted((t for t in TABS.values() if t.shown(case, viewer)), key=lambda tab: tab.order)


def todo_provider(provide: Callable[[Viewer], list[Todo]]) -> Callable[[Viewer], list[Todo]]:
    """Register a function that says what awaits a viewer; it may use two queries, whatever the number of cases."""
    TODO_PROVIDERS.append(provide)
    return provide


def waiting_in(*stages: str) -> Callable[[Callable[[TransferCase], Waiting]], Callable[[TransferCase], Waiting]]:
    """Register who a case waits for in some stages."""

    def register(tell: Callable[[TransferCase], Waiting]) -> Callable[[TransferCase], Waiting]:
        WAITING.update(dict.fromkeys(stages, tell))
        return tell

    return register


def waiting(case: TransferCase) -> Waiting:
    """Return what happens now in a case."""
    tell = WAITING.get(case.stage)
    return tell(case) if tell else Waiting(case.get_stage_display())


def panel(order: int) -> Callable[[Callable[[TransferCase, Viewer], Panel | None]], None]:
    """Register a part of the overview at a place in the order (10, 20, …)."""

    def register(make: Callable[[TransferCase, Viewer], Panel | None]) -> None:
        PANELS[order] = make

    return register


def panels_for(case: TransferCase, viewer: Viewer) -> list[Panel]:
    """Return the parts of the overview that have something to show this viewer."""
    made = (PANELS[order](case, viewer) for order in sorted(PANELS))
    return [part for part in made if part is not None]
