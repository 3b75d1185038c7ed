"""What came of the cases: agreements per receiver, follow-up, the parties' own economy, opgaveglidning, votes.

The entries are written straight into the history, in the form their rooms declare, so that every figure is known.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils.timezone import now

from core.definitions import current
from core.freeze import digest
from dialogue.models import UnannouncedTransfer
from dialogue.models.report import ReportStep, ReportStepKind
from dialogue.responses.actions.parties import close_dialogue
from portfolio.annual.queries import Scope
from portfolio.annual.reports import AnnualFacts, count_year
from portfolio.annual.reports.deals import Economy, FollowedUp, Receiver, Reported
from portfolio.annual.reports.outcome import Votes
from portfolio.models import Agreement, AgreementVersion
from tests.portfolio.annual_years import on
from tests.scenario import agreement_case, answered_case
from tests.world import World
from transfers.models import JournalEntry, TransferCase

pytestmark = pytest.mark.django_db
HELD = ("active", "active")
KNOWN: dict[str, Any] = {}


def counted(year: int = 2025) -> AnnualFacts:
    """Count a year as registered by today."""
    return count_year(Scope(year, now()), lambda done, total, label: None)


def told(case: TransferCase, kind: str, day: date, stages: tuple[str, str] = HELD, **facts: Any) -> None:
    """Write one entry into the history of a case."""
    last = JournalEntry.unscoped.filter(case=case).latest("number")
    JournalEntry.unscoped.create(
        case=case, number=last.number + 1, kind=kind, stage_from=stages[0], stage_to=stages[1], actor=last.actor,
        capacity="contact", recorded_at=datetime(day.year, day.month, day.day, 11, tzinfo=UTC), happened_on=day,
        facts=facts, previous_hash=last.entry_hash, entry_hash=digest([last.entry_hash, kind]),
    )  # fmt: skip


def agreed(world: World) -> TransferCase:
    """Approved in March 2025; Aalborg live in May, Rebild late in June, PLO declined, Rebild leaves in November."""
    keys = {key: world.organisations[key].pk for key in ("aalborg", "rebild", "plo")}
    with on(2025, 3, 1):
        case = agreement_case(world)
    for key in ("aalborg", "rebild"):
        told(case, "confirm_agreement", date(2025, 4, 1), ("agreement", "agreement"), version=1, organisation=keys[key])
    told(case, "decline_agreement", date(2025, 4, 2), ("agreement", "agreement"), version=1, organisation=keys["plo"])
    live: dict[str, Any] = {"version": 1, "from": "2025-05-01"}
    began = ("agreement", "active")
    told(case, "agreement_live", date(2025, 5, 1), began, receiver=keys["aalborg"], late=False, **live)
    told(case, "agreement_live", date(2025, 6, 9), receiver=keys["rebild"], late=True, **live)
    left: dict[str, Any] = {"effective": "2026-02-01", "others_go_on": True}
    told(case, "leave_agreement", date(2025, 11, 1), organisation=keys["rebild"], **left)
    return case


def test_rule_14_agreements_are_counted_per_receiver(world: World) -> None:
    case = agreed(world)
    facts = counted()
    assert facts.receivers == (
        Receiver("PLO Nordjylland", 0, 0, 0, 1, 0), Receiver("Rebild Kommune", 1, 1, 1, 0, 1),
        Receiver("Aalborg Kommune", 1, 1, 0, 0, 0),
    )  # fmt: skip
    (deal,) = facts.deals
    assert (deal.title, deal.receivers, deal.since) == (case.title, "Aalborg Kommune, Rebild Kommune", date(2025, 5, 1))
    assert [(x.opening, x.came, x.went, x.closing) for x in facts.stage_flows] == [(0, 1, 1, 0), (0, 1, 0, 1)]
    assert all(line.balances for line in counted(2026).stage_flows)
    assert counted(2026).deals == ()


def test_rule_14_follow_ups_are_counted_with_what_was_expected_and_what_came(world: World) -> None:
    case = agreed(world)
    agree_on_reviews(case, world, "2025-08-01")
    assert counted().follow_ups.overdue == (case.title,)
    figures: dict[str, Any] = {"follow_up": 1, "indicators": 3, "measured": 2, "met": 1}
    told(case, "record_follow_up", date(2025, 9, 1), outcome="adjust", due="2025-08-01", next="2026-01-15", **figures)
    found = counted().follow_ups
    assert found.held == (FollowedUp(case.title, date(2025, 9, 1), "Justér", 3, 2, 1, late=True),)
    assert found.overdue == ()
    assert counted(2026).follow_ups.overdue == (case.title,)


def agree_on_reviews(case: TransferCase, world: World, day: str) -> None:
    """Let the agreement that was sent out name a day of follow-up."""
    actor = world.users["contact"]
    agreement = Agreement.unscoped.create(case=case, definition=current("agreement"), updated_by=actor)
    content = {"parts": [{"answers": [{"key": "review_dates", "value": [day]}]}]}
    AgreementVersion.unscoped.create(
        agreement=agreement, number=1, content=content, sha256=digest(content), confirm_by=date(2025, 4, 1),
        ready_by=date(2025, 6, 1), issued_by=actor, issued_at=datetime(2025, 3, 10, tzinfo=UTC),
    )  # fmt: skip


def test_rule_14_each_party_s_own_economy_is_added_up(world: World) -> None:
    with on(2025, 3, 1):
        for columns in (KNOWN, {"economy_known": "not_yet", "one_off_cost": None, "annual_cost": None}):
            case = answered_case(world, **columns)
            close_dialogue(case=case, viewer=world.viewer("contact"), seen=None, capacity_id=None, reason="")
    lines = {line.name: line for line in counted().economy}
    assert lines["Rebild Kommune"] == Economy("Rebild Kommune", 2, 50_000, 120_000, 0, 1)
    assert len(lines) == 3


def test_rule_15_reports_of_opgaveglidning_count_in_the_year_something_was_done(world: World) -> None:
    with on(2025, 5, 1):
        report = UnannouncedTransfer.objects.create(
            title="Sårpleje", reporter=world.users["aalborg_contact"], reporting=world.organisations["aalborg"],
            responsible=world.organisations["hospital"], what_moved="Sårpleje.", consequences="Flere besøg.",
            patients_kind="unknown", due=date(2025, 6, 1),
        )  # fmt: skip
    done = (ReportStepKind.REPORTED, date(2025, 5, 1)), (ReportStepKind.ANSWERED, date(2026, 1, 3))
    for number, (kind, day) in enumerate(done):
        moment = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
        ReportStep.objects.create(
            report=report, number=number, kind=kind, actor=world.users["aalborg_contact"], capacity="contact",
            happened_on=day, recorded_at=moment,
        )  # fmt: skip
    hospital = "Aalborg Universitetshospital"
    assert counted().reported == (Reported(hospital, 1, 0, 0, 0),)
    assert counted(2026).reported == (Reported(hospital, 0, 1, 0, 0),)


def test_written_procedures_are_counted_by_how_they_ended(world: World) -> None:
    with on(2025, 3, 1):
        case = agreement_case(world)
    stages = ("portfolio", "portfolio")
    told(case, "open_vote", date(2025, 4, 1), stages, vote=1, voters=8)
    told(case, "close_vote", date(2025, 4, 9), stages, vote=1, voters=8, cast=7, outcome="silence")
    assert counted().votes == Votes(begun=1, silence=1, asked=8, cast=7)
