"""Closing the dialogue, and who is waited for until then (rules 4 and 5)."""

import pytest
from django.test import Client
from django.urls import reverse

from core.errors import Incomplete, NotAllowed
from dialogue.responses import actions, todos
from tests.dialogue.said import (
    again,
    answer,
    dialogue_case,
    new_version,
    overdue,
    party,
    soon,
    submitted_case,
    without_contact,
)
from tests.world import World
from transfers import rooms, rules
from transfers.models import JournalEntry, TransferCase
from transfers.rules import offers_of
from transfers.views.desk import todos_for

pytestmark = pytest.mark.django_db


def close(case: TransferCase, world: World, role: str = "contact") -> TransferCase:
    return actions.close_dialogue(
        case=again(case), viewer=world.viewer(role), seen=None, capacity_id=None, reason=""
    )


def missing(name: str, case: TransferCase) -> list[str]:
    return rules.REQUIREMENTS[name](again(case))


def told(case: TransferCase, world: World, role: str) -> list[str]:
    return [todo.what for todo in todos_for(world.viewer(role)) if todo.number == case.number]


def test_the_dialogue_closes_when_all_have_answered(world: World) -> None:
    case = dialogue_case(world)
    answer(case, world, "aalborg")
    lacking = missing("dialogue_may_close", case)
    assert lacking == [f"Rebild Kommune har ikke svaret og har frist til den {soon():%d.%m.%Y}"]
    with pytest.raises(Incomplete) as refusal:
        close(case, world)
    assert refusal.value.missing == lacking
    answer(case, world, "rebild")
    close(case, world)
    assert again(case).dialogue_closed_at is not None
    assert again(case).stage == "dialogue"
    assert JournalEntry.unscoped.get(case=case, kind="close_dialogue").facts == {"answered": 2, "missing": 0, "late": 0}


def test_the_dialogue_closes_when_the_deadline_of_those_who_are_missing_is_past(world: World) -> None:
    case = dialogue_case(world)
    answer(case, world, "aalborg")
    overdue(case)
    close(case, world)
    assert JournalEntry.unscoped.get(case=case, kind="close_dialogue").facts == {"answered": 1, "missing": 1, "late": 1}


def test_one_deadline_that_is_still_open_keeps_the_dialogue_open(world: World) -> None:
    case = dialogue_case(world)
    overdue(case)
    actions.add_party(
        case=again(case), viewer=world.viewer("contact"), organisation=world.organisations["plo"], deadline=soon(0)
    )
    assert [item.split(" har")[0] for item in missing("dialogue_may_close", case)] == ["PLO Nordjylland"]


def test_a_closed_dialogue_is_not_closed_again_and_routing_waits_for_it(world: World) -> None:
    case = dialogue_case(world, "aalborg")
    assert missing("dialogue_closed", case) != []
    answer(case, world, "aalborg")
    close(case, world)
    assert missing("dialogue_closed", case) == []
    with pytest.raises(Incomplete):
        close(case, world)


@pytest.mark.parametrize("role", ["aalborg_contact", "leader", "secretariat"])
def test_only_the_initiators_contact_person_closes(world: World, role: str) -> None:
    case = dialogue_case(world, "aalborg")
    answer(case, world, "aalborg")
    with pytest.raises(NotAllowed):
        close(case, world, role)


def test_the_case_ends_when_every_party_says_it_is_not_affected(world: World) -> None:
    case = dialogue_case(world)
    answer(case, world, "aalborg", position="unaffected")
    assert missing("all_parties_unaffected", case) != []
    answer(case, world, "rebild", position="unaffected")
    actions.close_without_parties(
        case=case, viewer=world.viewer("contact"), seen=None, capacity_id=None, reason=""
    )
    assert (case.stage, case.result) == ("closed", "no_party_affected")
    entry = JournalEntry.unscoped.get(case=case, kind="close_without_parties")
    assert entry.facts == {"parties": 2}


def test_the_waiting_line_names_who_is_missing_and_the_nearest_deadline(world: World) -> None:
    case = dialogue_case(world, "aalborg", "rebild", "plo")
    answer(case, world, "aalborg")
    actions.extend_deadline(
        case=case, viewer=world.viewer("contact"), party_ids=[party(case, world, "plo").pk], deadline=soon(30),
        reason="Ferie",
    )  # fmt: skip
    waiting = rooms.waiting(again(case))
    assert waiting.text == "I dialog – venter på 2 af 3 parter: PLO Nordjylland og Rebild Kommune."
    assert waiting.due == soon()
    assert waiting.afterwards == "Når alle har svaret, vælger kontaktpersonen forum."


def test_the_waiting_line_names_four_at_most(world: World) -> None:
    more = [f"k{n}" for n in range(6)]
    for key in more:
        world.organisation(key, f"Kommune {key}", "municipality")
    case = dialogue_case(world, *more)
    assert rooms.waiting(again(case)).text.endswith("Kommune k0, Kommune k1, Kommune k2 og 3 andre.")


