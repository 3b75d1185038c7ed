"""The choice of forum: the recommendation, the forums to choose from, the reasons, and the way back (rules 6 and 7)."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils.timezone import localdate

from contacts.enums import ForumLevel, OrganisationKind
from contacts.models import Forum
from core.errors import DomainError, Incomplete, NotAllowed, Stale
from core.models import Parameter
from portfolio.routing.actions import route
from portfolio.routing.rules import gate, local_forums, recommendation
from tests import scenario
from tests.world import START, World
from transfers.models import JournalEntry, Placement, TransferCase

pytestmark = pytest.mark.django_db


def threshold(key: str, value: int) -> None:
    Parameter.objects.create(key=key, value=Decimal(value), valid_from=START)


def broad() -> None:
    """Lower the thresholds so that three of the five criteria point to the Porteføljestyregruppe."""
    threshold("routing.municipalities", 2)
    threshold("routing.patients_per_year", 10)
    threshold("routing.economic_effect", 10)


def fresh(case: TransferCase) -> TransferCase:
    rows = TransferCase.unscoped.select_related("initiator", "returned_by", "current_forum")
    return rows.get(pk=case.pk)


def last(case: TransferCase) -> JournalEntry:
    entry = JournalEntry.unscoped.filter(case=case).order_by("-number").select_related("note").first()
    assert entry is not None
    return entry


def choose(world: World, case: TransferCase, code: str, **chosen: Any) -> TransferCase:
    return route(case=case, viewer=world.viewer("contact"), code=code, **chosen)


def ready_case(world: World) -> TransferCase:
    case = scenario.closed_dialogue_case(world)
    scenario.fill_mini_mtv(world, case)
    return fresh(case)


def test_a_small_local_case_is_recommended_for_the_samarbejdsforum(world: World) -> None:
    advice = recommendation(fresh(scenario.closed_dialogue_case(world)))
    assert (advice.level, advice.pointing, len(advice.criteria)) == (ForumLevel.LOCAL, 0, 5)


def test_rule_06_more_than_half_of_the_criteria_make_it_the_portfolio(world: World) -> None:
    case = fresh(scenario.closed_dialogue_case(world))
    threshold("routing.municipalities", 2)
    threshold("routing.patients_per_year", 10)
    assert recommendation(case).level == ForumLevel.LOCAL
    threshold("routing.economic_effect", 10)
    assert recommendation(case).level == ForumLevel.PORTFOLIO


def test_a_threshold_that_has_ended_no_longer_counts(world: World) -> None:
    broad()
    Parameter.objects.update(valid_to=START)
    assert recommendation(fresh(scenario.closed_dialogue_case(world))).level == ForumLevel.LOCAL


def test_following_the_recommendation_takes_no_reason_and_is_recorded(world: World) -> None:
    case = choose(world, scenario.closed_dialogue_case(world), "route_to_local_forum")
    local = world.forums["local"]
    assert (case.stage, case.current_forum_id) == ("local_forum", local.pk)
    assert last(case).facts == {"forum": local.pk, "recommended": "local", "followed": True}


def test_rule_06_a_choice_against_the_recommendation_needs_a_reason(world: World) -> None:
    case = ready_case(world)
    with pytest.raises(DomainError, match="Skriv en begrundelse"):
        choose(world, case, "route_to_portfolio")
    assert fresh(case).stage == "dialogue"
    choose(world, case, "route_to_portfolio", reason="Parterne er uenige.")
    assert last(case).facts == {"forum": world.forums["psg"].pk, "recommended": "local", "followed": False}
    assert last(case).note.text == "Parterne er uenige."


def test_the_portfolio_takes_no_case_without_a_signed_off_mini_mtv(world: World) -> None:
    case = scenario.closed_dialogue_case(world)
    with pytest.raises(Incomplete) as refusal:
        choose(world, case, "route_to_portfolio", reason="Bred.")
    assert any("Mini-MTV" in item for item in refusal.value.missing)
    assert not Placement.unscoped.filter(case=case).exists()


def test_no_forum_is_chosen_before_the_dialogue_is_closed(world: World) -> None:
    with pytest.raises(Incomplete) as refusal:
        choose(world, scenario.answered_case(world), "route_to_local_forum")
    assert "Dialogen skal lukkes først" in refusal.value.missing


def test_the_case_can_wait_for_its_mini_mtv(world: World) -> None:
    case = choose(world, scenario.closed_dialogue_case(world), "await_mini_mtv")
    assert (case.stage, last(case).facts) == ("mini_mtv", {"recommended": "local"})


def test_rule_06_only_the_contact_person_chooses(world: World) -> None:
    case = scenario.closed_dialogue_case(world)
    with pytest.raises(NotAllowed):
        route(case=case, viewer=world.viewer("leader"), code="route_to_local_forum")


def test_a_page_that_is_out_of_date_is_refused(world: World) -> None:
    case = scenario.closed_dialogue_case(world)
    with pytest.raises(Stale):
        choose(world, case, "route_to_local_forum", seen=case.version - 1)


def test_a_hospital_has_only_its_own_samarbejdsforum(world: World) -> None:
    other = world.forum("north", "Samarbejdsforum Nord", ForumLevel.LOCAL, world.organisations["other_hospital"])
    case = scenario.closed_dialogue_case(world)
    assert local_forums(fresh(case)) == [world.forums["local"]]
    with pytest.raises(DomainError, match="kan ikke behandle sagen"):
        choose(world, case, "route_to_local_forum", forum=other)


def municipal_case(world: World) -> TransferCase:
    """A case of Rebild Kommune, whose patients live in Rebild, told apart from the hospital's cases."""
    world.forum("north", "Samarbejdsforum Nord", ForumLevel.LOCAL, world.organisations["other_hospital"])
    return TransferCase.unscoped.create(
        number="OF-2026-9001", title="Genoptræning", change_kind="transfer", what_changes="Mere i kommunen",
        initiator=world.organisations["rebild"], created_by=world.users["rebild_contact"],
    )  # fmt: skip


