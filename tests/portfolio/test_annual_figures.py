"""The annual status counts what the history says, by the day it happened and as registered by the cut-off."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dialogue.basis.actions import submit_dialogue_basis
from dialogue.responses.actions.parties import close_dialogue
from portfolio.annual.queries import Scope
from portfolio.annual.reports import STEPS, TOTAL, AnnualFacts, count_year, to_json
from portfolio.annual.reports.chapters import chapters
from portfolio.annual.reports.conduct import ninety_percent
from portfolio.annual.reports.coverage import COUNTED, ONLY_AS_STEPS, moving
from portfolio.annual.reports.facts import Count
from portfolio.annual.reports.frozen import from_json
from portfolio.decisions.actions import publish_decision, record_decision, save_decision
from portfolio.routing.actions import route
from tests.portfolio.annual_years import on, plain, two_years
from tests.scenario import decide, portfolio_case, submitted_case
from tests.world import World, draft_case
from transfers.history import SCHEMAS
from transfers.models import JournalEntry, Placement, TransferCase

pytestmark = pytest.mark.django_db
NEXT_YEAR = datetime(2026, 3, 1, tzinfo=UTC)


def counted(year: int = 2025, cut_off: datetime = NEXT_YEAR) -> AnnualFacts:
    """Count a year without listening to the progress."""
    return count_year(Scope(year, cut_off), lambda done, total, label: None)


def values(counts: tuple[Count, ...]) -> dict[str, int]:
    """Return counts by code, without the noughts."""
    return {count.code: count.value for count in counts if count.value}


def test_screenings_are_counted_by_result(world: World) -> None:
    two_years(world)
    found = counted().screenings
    assert (found.filed, found.waiting) == (4, 1)
    assert values(found.results) == {"needs_basis": 1, "not_needed": 1, "all_no": 1}
    assert counted(2024).screenings.filed == 2


def test_opening_plus_in_minus_out_is_closing(world: World) -> None:
    two_years(world)
    stock = counted().stock
    assert stock.opening == 1
    assert values(stock.entered) == {"start_basis": 1, "reopen": 1}
    assert values(stock.left) == {"approve": 1}
    assert stock.closing == 2
    assert stock.balances
    assert values(stock.stages) == {"draft": 2}
    assert stock.awaiting_agreement == 1


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_one_year_closes_where_the_next_one_opens(world: World, year: int) -> None:
    two_years(world)
    this, following = counted(year), counted(year + 1)
    assert this.stock.balances
    assert following.stock.opening == this.stock.closing


def test_years_are_compared_as_far_back_as_the_history_goes(world: World) -> None:
    two_years(world)
    assert [(line.year, line.entered, line.left, line.closing) for line in counted().trend] == [
        (2024, 2, 1, 1),
        (2025, 2, 1, 2),
    ]


def test_todays_state_does_not_change_an_earlier_year(world: World) -> None:
    cases = two_years(world)
    before = counted()
    TransferCase.unscoped.filter(pk=cases["late"].pk).update(stage="dialogue", result="")
    with on(2026, 6, 1):
        plain("reopen", cases["all_no"], world, "secretariat")
    assert to_json(counted()) == to_json(before)


def test_the_initiative_is_the_whole_organisation_s(world: World) -> None:
    two_years(world)
    (line,) = counted().initiators
    assert (line.name, line.kind, line.screenings, line.cases) == ("Aalborg Universitetshospital", "Sygehus", 4, 1)


def test_sectors_and_patients_come_from_what_was_submitted(world: World) -> None:
    two_years(world)
    facts = counted()
    assert [(flow.origin, flow.target, flow.cases) for flow in facts.sectors.flows] == [("Sygehus", "Sygehus", 1)]
    assert (facts.places.low, facts.places.high, facts.places.unknown) == (64, 64, 0)
    found = {line.name: (line.cases, line.low, line.high) for line in facts.places.municipalities}
    assert found == {"Aalborg Kommune": (1, 60, 60), "Rebild Kommune": (1, 1, 4)}


def test_a_stay_is_measured_from_entering_to_leaving_a_stage(world: World) -> None:
    two_years(world)
    found = {line.code: (line.stays, line.median, line.ninety) for line in counted().handling}
    assert found["draft"] == (2, 167.5, 325)
    assert found["submitted"] == (2, 10.0, 10)
    assert found["dialogue"] == (1, 30.0, 30)
    assert found["portfolio"] == (1, 50.0, 50)
    assert found["screening"] == (3, 0.0, 0)


@pytest.mark.parametrize(
    ("days", "expected"), [([7], 7), ([1, 9], 9), (list(range(1, 11)), 9), (list(range(1, 21)), 18)]
)
def test_nine_of_ten_stays_are_not_longer_than_the_ninety_percent(days: list[int], expected: int) -> None:
    assert ninety_percent(days) == expected
    assert sum(day <= expected for day in days) >= 0.9 * len(days)


def test_decisions_are_counted_by_forum_and_kind(world: World) -> None:
    two_years(world)
    found = [(line.forum, line.code, line.value, line.written) for line in counted().decisions]
    assert found == [("Porteføljestyregruppen", "approve", 1, 0), ("Porteføljestyregruppen", "adjourn", 1, 0)]


def test_returns_and_adjournments_are_counted_by_cause(world: World) -> None:
    two_years(world)
    found = {line.code: (line.value, line.cases) for line in counted().returns if line.value}
    assert found == {"return_to_leader": (1, 1), "adjourn": (1, 1)}


def test_choices_are_counted_with_and_against_the_recommendation(world: World) -> None:
    cases = two_years(world)
    entry = JournalEntry.unscoped.get(case=cases["long"], kind="route_to_portfolio")
    found = {line.code: (line.followed, line.against) for line in counted().choices}
    expected = (1, 0) if entry.facts["followed"] else (0, 1)
    assert found == {"route_to_local_forum": (0, 0), "route_to_portfolio": expected}


def test_a_returned_case_has_no_choice_and_its_parties_count_once(world: World) -> None:
    with on(2025, 2, 3):
        case = portfolio_case(world)
        decide(world, case, "return_to_dialogue")
    with on(2025, 3, 3):
        contact = world.viewer("contact")
        close_dialogue(case=case, viewer=contact, seen=None, capacity_id=None, reason="")
        route(case=case, viewer=contact, code="route_to_portfolio", reason="Bred opgave.")
    facts = counted()
    assert sum(line.followed + line.against for line in facts.choices) == 1
    assert (facts.participation.dialogues, facts.participation.asked) == (1, 3)
    assert {line.code: line.value for line in facts.returns if line.value} == {"return_to_dialogue": 1}


def test_a_case_counts_by_sector_in_the_year_it_was_first_submitted(world: World) -> None:
    with on(2025, 12, 1):
        case = submitted_case(world)
    with on(2025, 12, 8):
        plain("return_to_leader", case, world, "contact")
    with on(2026, 1, 15):
        submit_dialogue_basis(case=case, viewer=world.viewer("leader"))
    assert (counted(2025).sectors.cases, counted(2026).sectors.cases) == (1, 0)
    assert (counted(2025).places.cases, counted(2026).places.cases) == (1, 0)


def test_parties_that_did_not_answer_in_time_are_named_by_number(world: World) -> None:
    two_years(world)
    found = counted().participation
    assert (found.dialogues, found.asked, found.answered, found.missing) == (1, 3, 2, 1)


def test_a_decision_dated_back_counts_once_it_is_registered(world: World) -> None:
    with on(2025, 11, 1):
        case = portfolio_case(world)
    with on(2026, 1, 10):
        record_decision(
            case=case, viewer=world.viewer("psg_chair"), placement=Placement.unscoped.get(case=case),
            forum=world.forums["psg"], kind="approve", text="Godkendt.", reason="Gavner patienterne.",
            decided_on=date(2025, 12, 20), procedure="written",
        )  # fmt: skip
    early, late = counted(cut_off=datetime(2026, 1, 5, tzinfo=UTC)), counted()
    assert early.decisions == ()
    assert early.stock.closing == 1
    assert [(line.code, line.value, line.written) for line in late.decisions] == [("approve", 1, 1)]
    assert (late.stock.closing, late.stock.balances) == (0, True)


def test_a_decision_dated_before_the_case_came_to_the_forum_does_not_break_the_stock(world: World) -> None:
    with on(2026, 1, 10):
        case = portfolio_case(world)
        chair = world.viewer("psg_chair")
        draft = save_decision(
            case=case, viewer=chair, kind="reject", text="Nej.", reason="For dyrt.", decided_on=date(2025, 12, 20),
            procedure="meeting",
        )  # fmt: skip
        publish_decision(case=case, viewer=chair, decision=draft)
    assert [line.code for line in counted().decisions] == ["reject"]
    assert (counted().stock.closing, counted().stock.balances) == (0, True)
    assert values(counted(2026).stock.left) == {"reject": 1}


def test_the_year_turns_at_midnight_in_denmark(world: World) -> None:
    with on(2025, 12, 31, hour=22):
        draft_case(world)
    with on(2025, 12, 31, hour=23):
        draft_case(world)
    assert counted(2025).screenings.filed == 1
    assert counted(2026).screenings.filed == 1


def test_a_year_that_still_runs_is_counted_to_the_cut_off(world: World) -> None:
    two_years(world)
    facts = counted(2025, datetime(2025, 6, 30, tzinfo=UTC))
    assert facts.until == date(2025, 6, 30)
    assert facts.screenings.filed == 2
    assert facts.stock.closing == 0


def test_progress_names_every_step_in_order(world: World) -> None:
    heard: list[tuple[int, int, str]] = []
    count_year(Scope(2025, NEXT_YEAR), lambda *told: heard.append(told))
    assert [(number, label) for number, _, label in heard] == [(n, step[1]) for n, step in enumerate(STEPS, 1)]
    assert (7, TOTAL, "Behandlingstid per stadie") in heard
    assert len(STEPS) + 1 == TOTAL


def test_frozen_figures_are_read_as_they_were_counted(world: World) -> None:
    two_years(world)
    facts = counted()
    assert from_json(to_json(facts)) == facts


def test_every_section_is_defined_in_the_appendix(world: World) -> None:
    facts = counted()
    headings = {section.heading for chapter in chapters(facts) for section in chapter.sections}
    assert {item.term for item in facts.definitions} == headings | {"År og opgørelsesdato"}


def test_rule_14_every_kind_of_step_is_counted_or_deliberately_only_a_step() -> None:
    forgotten = set(SCHEMAS) - COUNTED - ONLY_AS_STEPS - moving()
    assert not forgotten, "say in portfolio/annual/reports/coverage.py what the year tells of these"
    assert not COUNTED & ONLY_AS_STEPS


def test_rule_14_every_step_of_the_year_is_counted_among_the_steps(world: World) -> None:
    two_years(world)
    entries = JournalEntry.unscoped.filter(happened_on__year=2025, recorded_at__lte=NEXT_YEAR)
    assert sum(count.value for count in counted().steps) == entries.count()


def test_a_section_is_there_for_every_part_also_where_nothing_happened(world: World) -> None:
    with on(2025, 5, 1):
        draft_case(world)
    found = {chapter.heading: chapter.sections for chapter in chapters(counted())}
    assert list(found) == [
        "Siden sidste status", "Aktivitet", "Brugen af aftalen", "Beslutninger", "Aftaler og opfølgning",
        "Temaer, læring og udvikling",
    ]  # fmt: skip
    assert all(section.lead.strip() for sections in found.values() for section in sections)
    assert all(bool(s.tables) == bool(s.chart) for sections in found.values() for s in sections)