def test_the_waiting_line_follows_the_case(world: World) -> None:
    case = submitted_case(world)
    assert rooms.waiting(case).due == case.contact_deadline
    case = dialogue_case(world, "aalborg")
    answer(case, world, "aalborg")
    assert rooms.waiting(again(case)).text == "I dialog – Aalborg Kommune har svaret. Kontaktpersonen lukker dialogen."
    close(case, world)
    assert rooms.waiting(again(case)).text == "Dialogen er lukket. Kontaktpersonen vælger forum."


def test_a_party_is_asked_to_answer_by_its_deadline_and_then_no_more(world: World) -> None:
    case = dialogue_case(world)
    todo = next(t for t in todos_for(world.viewer("aalborg_contact")) if t.number == case.number)
    assert (todo.what, todo.due) == ("Afgiv partens svar", soon())
    assert todo.as_whom == "Kontaktperson, Aalborg Kommune"
    answer(case, world, "aalborg")
    assert told(case, world, "aalborg_contact") == []
    assert told(case, world, "aalborg_colleague") == []
    assert told(case, world, "rebild_contact") == ["Afgiv partens svar"]


def test_a_new_version_asks_those_who_have_answered_whether_it_still_holds(world: World) -> None:
    case = dialogue_case(world)
    answer(case, world, "aalborg")
    new_version(case, world)
    assert told(case, world, "aalborg_contact") == ["Version 2 – gælder svaret stadig?"]
    actions.reaffirm_response(
        case=case, viewer=world.viewer("aalborg_contact"), seen=None, capacity_id=None, reason=""
    )
    assert told(case, world, "aalborg_contact") == []


def test_the_initiators_contact_person_is_led_from_receiving_to_the_choice_of_forum(world: World) -> None:
    case = submitted_case(world)
    todo = next(t for t in todos_for(world.viewer("contact")) if t.number == case.number)
    assert (todo.what, todo.due) == ("Modtag eller send tilbage", case.contact_deadline)
    actions.open_dialogue(
        case=case, viewer=world.viewer("contact"), organisations=[world.organisations["aalborg"]], deadline=soon()
    )
    assert told(case, world, "contact") == []
    answer(case, world, "aalborg")
    assert told(case, world, "contact") == told(case, world, "deputy") == ["Luk dialogen"]
    close(case, world)
    assert told(case, world, "contact") == ["Vælg forum"]
    assert told(case, world, "aalborg_contact") == []


def test_a_past_deadline_asks_the_contact_person_to_close(world: World) -> None:
    case = dialogue_case(world)
    overdue(case)
    assert told(case, world, "contact") == ["Luk dialogen"]
    assert told(case, world, "aalborg_contact") == ["Afgiv partens svar"]


def test_the_secretariat_is_asked_only_where_the_contact_person_is_missing(world: World) -> None:
    case = submitted_case(world)
    assert told(case, world, "secretariat") == []
    without_contact(world, "hospital")
    assert told(case, world, "secretariat") == ["Modtag eller send tilbage"]
    assert told(case, world, "contact") == []


@pytest.mark.parametrize("count", [1, 4])
def test_todos_of_a_party_take_one_query_whatever_the_number_of_cases(
    world: World, django_assert_max_num_queries: object, count: int
) -> None:
    for _ in range(count):
        dialogue_case(world)
    viewer = world.viewer("aalborg_contact")
    with django_assert_max_num_queries(1):  # type: ignore[operator]
        assert len(todos.todos_for(viewer)) == count


def test_plain_acts_are_done_on_the_generic_page(world: World, client: Client) -> None:
    case = dialogue_case(world, "aalborg")
    answer(case, world, "aalborg")
    client.force_login(world.users["contact"])
    url = reverse("transfers:act", args=[case.number, "close_dialogue"])
    assert client.post(url, {"seen": again(case).version}).status_code == 302
    assert again(case).dialogue_closed_at is not None


def test_the_contact_person_sends_the_dialoggrundlag_back_with_a_reason(world: World, client: Client) -> None:
    case = submitted_case(world)
    client.force_login(world.users["contact"])
    url = reverse("transfers:act", args=[case.number, "return_to_leader"])
    assert client.post(url, {"seen": case.version, "reason": ""}).status_code == 200
    assert client.post(url, {"seen": case.version, "reason": "Antallet mangler"}).status_code == 302
    assert again(case).stage == "draft"


def test_offers_are_those_of_the_rules(world: World) -> None:
    case = again(dialogue_case(world, "aalborg"))
    for role in ("contact", "aalborg_contact", "leader", "psg_chair"):
        viewer = world.viewer(role)
        mine = offers_of(["respond", "comment", "add_party", "close_dialogue"], case, viewer)
        offered = {offer.act.code: offer.missing for offer in rules.offers(case, viewer)}
        assert {code: offer.missing for code, offer in mine.items()} == {
            code: lacking for code, lacking in offered.items() if code in mine
        }
        assert set(mine) == set(offered) & {"respond", "comment", "add_party", "close_dialogue"}