def test_others_choose_among_all_with_the_hospital_of_most_patients_first(world: World) -> None:
    case = municipal_case(world)
    assert local_forums(case) == [world.forums["local"], world.forums["north"]]


def test_a_hospital_that_takes_part_comes_before_one_with_more_patients(world: World) -> None:
    case = municipal_case(world)
    case.parties.create(
        organisation=world.organisations["other_hospital"], deadline=localdate(), added_by=world.users["contact"]
    )
    assert local_forums(case) == [world.forums["north"], world.forums["local"]]


def test_of_two_alike_the_smaller_hospital_is_nearer(world: World) -> None:
    case = municipal_case(world)
    world.organisations["other_hospital"].catchment.add(world.organisations["rebild"])
    assert local_forums(case)[0] == world.forums["north"]


def test_a_forum_that_is_not_in_force_yet_cannot_be_chosen(world: World) -> None:
    Forum.objects.filter(pk=world.forums["local"].pk).update(valid_from=localdate() + timedelta(days=1))
    case = scenario.closed_dialogue_case(world)
    with pytest.raises(DomainError, match="ikke noget samarbejdsforum i kraft"):
        choose(world, case, "route_to_local_forum")


def returned_case(world: World, forum: str, code: str) -> TransferCase:
    """A case that a forum has sent back to the dialogue, which is closed again."""
    case = scenario.local_forum_case(world) if forum == "local" else scenario.portfolio_case(world)
    scenario.decide(world, case, code, forum)
    TransferCase.unscoped.filter(pk=case.pk).update(dialogue_closed_at=case.stage_since)
    return fresh(case)


@pytest.mark.parametrize(
    ("forum", "other", "back"),
    [("local", "route_to_portfolio", "route_to_local_forum"), ("psg", "route_to_local_forum", "route_to_portfolio")],
)
def test_a_returned_case_goes_back_to_the_forum_that_returned_it(
    world: World, forum: str, other: str, back: str
) -> None:
    case = returned_case(world, forum, "return_to_dialogue")
    with pytest.raises(DomainError, match="tilbage til samme forum"):
        choose(world, case, other, reason="Et andet forum.")
    choose(world, case, back)
    assert (case.current_forum_id, case.returned_by_id) == (world.forums[forum].pk, None)
    assert last(case).facts["followed"] is True


def test_a_returned_case_goes_to_the_forum_that_took_over(world: World) -> None:
    case = returned_case(world, "psg", "return_to_dialogue")
    heir = world.forum("cluster", "Sundhedsråd Nord", ForumLevel.PORTFOLIO)
    Forum.objects.filter(pk=world.forums["psg"].pk).update(valid_to=START, successor=heir)
    choose(world, fresh(case), "route_to_portfolio")
    assert fresh(case).current_forum == heir


def test_the_gate_names_what_the_portfolio_lacks(world: World) -> None:
    case = fresh(scenario.closed_dialogue_case(world))
    assert [bool(item.missing) for item in gate(case)] == [False, False, True]
    scenario.fill_mini_mtv(world, case)
    assert not any(item.missing for item in gate(fresh(case)))


def test_psychiatry_counts_as_a_hospital_with_a_forum_of_its_own(world: World) -> None:
    psychiatry = world.organisation("psychiatry", "Psykiatrien", OrganisationKind.PSYCHIATRY)
    own = world.forum("psychiatric", "Samarbejdsforum Psykiatri", ForumLevel.LOCAL, psychiatry)
    case = municipal_case(world)
    case.initiator = psychiatry
    assert local_forums(case) == [own]
