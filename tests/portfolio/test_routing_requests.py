"""Any party may ask for the Porteføljestyregruppe; a choice against it takes a reason (rule 6)."""

import pytest
from django.db import IntegrityError, transaction

from core.errors import DomainError, NotAllowed
from portfolio.models import ForumRequest
from portfolio.routing.actions import request_portfolio, route
from portfolio.routing.rules import recommendation
from tests import scenario
from tests.world import World
from transfers.models import JournalEntry, TransferCase

pytestmark = pytest.mark.django_db


def fresh(case: TransferCase) -> TransferCase:
    return TransferCase.unscoped.select_related("initiator", "returned_by").get(pk=case.pk)


def asked(world: World, case: TransferCase, key: str = "rebild") -> ForumRequest:
    """A request that is already made."""
    return ForumRequest.unscoped.create(
        case=case, organisation=world.organisations[key], reason="Vi er uenige.",
        requested_by=world.users[f"{key}_contact"],
    )  # fmt: skip


def ask(world: World, case: TransferCase, role: str) -> TransferCase:
    return request_portfolio(
        case=case, viewer=world.viewer(role), seen=None, capacity_id=None, reason="Betalingen er ikke afklaret."
    )


def test_rule_06_a_request_does_not_change_the_recommendation_but_must_be_answered(world: World) -> None:
    case = scenario.closed_dialogue_case(world)
    asked(world, case)
    advice = recommendation(fresh(case))
    assert (advice.level, advice.requests) == ("local", ("Rebild Kommune",))
    with pytest.raises(DomainError, match="en parts ønske"):
        route(case=case, viewer=world.viewer("contact"), code="route_to_local_forum")
    route(case=case, viewer=world.viewer("contact"), code="route_to_local_forum", reason="Drøftet med Rebild.")
    entry = JournalEntry.unscoped.filter(case=case).order_by("-number")[0]
    assert entry.facts["followed"] is False


def test_a_request_is_kept_as_it_was_made(world: World) -> None:
    case = scenario.closed_dialogue_case(world)
    row = ForumRequest.unscoped.filter(pk=asked(world, case).pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(reason="Noget andet.")
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()


def test_a_partys_contact_person_asks_for_the_portfolio(world: World) -> None:
    case = scenario.answered_case(world)
    ask(world, case, "rebild_contact")
    made = ForumRequest.visible_within(case, world.viewer("contact")).get()
    assert (made.organisation, made.reason) == (world.organisations["rebild"], "Betalingen er ikke afklaret.")
    entry = JournalEntry.unscoped.filter(case=case).order_by("-number")[0]
    assert (entry.kind, entry.facts) == ("request_portfolio", {"organisation": made.organisation_id})
    assert case.stage == "dialogue"


def test_a_party_asks_once(world: World) -> None:
    case = scenario.answered_case(world)
    ask(world, case, "rebild_contact")
    with pytest.raises(DomainError, match="har allerede bedt om"):
        ask(world, case, "rebild_contact")
    assert ForumRequest.unscoped.filter(case=case).count() == 1


@pytest.mark.parametrize("role", ["contact", "leader", "thisted_contact", "aalborg_colleague", "secretariat"])
def test_only_parties_ask(world: World, role: str) -> None:
    case = scenario.answered_case(world)
    with pytest.raises(NotAllowed):
        ask(world, case, role)
