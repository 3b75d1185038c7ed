"""What came of the cases: agreements, receivers, parties' own economy, and opgaveglidning (rules 11, 12 and 15)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from contacts.models import Organisation
from dialogue.models import ResponseVersion
from dialogue.models.report import ReportStep, ReportStepKind
from portfolio.annual.queries import Scope, registered
from portfolio.annual.reports.conduct import ENDED
from portfolio.annual.reports.deals import Deal, Economy, Receiver, Reported, StageFlow
from portfolio.annual.reports.flow import standing
from transfers.enums import Stage
from transfers.models import JournalEntry, TransferCase

CONFIRMED, LIVE, DECLINED, LEFT = "confirm_agreement", "agreement_live", "decline_agreement", "leave_agreement"
WHOSE = {CONFIRMED: "organisation", LIVE: "receiver", DECLINED: "organisation", LEFT: "organisation"}
AMOUNTS = ("one_off_cost", "annual_cost", "annual_saving")


def stage_flows(scope: Scope) -> tuple[StageFlow, ...]:
    """Count opening + in − out = closing for the stages of the agreement."""
    before = Counter(standing(move for move in scope.moves if move.day < scope.first).values())
    after = Counter(standing(scope.moves).values())
    came = Counter(move.stage_to for move in scope.in_year)
    went = Counter(move.stage_from for move in scope.in_year)
    return tuple(
        StageFlow(str(stage.label), before[stage], came[stage], went[stage], after[stage])
        for stage in (Stage.AGREEMENT, Stage.ACTIVE)
    )


def receivers(scope: Scope) -> tuple[Receiver, ...]:
    """Count per organisation: confirmed, live, live later than the date for readiness, not joined, left.

    A party counts once per case and kind, however many versions it answered.
    """
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for case, kind, facts in scope.entries(WHOSE).values_list("case_id", "kind", "facts"):
        found[kind].add((facts[WHOSE[kind]], case))
        if kind == LIVE and facts.get("late"):
            found["late"].add((facts[WHOSE[kind]], case))
    counted = {kind: Counter(organisation for organisation, _ in pairs) for kind, pairs in found.items()}
    none: Counter[int] = Counter()
    columns = [counted.get(kind, none) for kind in (CONFIRMED, LIVE, "late", DECLINED, LEFT)]
    rows = named({key for column in columns for key in column})
    return tuple(Receiver(row.name, *(column[row.pk] for column in columns)) for row in rows)


def named(keys: Iterable[int]) -> list[Organisation]:
    """Return organisations in Danish order."""
    return list(Organisation.objects.filter(pk__in=set(keys)).order_by("sort_key"))


def deals(scope: Scope) -> tuple[Deal, ...]:
    """Return the agreements that came to hold for their first receiver in the year, with all who had joined by then."""
    rows = registered(scope.cut_off).filter(kind=LIVE, happened_on__lte=scope.until).order_by("case_id", "number")
    live: dict[int, list[JournalEntry]] = defaultdict(list)
    for entry in rows:
        live[entry.case_id].append(entry)
    made = {case: entries for case, entries in live.items() if scope.holds(entries[0].happened_on)}
    names = {row.pk: row.name for row in named(e.facts["receiver"] for entries in made.values() for e in entries)}
    cases = TransferCase.unscoped.filter(pk__in=made).select_related("initiator").order_by("number")
    return tuple(
        Deal(
            case.title, case.initiator.name,
            ", ".join(names.get(entry.facts["receiver"], "") for entry in made[case.pk]), made[case.pk][0].happened_on,
        )
        for case in cases
    )  # fmt: skip


def economy(scope: Scope) -> tuple[Economy, ...]:
    """Add up, per party, what it stated of its own economy in the dialogues that were closed in the year (S4.6)."""
    cases = set(scope.entries(ENDED).values_list("case_id", flat=True))
    rows = ResponseVersion.unscoped.filter(response__party__case__in=cases, submitted_at__lte=scope.cut_off)
    newest: dict[int, tuple[int, dict[str, object]]] = {}
    for party, organisation, content in rows.order_by("number").values_list(
        "response__party_id", "response__party__organisation_id", "content"
    ):
        newest[party] = (organisation, content)
    stated: dict[int, list[dict[str, object]]] = defaultdict(list)
    for organisation, content in newest.values():
        stated[organisation].append(content)
    return tuple(added_up(row.name, stated[row.pk]) for row in named(stated))


def added_up(name: str, contents: list[dict[str, object]]) -> Economy:
    """Add up the responses of one party; those without figures are counted beside the sum, never guessed."""
    known = [content for content in contents if content.get("economy_known") == "known"]
    one_off, annual, saving = (sum(int(str(content.get(column) or 0)) for content in known) for column in AMOUNTS)
    return Economy(name, len(contents), one_off, annual, saving, len(contents) - len(known))


def reported(scope: Scope) -> tuple[Reported, ...]:
    """Count reports of opgaveglidning by the organisation the task came from, by what was done in the year."""
    rows = ReportStep.objects.filter(
        recorded_at__lte=scope.cut_off, happened_on__range=(scope.first, scope.until)
    ).values_list("kind", "report__responsible_id")
    found = Counter(rows)
    return tuple(
        Reported(row.name, *(found[kind.value, row.pk] for kind in ReportStepKind))
        for row in named(key for _, key in found)
    )
