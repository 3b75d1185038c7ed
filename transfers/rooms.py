"""How upper apps hook into the case page and Mine opgaver: they register here, nobody imports them from below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
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


@dataclass(frozen=True)
class CaseTodo:
    """What a room asks of people about cases: of which cases, what it reads of each, and the line for one.

    `of` gives None for a viewer the room asks nothing of; names in `reads` mean the same in every room.
    """

    of: Callable[[Viewer], Q | None]
    line: Callable[[Any, Viewer], Todo | None]
    reads: Callable[[Viewer], dict[str, Any]] = lambda viewer: {}
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Foreknown:
    """What a room needs of a case on every page of it: asked along with the case, then put where the room looks."""

    reads: Callable[[], dict[str, Any]]
    remember: Callable[[Any], None]


TABS: dict[str, Tab] = {}
FOREKNOWN: list[Foreknown] = []
CASE_TODOS: list[CaseTodo] = []
WAITING: dict[str, Callable[[TransferCase], Waiting]] = {}
PANELS: dict[int, Callable[[TransferCase, Viewer], Panel | None]] = {}


def add_tab(tab: Tab) -> None:
    """Add a tab to every case page."""
    TABS[tab.code] = tab


def tabs_for(case: TransferCase, viewer: Viewer) -> list[Tab]:
    """Return the tabs this viewer sees, in order."""
    return sorted((t for t in TABS.values() if t.shown(case, viewer)), key=lambda tab: tab.order)


def foreknow(reads: Callable[[], dict[str, Any]], remember: Callable[[Any], None]) -> None:
    """Register what a room needs of a case on every page of it."""
    FOREKNOWN.append(Foreknown(reads, remember))


def with_foreknown(cases: QuerySet[TransferCase]) -> QuerySet[TransferCase]:
    """Return the cases with what all rooms need of them; give each that is shown to `remember_foreknown`."""
    return cases.annotate(**{name: read for room in FOREKNOWN for name, read in room.reads().items()})


def remember_foreknown(case: TransferCase) -> TransferCase:
    """Let every room keep what it needs of a case that was read by `with_foreknown`."""
    for room in FOREKNOWN:
        room.remember(case)
    return case


def todo_provider(provide: Callable[[Viewer], list[Todo]]) -> Callable[[Viewer], list[Todo]]:
    """Register a function that says what awaits a viewer, in at most two queries; about cases use `case_todo`."""
    TODO_PROVIDERS.append(provide)
    return provide


def case_todo(asked: CaseTodo) -> None:
    """Register what a room asks about cases; all rooms share one query."""
    CASE_TODOS.append(asked)


def todos_about_cases(viewer: Viewer) -> list[Todo]:
    """Return what all rooms ask of a viewer about cases; one query, however many rooms and cases."""
    wanted = [(asked, asked.of(viewer)) for asked in CASE_TODOS]
    asking = [(f"asked_{place}", asked, of) for place, (asked, of) in enumerate(wanted) if of is not None]
    lines = [
        asked.line(case, viewer)
        for case in (cases_asked_about(viewer, asking) if asking else [])
        for flag, asked, _ in asking
        if getattr(case, flag)
    ]
    return [line for line in lines if line is not None]


def cases_asked_about(viewer: Viewer, asking: list[tuple[str, CaseTodo, Q]]) -> QuerySet[Any]:
    """Return the cases somebody asks about, with what the rooms read and a flag for each that asks."""
    beside = {"initiator", "department", *(name for _, asked, _ in asking for name in asked.beside)}
    reads = {name: read for _, asked, _ in asking for name, read in asked.reads(viewer).items()}
    flags = {flag: ExpressionWrapper(of, BooleanField()) for flag, _, of in asking}
    rows = TransferCase.visible_to(viewer).select_related(*sorted(beside)).annotate(**reads).annotate(**flags)
    return rows.filter(reduce(or_, (of for _, _, of in asking))).order_by("number")


TODO_PROVIDERS: list[Callable[[Viewer], list[Todo]]] = [todos_about_cases]


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
    """Register a part of the overview at a place in the order (10, 20, …); raises ValueError where one stands."""

    def register(make: Callable[[TransferCase, Viewer], Panel | None]) -> None:
        if order in PANELS:
            raise ValueError(f"place {order} of the overview is taken")
        PANELS[order] = make

    return register


def panels_for(case: TransferCase, viewer: Viewer) -> list[Panel]:
    """Return the parts of the overview that have something to show this viewer."""
    made = (PANELS[order](case, viewer) for order in sorted(PANELS))
    return [part for part in made if part is not None]
