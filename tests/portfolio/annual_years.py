"""Two years of casework on known days, for the annual status: every figure below can be counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import time_machine

from dialogue.basis.actions import submit_dialogue_basis
from dialogue.responses.actions.parties import close_dialogue, open_dialogue
from portfolio.routing.actions import route
from tests.scenario import decide, fill_basis, fill_mini_mtv, respond
from tests.world import World, draft_case, screened_case
from transfers.actions import conclude_screening, do_plain
from transfers.models import TransferCase


@contextmanager
def on(year: int, month: int, day: int, hour: int = 11) -> Iterator[None]:
    """Let the clock stand at an hour (UTC) of a day."""
    with time_machine.travel(datetime(year, month, day, hour, tzinfo=UTC), tick=False):
        yield


def two_years(world: World) -> dict[str, TransferCase]:
    """Play 2024 and 2025 through and return the cases by name.

    long: begun 2024, approved 2025 on a choice against the recommendation. reopened: withdrawn 2024, reopened
    2025. all_no, not_needed: screened and closed 2025. open: screened 2025 and not concluded. late: begun in the
    last days of 2025, withdrawn 2026.
    """
    cases = before(world)
    dialogue(world, cases["long"])
    forum(world, cases["long"])
    cases |= screenings(world)
    with on(2025, 9, 1):
        plain("reopen", cases["reopened"], world, "secretariat")
    with on(2026, 1, 5):
        plain("withdraw", cases["late"], world, "leader")
    return cases


def before(world: World) -> dict[str, TransferCase]:
    """What happened in 2024."""
    with on(2024, 3, 1):
        long = draft_case(world)
    with on(2024, 5, 1):
        reopened = draft_case(world)
    with on(2024, 6, 1):
        plain("withdraw", reopened, world, "leader")
    return {"long": long, "reopened": reopened}


def dialogue(world: World, case: TransferCase) -> None:
    """Submitted twice, asked three parties, two answered in time."""
    with on(2025, 1, 20):
        fill_basis(world, case)
        submit_dialogue_basis(case=case, viewer=world.viewer("leader"))
    with on(2025, 1, 30):
        plain("return_to_leader", case, world, "contact")
    with on(2025, 2, 9):
        submit_dialogue_basis(case=case, viewer=world.viewer("leader"))
    with on(2025, 2, 19):
        asked = [world.organisations[key] for key in ("aalborg", "rebild", "plo")]
        contact = world.viewer("contact")
        open_dialogue(case=case, viewer=contact, organisations=asked, deadline=date(2025, 3, 10))
    with on(2025, 3, 1):
        respond(world, case, "aalborg")
        respond(world, case, "rebild")
    with on(2025, 3, 11):
        close_dialogue(case=case, viewer=world.viewer("contact"), seen=None, capacity_id=None, reason="")


def forum(world: World, case: TransferCase) -> None:
    """Sent to the Porteføljestyregruppe, adjourned once and approved."""
    with on(2025, 3, 21):
        fill_mini_mtv(world, case)
        route(case=case, viewer=world.viewer("contact"), code="route_to_portfolio", reason="Bred opgave.")
    with on(2025, 4, 10):
        decide(world, case, "adjourn")
    with on(2025, 5, 10):
        decide(world, case, "approve")


def screenings(world: World) -> dict[str, TransferCase]:
    """Every way a screening can end, and one that is not concluded."""
    leader = world.viewer("leader")
    no: dict[str, Any] = {"consequences": False, "new_competences": False, "utensils": False, "needs_basis": None}
    with on(2025, 6, 1):
        all_no = conclude_screening(case=screened_case(world, **no), viewer=leader)
        reason: dict[str, Any] = {"needs_basis": False, "not_needed_reason": "Kun et nyt skema."}
        not_needed = conclude_screening(case=screened_case(world, **reason), viewer=leader)
    with on(2025, 11, 1):
        open_one = screened_case(world)
    with on(2025, 12, 30):
        late = draft_case(world)
    return {"all_no": all_no, "not_needed": not_needed, "open": open_one, "late": late}


def plain(code: str, case: TransferCase, world: World, role: str) -> None:
    """Do an act that takes nothing but a reason."""
    do_plain(code, case=case, viewer=world.viewer(role), seen=None, reason="Fordi det er bedst sådan.")
