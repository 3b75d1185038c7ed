"""Where leader and contact are one person, it is one act, shown as both (who is who)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from contacts.enums import Function
from dialogue.basis.actions import submit_dialogue_basis
from dialogue.basis.queries import received_as
from notifications.models import Notice
from tests import scenario
from tests.world import World, draft_case, screened_case
from transfers import rooms
from transfers.actions import conclude_screening, do_plain
from transfers.actions.reminding import remind
from transfers.models import JournalEntry, Screening, TransferCase
from transfers.views.desk import todos_for

pytestmark = pytest.mark.django_db
ONE_ACT = "Lederen er også {} og har modtaget dialoggrundlaget ved at indsende det. Nu skal dialogen åbnes."


def hold_both(world: World, function: str = Function.CONTACT) -> None:
    """The leader is the hospital's contact person, or one of the deputies, too."""
    if function == Function.CONTACT:
        world.users["contact"].memberships.all().delete()
    world.person("leader", function, "hospital")


def sent(world: World) -> TransferCase:
    """The leader has sent the dialoggrundlag."""
    case = draft_case(world)
    scenario.fill_basis(world, case)
    submit_dialogue_basis(case=case, viewer=world.viewer("leader"))
    return case


def entry_of(case: TransferCase, kind: str = "submit_basis") -> JournalEntry:
    return JournalEntry.unscoped.filter(case=case, kind=kind).latest("number")


def asks(world: World, role: str) -> list[tuple[str, str]]:
    return [(todo.what, todo.button) for todo in todos_for(world.viewer(role))]


def page_of(world: World, client: Client, case: TransferCase, route: str) -> str:
    client.force_login(world.users["leader"])
    return client.get(reverse(route, args=[case.number])).content.decode()


@pytest.mark.parametrize(
    ("function", "word"), [(Function.CONTACT, "kontaktperson"), (Function.DEPUTY, "kontaktpersonens stedfortræder")]
)
def test_rule_02_where_leader_and_contact_are_one_person_it_is_one_act_shown_as_both(
    world: World, client: Client, function: str, word: str
) -> None:
    hold_both(world, function)
    case = sent(world)
    assert (case.stage, entry_of(case).facts["also_as"]) == ("submitted", function)
    assert entry_of(case).acted_for == f"Infektionsmedicin, som leder og {word}"
    assert rooms.waiting(case).text == ONE_ACT.format(word)
    assert f"som leder og {word}" in page_of(world, client, case, "transfers:history")
    assert not Notice.objects.filter(user=world.users["leader"]).exists()
    assert asks(world, "leader") == [("Åbn dialogen", "Åbn dialogen")]


def test_rule_02_the_page_after_sending_leads_straight_on_to_opening_the_dialogue(world: World, client: Client) -> None:
    hold_both(world)
    case = draft_case(world)
    scenario.fill_basis(world, case)
    assert "Du er både leder og kontaktperson" in page_of(world, client, case, "dialogue:submit")
    case.refresh_from_db()
    revision = client.get(reverse("dialogue:submit", args=[case.number])).context["form"]["revision"].value()
    told = {"seen": case.version, "revision": revision}
    page = client.post(reverse("dialogue:submit", args=[case.number]), told, follow=True).content.decode()
    assert "Dialoggrundlaget er indsendt og modtaget" in page
    opening = reverse("dialogue:open", args=[case.number])
    assert f'<a class="button button-primary" href="{opening}">Åbn dialogen</a>' in page
    assert "så dialoggrundlaget er allerede modtaget" in page_of(world, client, case, "dialogue:open")


def test_rule_02_the_other_people_who_may_open_the_dialogue_are_told_and_see_that_it_is_received(world: World) -> None:
    hold_both(world)
    sent(world)
    told = Notice.objects.filter(event="Indsendte dialoggrundlaget til kontaktpersonen")
    assert [notice.user.name for notice in told] == ["deputy"]
    assert asks(world, "deputy") == [("Åbn dialogen", "Åbn dialogen")]


def test_rule_02_the_deadline_stands_and_reminds_of_opening_the_dialogue(world: World) -> None:
    hold_both(world)
    case = sent(world)
    assert case.contact_deadline is not None
    remind(case.contact_deadline)
    events = set(Notice.objects.filter(event__startswith="Påmindelse").values_list("event", "user__name"))
    assert {(event.partition(" – ")[0], name) for event, name in events} == {
        ("Påmindelse: Åbn dialogen", "leader"), ("Påmindelse: Åbn dialogen", "deputy"),
    }  # fmt: skip


def test_rule_02_two_people_are_two_acts(world: World, client: Client) -> None:
    case = sent(world)
    assert (entry_of(case).facts["also_as"], received_as(case)) == (None, "")
    assert rooms.waiting(case).text == "Kontaktpersonen modtager dialoggrundlaget eller sender det tilbage."
    assert asks(world, "contact") == [("Modtag eller send tilbage", "Modtag")]
    assert "Dialoggrundlaget er sendt til kontaktpersonen" in page_of(world, client, case, "dialogue:receipt")


def test_rule_02_what_counts_is_who_sent_it_last(world: World) -> None:
    hold_both(world)
    case = sent(world)
    do_plain("return_to_leader", case=case, viewer=world.viewer("deputy"), seen=None, reason="Tallene mangler.")
    world.users["leader"].memberships.filter(function=Function.CONTACT).update(valid_to="2020-01-02")
    submit_dialogue_basis(case=case, viewer=world.viewer("leader"))
    assert received_as(case) == ""
    assert asks(world, "deputy") == [("Modtag eller send tilbage", "Modtag")]


@pytest.mark.parametrize(("function", "seen"), [(Function.CONTACT, True), (Function.DEPUTY, False)])
def test_rule_01_a_contact_person_who_sees_no_need_as_leader_has_seen_it(
    world: World, function: str, seen: bool
) -> None:
    hold_both(world, function)
    case = screened_case(world, needs_basis=False, not_needed_reason="Drøftet på et møde.")
    conclude_screening(case=case, viewer=world.viewer("leader"))
    assert (Screening.unscoped.get(case=case).noted_at is not None) == seen
    assert "som leder og" in entry_of(case, "close_screening").acted_for
    assert bool(asks(world, "deputy")) != seen
