"""Every result can be reached and every stage left: ways through the table are drawn at random and really walked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

import pytest

from portfolio.agreements.actions import issue_agreement
from tests import scenario
from tests.transfers.acts import RUN
from tests.transfers.test_permissions import ALLOWED, account
from tests.world import World, screened_case
from transfers.enums import Result, Stage
from transfers.history import SCHEMAS
from transfers.models import JournalEntry, TransferCase
from transfers.workflow import ACTS, FORUMS, Act

SEED = 20261129
DETOUR = 2
ROLES = {"hospital": "giver", "aalborg": "receiver"}
ASKED_AGAIN = (Stage.DIALOGUE, Stage.MINI_MTV)
Move = tuple[Act, Stage, Stage]
Way = tuple[Move, ...]


def moves(stage: Stage) -> list[Move]:
    """The acts that take a case out of a stage, and where to; »the forum that decided« is left out."""
    here = [act for act in ACTS if stage in act.sources]
    led = [(act, Stage(target)) for act in here for target in ((act.target,) if act.target else act.may_lead_to[-1:])]
    return [(act, stage, target) for act, target in led if target != stage and act.code != "return_to_deciding_forum"]


def may_follow(gone: Way, move: Move) -> bool:
    """Tell whether a move may come next: none is made twice, and a returned case goes back to the same forum."""
    _, stage, target = move
    returned = [left for _, left, back in gone if left in FORUMS and back in ASKED_AGAIN]
    elsewhere = stage in ASKED_AGAIN and target in FORUMS and returned and target != returned[-1]
    return move not in gone and not elsewhere


def ways(result: Result, most: int, stage: Stage = Stage.SCREENING, gone: Way = ()) -> Iterator[Way]:
    """Every way of at most so many acts from a stage to a result."""
    for move in moves(stage) if most else ():
        act, _, target = move
        if act.result == result:
            yield (*gone, move)
        elif act.result is None and may_follow(gone, move):
            yield from ways(result, most - 1, target, (*gone, move))


def drawn(result: Result) -> Way:
    """One way to a result, not much longer than the shortest."""
    shortest = next(length for length in range(1, 12) if any(ways(result, length)))
    chance = Random(f"{SEED} {result.value}")  # noqa: S311 - a drawn way, not a secret
    return chance.choice(list(ways(result, shortest + DETOUR)))


def come_alive(world: World, case: TransferCase, last: str) -> TransferCase:
    """Let the agreement hold for Aalborg; the act that was missing comes last."""
    scenario.fill_agreement(world, case, roles=ROLES)
    issue_agreement(case=case, viewer=world.viewer("leader"))
    scenario.confirm(world, case, "hospital")
    steps: dict[str, Callable[..., None]] = {"confirm_agreement": scenario.confirm, "report_ready": scenario.make_ready}
    for code in sorted(steps, key=lambda code: code == last):
        steps[code](world, case, "aalborg")
    return case


def walk(world: World, way: Way) -> TransferCase:
    """Carry a new case along a way; every act by somebody the hand-written table allows it."""
    case = screened_case(world)
    for act, stage, target in way:
        assert case.stage == stage
        if "dialogue_closed" in act.requires and stage == Stage.DIALOGUE:
            RUN["respond"](world, case, world.viewer("aalborg_contact"))
        viewer = world.viewer(account(min(ALLOWED[act.code, stage.value]), stage))
        seen = TransferCase.visible_to(viewer).get(pk=case.pk)
        alive = target == Stage.ACTIVE
        case = come_alive(world, seen, act.code) if alive else RUN[act.code](world, seen, viewer)
    return TransferCase.unscoped.get(pk=case.pk)


@pytest.mark.parametrize("result", list(Result))
def test_a_case_is_carried_to_every_result(world: World, result: Result) -> None:
    way = drawn(result)
    case = walk(world, way)
    told = [act.code for act, *_ in way]
    assert (case.stage, case.result) == (Stage.CLOSED, result), told
    entries = list(JournalEntry.unscoped.filter(case=case).order_by("number"))
    kinds = iter([entry.kind for entry in entries])
    assert all(code in kinds for code in told), told
    assert all(entry.facts.keys() == SCHEMAS[entry.kind].keys() for entry in entries)


def test_no_stage_is_without_a_way_out() -> None:
    assert [stage for stage in Stage if not moves(stage)] == []


def test_from_every_stage_a_case_can_come_to_its_end() -> None:
    ends = {Stage.CLOSED}
    while more := {stage for stage in Stage if any(target in ends for *_, target in moves(stage))} - ends:
        ends |= more
    assert set(Stage) == ends
