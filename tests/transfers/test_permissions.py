"""Role × stage × act against the hand-written permissions.csv: what it allows succeeds, all else is refused."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from core.errors import NotAllowed
from tests import scenario
from tests.transfers.acts import RUN
from tests.world import World, draft_case, screened_case
from transfers import rules
from transfers.actions import perform
from transfers.enums import Stage
from transfers.models import Party, TransferCase
from transfers.workflow import ACTS, BY_CODE

pytestmark = pytest.mark.django_db

ROLES = {
    "leader": "leader", "colleague": "colleague", "contact": "contact", "deputy": "deputy",
    "party_contact": "aalborg_contact", "party_deputy": "aalborg_deputy", "party_colleague": "aalborg_colleague",
    "chair": "{forum}_chair", "secretary": "{forum}_secretary", "member": "{forum}_member",
    "asked_chair": "other_chair", "secretariat": "secretariat", "signatory": "aalborg_signatory", "auditor": "auditor",
    "co_author": "aalborg_writer",
}  # fmt: skip
STRANGERS = ("other_leader", "thisted_contact")
FORUM_OF = {"local_forum": "local", "administrative": "das"}
BUILD: dict[str, Callable[[World], TransferCase]] = {
    "screening": screened_case,
    "draft": draft_case,
    "submitted": scenario.submitted_case,
    "dialogue": scenario.answered_case,
    "mini_mtv": scenario.mini_mtv_case,
    "local_forum": scenario.local_forum_case,
    "portfolio": scenario.portfolio_case,
    "administrative": scenario.administrative_case,
    "agreement": scenario.agreement_case,
    "active": lambda world: scenario.active_case(world, live=["rebild"]),
    "closed": scenario.withdrawn_case,
}


def table() -> dict[tuple[str, str], set[str]]:
    """Return the hand-written table: (act, stage) → roles."""
    with (Path(__file__).parent / "permissions.csv").open(encoding="utf-8") as file:
        return {(r["act"], r["stage"]): {role for role in ROLES if r[role]} for r in csv.DictReader(file)}


ALLOWED = table()


def account(role: str, stage: str) -> str:
    """Return the account that plays a role in a stage."""
    return ROLES[role].format(forum=FORUM_OF.get(stage, "psg"))


def beside(world: World, case: TransferCase) -> TransferCase:
    """Another hospital's forum is asked, and somebody at a party, once there is one, writes the mini-MTV along."""
    world.person("aalborg_writer", "colleague", "aalborg")
    scenario.consulted(world, case)
    has_parties = Party.unscoped.filter(case=case).exists()
    return scenario.co_written(world, case, "aalborg_writer") if has_parties else case


@contextmanager
def undone() -> Iterator[None]:
    """Take everything back afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("stage", [stage.value for stage in Stage])
def test_what_the_table_allows_succeeds(world: World, stage: str) -> None:
    case = beside(world, BUILD[stage](world))
    assert case.stage == stage
    for (code, at), roles in ALLOWED.items():
        for role in sorted(roles) if at == stage else []:
            with undone():
                viewer = world.viewer(account(role, stage))
                fresh = TransferCase.visible_to(viewer).get(pk=case.pk)
                ran = RUN[code](world, fresh, viewer)
                act = BY_CODE[code]
                assert ran.stage in ([act.target] if act.target else [stage, *act.may_lead_to]), (code, role)


@pytest.mark.parametrize("stage", [stage.value for stage in Stage])
def test_everything_else_is_refused(world: World, stage: str) -> None:
    case = beside(world, BUILD[stage](world))
    refused = 0
    for act in ACTS:
        for role in ROLES:
            if role in ALLOWED.get((act.code, stage), set()):
                continue
            refused += 1
            with pytest.raises(NotAllowed):
                rules.require(act, case, world.viewer(account(role, stage)))
    assert refused > 300


@pytest.mark.parametrize("stage", [stage.value for stage in Stage])
def test_strangers_neither_see_nor_act(world: World, stage: str) -> None:
    case = BUILD[stage](world)
    for role in STRANGERS:
        viewer = world.viewer(role)
        assert not TransferCase.visible_to(viewer).filter(pk=case.pk).exists()
        for act in ACTS:
            with pytest.raises(NotAllowed):
                rules.require(act, case, viewer)


@pytest.mark.parametrize("stage", [stage.value for stage in Stage])
def test_buttons_shown_are_acts_allowed(world: World, client: Client, stage: str) -> None:
    case = beside(world, BUILD[stage](world))
    for role in ROLES:
        user = world.users[account(role, stage)]
        viewer = world.viewer(account(role, stage))
        if not TransferCase.visible_to(viewer).filter(pk=case.pk).exists():
            continue
        client.force_login(user)
        response = client.get(case.get_absolute_url())
        context = response.context or {}  # of a draft elsewhere the secretariat sees number and title, and no buttons
        shown = {offer.act.page for offer in context.get("offers", [])}
        offered = {BY_CODE[code].page for (code, at), roles in ALLOWED.items() if at == stage and role in roles}
        assert shown <= offered, role


def test_a_stand_in_acts_only_where_the_contact_person_is_missing(world: World) -> None:
    case = scenario.submitted_case(world)
    secretariat = world.viewer("secretariat")
    with pytest.raises(NotAllowed):
        rules.require(BY_CODE["open_dialogue"], case, secretariat)
    world.users["contact"].memberships.update(valid_to="2020-01-02")
    world.users["deputy"].memberships.update(valid_to="2020-01-02")
    assert rules.require(BY_CODE["open_dialogue"], case, secretariat).function == "secretariat"
    with pytest.raises(NotAllowed):
        rules.require(BY_CODE["sign_off_mini_mtv"], case, secretariat)


def test_the_write_path_itself_refuses_what_the_rules_refuse(world: World) -> None:
    case = draft_case(world)
    with pytest.raises(NotAllowed), perform("withdraw", case=case, viewer=world.viewer("contact"), reason="x"):
        raise AssertionError("the body must not run")
