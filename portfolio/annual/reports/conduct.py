"""How the agreement was used: handling time, decisions, returns, choice of forum, the parties' answers (S1)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import ceil
from statistics import median
from typing import Any

from contacts.enums import ForumLevel
from contacts.models import Forum
from contacts.naming import named
from portfolio.annual.queries import Scope, registered
from portfolio.annual.reports.facts import Choice, DecisionLine, Participation, Repeat, StageTime
from portfolio.annual.reports.flow import IN_HAND
from portfolio.models import Procedure
from portfolio.models.decision import OUTCOMES
from transfers.enums import Stage
from transfers.workflow import ACTS, BY_CODE

TIMED = (Stage.SCREENING, *IN_HAND)
DECISIONS = tuple(act.code for act in ACTS if act.code in OUTCOMES)
REPEATS = {
    "return_to_leader": "Sendt tilbage fra kontaktperson til leder",
    "return_to_dialogue": "Sendt tilbage fra forum til dialog",
    "return_to_mini_mtv": "Sendt tilbage fra forum til mini-MTV",
    "return_to_portfolio": "Sendt tilbage fra DAS til Porteføljestyregruppen",
    "return_to_deciding_forum": "Sendt tilbage fra aftalens parter til forummet",
    "reopen_dialogue": "Taget tilbage til dialogen af kontaktpersonen",
    "adjourn": "Udsat i et forum",
}
ROUTES = {"route_to_local_forum": ForumLevel.LOCAL, "route_to_portfolio": ForumLevel.PORTFOLIO}
SENT_BACK = ("return_to_dialogue", "return_to_mini_mtv")
ENDED = ("close_dialogue", "close_without_parties")
HOW = FOLLOWED, AGAINST, AGAINST_REQUEST = ("followed", "against", "against_request")
LEVELS = [level.value for level in ForumLevel]


def handling(scope: Scope) -> tuple[StageTime, ...]:
    """Measure the stays that ended in the year, stage by stage."""
    days: dict[str, list[int]] = defaultdict(list)
    for stage, length in stays(scope):
        days[stage].append(length)
    return tuple(stage_time(stage, sorted(days[stage])) for stage in TIMED if days[stage])


def stays(scope: Scope) -> Iterator[tuple[str, int]]:
    """Give every stay that ended in the year: the stage and the days from entering to leaving it."""
    for entering, leaving in zip(scope.moves, scope.moves[1:], strict=False):
        if entering.case == leaving.case and scope.holds(leaving.day):
            yield entering.stage_to, (leaving.day - entering.day).days


def stage_time(stage: Stage, days: list[int]) -> StageTime:
    """Summarise the sorted lengths of stays in one stage."""
    return StageTime(stage.value, named(stage.label), len(days), float(median(days)), ninety_percent(days))


def ninety_percent(days: list[int]) -> int:
    """Return the number of days that at least 90 % of the sorted lengths do not exceed (nearest rank)."""
    return days[ceil(0.9 * len(days)) - 1]


def decisions(scope: Scope) -> tuple[DecisionLine, ...]:
    """Count decisions by forum and kind; each counts by its own date, also one that was later corrected."""
    counted: Counter[tuple[int, str]] = Counter()
    written: Counter[tuple[int, str]] = Counter()
    for forum, kind, facts in scope.entries(DECISIONS).values_list("forum_id", "kind", "facts"):
        counted[forum, kind] += 1
        written[forum, kind] += facts.get("procedure") == Procedure.WRITTEN
    forums = sorted(Forum.objects.filter(pk__in={forum for forum, _ in counted}), key=forum_order)
    return tuple(
        DecisionLine(forum.name, kind, BY_CODE[kind].label, counted[forum.pk, kind], written[forum.pk, kind])
        for forum in forums
        for kind in DECISIONS
        if counted[forum.pk, kind]
    )


def forum_order(forum: Forum) -> tuple[int, str]:
    """Order forums from the nearest level up, then by name."""
    return LEVELS.index(forum.level), forum.sort_key


def returns(scope: Scope) -> tuple[Repeat, ...]:
    """Count what was sent back or adjourned, and the cases it happened to."""
    rows = list(scope.entries(REPEATS).values_list("kind", "case_id"))
    counted, cases = Counter(kind for kind, _ in rows), Counter(kind for kind, _ in set(rows))
    return tuple(Repeat(kind, named(label), counted[kind], cases[kind]) for kind, label in REPEATS.items())


def choices(scope: Scope) -> tuple[Choice, ...]:
    """Count choices of forum with and against the recommendation (rule 6)."""
    found = Counter((kind, how) for _, kind, how in chosen(scope))
    return tuple(Choice(code, named(level.label), *(found[code, how] for how in HOW)) for code, level in ROUTES.items())


def chosen(scope: Scope) -> Iterator[tuple[int, str, str]]:
    """Give each choice of the year: the case, the act, and how it stands to recommendation and requests.

    A case on its way back to the forum that returned it has no choice.
    """
    rows = registered(scope.cut_off).filter(kind__in=[*ROUTES, *SENT_BACK], happened_on__lte=scope.until)
    bound: dict[int, bool] = {}
    for case, kind, day, facts in journal(rows):
        if kind in ROUTES and scope.holds(day) and not bound.get(case):
            yield case, kind, how_chosen(kind, facts)
        bound[case] = kind in SENT_BACK


def how_chosen(kind: str, facts: dict[str, Any]) -> str:
    """Tell whether a choice followed; one that is as recommended and yet did not went against a party's request."""
    if facts.get("followed"):
        return FOLLOWED
    return AGAINST_REQUEST if facts.get("recommended") == ROUTES[kind] else AGAINST


def participation(scope: Scope) -> Participation:
    """Count the parties of the cases whose dialogue was closed in the year, each case as last closed."""
    last: dict[int, dict[str, Any]] = {}
    for case, _, _, facts in journal(scope.entries(ENDED)):
        last[case] = facts
    answered = sum(facts.get("answered", facts.get("parties", 0)) for facts in last.values())
    missing, late = (sum(facts.get(name, 0) for facts in last.values()) for name in ("missing", "late"))
    return Participation(len(last), answered + missing, answered, missing, late)


def journal(rows: Any) -> Iterable[tuple[int, str, Any, dict[str, Any]]]:
    """Give case, kind, day and facts of entries, case by case in the order of the history."""
    found: Iterable[tuple[int, str, Any, dict[str, Any]]] = rows.order_by("case_id", "number").values_list(
        "case_id", "kind", "happened_on", "facts"
    )
    return found
