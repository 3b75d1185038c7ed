"""Cases in and out: screenings, the stock equation, the years before, and who took the initiative."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db.models import Q

from contacts.models import Organisation
from portfolio.annual.queries import Move, Scope
from portfolio.annual.reports.facts import Count, Initiator, Screenings, Stock, YearLine, total
from portfolio.models.decision import OUTCOMES
from transfers.enums import Result, Stage
from transfers.workflow import ACTS, BY_CODE, Act

IN_HAND = (
    Stage.DRAFT, Stage.SUBMITTED, Stage.DIALOGUE, Stage.MINI_MTV,
    Stage.LOCAL_FORUM, Stage.PORTFOLIO, Stage.ADMINISTRATIVE,
)  # fmt: skip
FILED, STARTED, CLOSED = "screening_filed", "start_basis", "close_screening"
YES = Q(facts__consequences=True) | Q(facts__new_competences=True) | Q(facts__utensils=True)
YEARS_COMPARED = 4
LABELS = {
    STARTED: "Nye sager: der skrives et dialoggrundlag",
    "reopen": "Genåbnede sager",
    "approve": "Godkendt: aftalen kan indgås",
}


def screenings(scope: Scope) -> Screenings:
    """Count screenings by result; every one counts, also those that end with three times no (rule 1).

    One that was assessed anew counts with what it last ended in.
    """
    with_yes = set(scope.entries([CLOSED]).filter(YES).values_list("pk", flat=True))
    last = {move.case: move for move in scope.in_year if move.kind in (STARTED, CLOSED)}
    closed = [move for move in last.values() if move.kind == CLOSED]
    not_needed = sum(move.entry in with_yes for move in closed)
    results = (
        Count("needs_basis", "Mindst ét ja: der skrives et dialoggrundlag", len(last) - len(closed)),
        Count("not_needed", "Mindst ét ja: dialoggrundlag ikke nødvendigt", not_needed),
        Count("all_no", "Nej til alle tre spørgsmål", len(closed) - not_needed),
    )
    waiting = sum(stage == Stage.SCREENING for stage in standing(scope.moves).values())
    return Screenings(count(scope.in_year, FILED), results, waiting)


def count(moves: Iterable[Move], kind: str) -> int:
    """Count the moves of a kind."""
    return sum(move.kind == kind for move in moves)


def standing(moves: Iterable[Move]) -> dict[int, str]:
    """Return the stage each case stands in after these moves."""
    return {move.case: move.stage_to for move in moves}


def in_hand(stages: Iterable[str]) -> int:
    """Count the cases under way: begun, and not decided or closed."""
    return sum(stage in IN_HAND for stage in stages)


def stock(scope: Scope) -> Stock:
    """Count opening + in − out = closing, and the stages at the end."""
    before = standing(move for move in scope.moves if move.day < scope.first)
    after = Counter(standing(scope.moves).values())
    stages = tuple(Count(stage.value, stage.label, after[stage]) for stage in IN_HAND)
    return Stock(
        opening=in_hand(before.values()), entered=entered(scope), left=left(scope),
        closing=total(stages), stages=stages, awaiting_agreement=after[Stage.AGREEMENT],
    )  # fmt: skip


def entered(scope: Scope) -> tuple[Count, ...]:
    """Count the moves into the stock by act; those the workflow table knows stand there with 0 too."""
    moves = [m for m in scope.in_year if m.stage_from not in IN_HAND and m.stage_to in IN_HAND]
    known = [a for a in ACTS if a.target in IN_HAND and not set(a.sources) & set(IN_HAND)]
    return by_act(moves, known)


def left(scope: Scope) -> tuple[Count, ...]:
    """Count the moves out of the stock by act; those the workflow table knows stand there with 0 too."""
    moves = [m for m in scope.in_year if m.stage_from in IN_HAND and m.stage_to not in IN_HAND]
    known = [a for a in ACTS if a.target and a.target not in IN_HAND and set(a.sources) & set(IN_HAND)]
    return by_act(moves, known)


def by_act(moves: Iterable[Move], known: Iterable[Act]) -> tuple[Count, ...]:
    """Count moves by the act that made them."""
    counted = Counter(move.kind for move in moves)
    codes = dict.fromkeys([*(act.code for act in known), *sorted(counted)])
    return tuple(Count(code, label_of(code), counted[code]) for code in codes)


def label_of(code: str) -> str:
    """Return an act as a line of the equation: by its result where it closes a case."""
    act = BY_CODE.get(code)
    if code in LABELS or act is None:
        return LABELS.get(code, code)
    return Result(act.result).label if act.result else act.label


def trend(scope: Scope) -> tuple[YearLine, ...]:
    """Compare with the three years before, as far back as the history goes."""
    began = min((move.day.year for move in scope.moves), default=scope.year)
    years = range(max(began, scope.year - YEARS_COMPARED + 1), scope.year + 1)
    return tuple(year_line(scope.of_year(year)) for year in years)


def year_line(scope: Scope) -> YearLine:
    """Count one year of the comparison."""
    now = stock(scope)
    decided = scope.entries(OUTCOMES).count()
    return YearLine(
        scope.year, count(scope.in_year, FILED), total(now.entered), total(now.left), now.closing,
        approved=sum(move.stage_to == Stage.AGREEMENT for move in scope.in_year), decisions=decided,
    )  # fmt: skip


def initiators(scope: Scope) -> tuple[Initiator, ...]:
    """Count screenings and new cases by the organisation that took the initiative."""
    filed = by_initiator(scope, FILED)
    started = by_initiator(scope, STARTED)
    rows = Organisation.objects.filter(pk__in={*filed, *started}).order_by("sort_key")
    lines = (Initiator(o.name, o.get_kind_display(), filed[o.pk], started[o.pk]) for o in rows)
    return tuple(sorted(lines, key=lambda line: (-line.screenings, -line.cases)))


def by_initiator(scope: Scope, kind: str) -> Counter[int]:
    """Count the year's entries of a kind by the case's organisation, which never changes."""
    return Counter(scope.entries([kind]).values_list("case__initiator_id", flat=True))
