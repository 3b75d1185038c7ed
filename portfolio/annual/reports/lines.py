"""What stands beside the counted chapters: all steps of the year, orientations, last year's decision, single cases."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.utils.timezone import localtime

from contacts.naming import named
from portfolio.annual.queries import Move, Scope, registered
from portfolio.annual.reports.facts import Count
from portfolio.annual.reports.outcome import CaseLine, Oriented, PlanDecision, Votes
from portfolio.models import ActionPlanDecision, Orientation, OrientationKind
from transfers.enums import Result, Stage
from transfers.history import TOLD
from transfers.models import TransferCase
from transfers.workflow import BY_CODE

VOTING = VOTE_OPENED, VOTE_CLOSED = "open_vote", "close_vote"


def steps(scope: Scope) -> tuple[Count, ...]:
    """Count every entry of the year by what happened, so that no step is left out; in the order of the house."""
    found = Counter(scope.all_entries.values_list("kind", flat=True))
    known = [kind for kind in TOLD if found[kind]]
    kinds = dict.fromkeys([*known, *sorted(found)])
    return tuple(Count(kind, named(TOLD.get(kind, kind)), found[kind]) for kind in kinds)


def orientations(scope: Scope) -> tuple[Oriented, ...]:
    """Count what the Porteføljestyregruppe was told in the year, and what of it was taken note of by the cut-off."""
    given, noted = Counter[str](), Counter[str]()
    rows = Orientation.unscoped.filter(created_at__lte=scope.cut_off).values_list("kind", "created_at", "noted_at")
    for kind, created, taken in rows:
        if scope.holds(localtime(created).date()):
            given[kind] += 1
            noted[kind] += taken is not None and taken <= scope.cut_off
    return tuple(Oriented(kind.value, kind.label, given[kind], noted[kind]) for kind in OrientationKind)


def votes(scope: Scope) -> Votes:
    """Count the written procedures of the year (rule 9)."""
    rows = list(scope.entries(VOTING).values_list("kind", "facts"))
    ended = [facts for kind, facts in rows if kind == VOTE_CLOSED]
    how = Counter(facts["outcome"] for facts in ended)
    return Votes(
        len(rows) - len(ended), how["approved"], how["objection"], how["discussion"], how["silence"],
        asked=sum(facts["voters"] for facts in ended), cast=sum(facts["cast"] for facts in ended),
    )  # fmt: skip


def last_year(scope: Scope) -> tuple[PlanDecision, ...]:
    """Return what DAS decided on the action plan in the status of the year before, if it is registered."""
    rows = ActionPlanDecision.objects.filter(status__year=scope.year - 1, registered_at__lte=scope.cut_off)
    newest = rows.order_by("-registered_at").first()
    if newest is None:
        return ()
    return (PlanDecision(scope.year - 1, newest.update_plan, newest.text, newest.decided_on),)


def cases(scope: Scope) -> tuple[CaseLine, ...]:
    """Return one line per case that was submitted and in which something happened in the year, or that is open.

    Cases that never left their department are counted, but not named: the upper forums do not know them.
    """
    last: dict[int, Move] = {move.case: move for move in scope.moves}
    sent = set(registered(scope.cut_off).filter(kind="submit_basis", happened_on__lte=scope.until).values_list("case"))
    touched = set(scope.all_entries.values_list("case_id", flat=True))
    wanted = [pk for (pk,) in sent if pk in touched or last[pk].stage_to != Stage.CLOSED]
    begun = {move.case: move.day for move in reversed(scope.moves)}
    rows = TransferCase.unscoped.filter(pk__in=wanted).select_related("initiator").order_by("number")
    return tuple(line_of(row, last[row.pk], begun[row.pk]) for row in rows)


def line_of(case: TransferCase, last: Move, begun: date) -> CaseLine:
    """Return the line of a case after its last move."""
    return CaseLine(case.number, case.title, case.initiator.name, stage_of(last), result_of(last), begun)


def stage_of(move: Move) -> str:
    """Return the stage a case came to, in Danish."""
    return named(Stage(move.stage_to).label)


def result_of(move: Move) -> str:
    """Return how a case ended, in Danish; empty while it is open."""
    act = BY_CODE.get(move.kind)
    return str(Result(act.result).label) if act and act.result and move.stage_to == Stage.CLOSED else ""
