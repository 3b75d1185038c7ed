"""Opening the dialogue, adding parties and extending deadlines (rule 4)."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from core.errors import DomainError, NotAllowed, Stale
from core.workdays import add_working_days
from dialogue.responses import actions
from dialogue.responses.queries import default_deadline, preselected, standing
from notifications.models import Notice
from tests.dialogue.said import again, answer, dialogue_case, party, soon, submitted_case, without_contact
from tests.world import World, draft_case
from transfers import access
from transfers.models import JournalEntry, Party, TransferCase

pytestmark = pytest.mark.django_db


def facts(case: TransferCase, kind: str) -> dict[str, object]:
    found = JournalEntry.unscoped.filter(case=case, kind=kind).order_by("number").last()
    assert found is not None
    return dict(found.facts)


def test_opening_asks_the_confirmed_parties_and_lets_them_see_the_case(world: World) -> None:
    case = dialogue_case(world, "aalborg", "plo")
    assert case.stage == "dialogue"
    assert {p.organisation.name for p in Party.unscoped.filter(case=case)} == {"Aalborg Kommune", "PLO Nordjylland"}
    assert TransferCase.visible_to(world.viewer("plo_contact")).filter(pk=case.pk).exists()
    assert not TransferCase.visible_to(world.viewer("rebild_contact")).filter(pk=case.pk).exists()
    assert access.drift() == {"missing": set(), "unfounded": set()}
    assert facts(case, "open_dialogue") == {"parties": 2}


def test_the_parties_and_the_leader_are_told_when_the_dialogue_opens(world: World) -> None:
    case = dialogue_case(world, "aalborg")
    entry = JournalEntry.unscoped.get(case=case, kind="open_dialogue")
    notices = Notice.objects.filter(key__startswith=f"{case.number}:{entry.number}:")
    told = set(notices.values_list("user__name", flat=True))
    assert told == {"aalborg_contact", "aalborg_deputy", "leader"}
    assert not Notice.objects.filter(user=world.users["rebild_contact"], subject__contains=case.number).exists()


def test_the_default_deadline_counts_working_days(world: World) -> None:
    assert default_deadline() == add_working_days(localdate(), 15)


@pytest.mark.parametrize("keys", [[], ["hospital"], ["department"]])
def test_the_dialogue_cannot_open_without_parties_or_with_one_that_cannot_be_a_party(
    world: World, keys: list[str]
) -> None:
    case = submitted_case(world)
    asked = [world.organisations[key] for key in keys]
    with pytest.raises(DomainError):
        actions.open_dialogue(case=case, viewer=world.viewer("contact"), organisations=asked, deadline=soon())
    assert again(case).stage == "submitted"
    assert not Party.unscoped.filter(case=case).exists()


def test_a_deadline_in_the_past_is_refused(world: World) -> None:
    case, asked = submitted_case(world), [world.organisations["aalborg"]]
    with pytest.raises(DomainError, match="tilbage i tiden"):
        actions.open_dialogue(case=case, viewer=world.viewer("contact"), organisations=asked, deadline=soon(-1))


@pytest.mark.parametrize("role", ["leader", "aalborg_contact", "secretariat", "psg_chair"])
def test_only_the_initiators_contact_person_opens_the_dialogue(world: World, role: str) -> None:
    case, asked = submitted_case(world), [world.organisations["aalborg"]]
    with pytest.raises(NotAllowed):
        actions.open_dialogue(case=case, viewer=world.viewer(role), organisations=asked, deadline=soon())


def test_the_secretariat_opens_where_the_initiator_has_no_contact_person(world: World) -> None:
    case, asked = submitted_case(world), [world.organisations["aalborg"]]
    without_contact(world, "hospital")
    actions.open_dialogue(case=case, viewer=world.viewer("secretariat"), organisations=asked, deadline=soon())
    assert again(case).stage == "dialogue"


def test_a_draft_cannot_go_straight_to_dialogue(world: World) -> None:
    case, asked = draft_case(world), [world.organisations["aalborg"]]
    with pytest.raises(NotAllowed):
        actions.open_dialogue(case=case, viewer=world.viewer("contact"), organisations=asked, deadline=soon())


def test_two_people_opening_at_once_make_one_dialogue(world: World) -> None:
    case, asked, seen = submitted_case(world), [world.organisations["aalborg"]], 0
    seen = case.version
    actions.open_dialogue(case=case, viewer=world.viewer("contact"), organisations=asked, deadline=soon(), seen=seen)
    with pytest.raises((NotAllowed, Stale)):
        actions.open_dialogue(
            case=again(case), viewer=world.viewer("deputy"), organisations=asked, deadline=soon(), seen=seen
        )
    assert Party.unscoped.filter(case=case).count() == 1


def test_parties_of_an_earlier_round_stay_parties_and_get_the_new_deadline(world: World) -> None:
    case = dialogue_case(world, "aalborg")
    TransferCase.unscoped.filter(pk=case.pk).update(stage="submitted")
    case = again(case)
    assert preselected(case) >= {world.organisations["aalborg"].pk}
    asked = [world.organisations["rebild"]]
    actions.open_dialogue(case=case, viewer=world.viewer("contact"), organisations=asked, deadline=soon(40))
    assert {p.deadline for p in Party.unscoped.filter(case=case)} == {soon(40)}
    assert facts(case, "open_dialogue") == {"parties": 2}


def test_a_party_added_late_gets_its_own_deadline_and_sees_the_case(world: World) -> None:
    case = dialogue_case(world, "aalborg")
    rebild = world.organisations["rebild"]
    late = actions.add_party(case=case, viewer=world.viewer("contact"), organisation=rebild, deadline=soon(30))
    assert (party(case, world, "aalborg").deadline, late.deadline) == (soon(), soon(30))
    assert TransferCase.visible_to(world.viewer("rebild_contact")).filter(pk=case.pk).exists()
    assert facts(case, "add_party") == {"party": late.pk}
    assert access.drift()["missing"] == set()


def test_a_party_added_after_closing_opens_the_dialogue_again(world: World) -> None:
    case = dialogue_case(world, "aalborg")
    answer(case, world, "aalborg")
    contact = world.viewer("contact")
    actions.close_dialogue(case=case, viewer=contact, seen=None, capacity_id=None, reason="")
    assert again(case).dialogue_closed_at is not None
    rebild = world.organisations["rebild"]
    actions.add_party(case=case, viewer=world.viewer("contact"), organisation=rebild, deadline=soon())
    assert again(case).dialogue_closed_at is None
    assert standing(again(case)).progress == "1/2"


def test_nobody_becomes_a_party_twice(world: World) -> None:
    case = dialogue_case(world, "aalborg")
    again_aalborg = world.organisations["aalborg"]
    with pytest.raises(DomainError, match="allerede part"):
        actions.add_party(case=case, viewer=world.viewer("contact"), organisation=again_aalborg, deadline=soon())


def test_a_deadline_is_extended_for_some_with_a_reason_that_is_kept(world: World) -> None:
    case = dialogue_case(world, "aalborg", "rebild")
    chosen = [party(case, world, "rebild").pk]
    actions.extend_deadline(
        case=case, viewer=world.viewer("contact"), party_ids=chosen, deadline=soon(21), reason="Ferie"
    )
    assert [party(case, world, key).deadline for key in ("aalborg", "rebild")] == [soon(), soon(21)]
    entry = JournalEntry.unscoped.get(case=case, kind="extend_deadline")
    assert (entry.facts, entry.note.text) == ({"parties": 1}, "Ferie")


@pytest.mark.parametrize(("days", "reason"), [(14, "Ferie"), (7, "Ferie"), (21, "  ")])
def test_a_deadline_is_only_made_later_and_never_without_a_reason(world: World, days: int, reason: str) -> None:
    case = dialogue_case(world, "aalborg")
    with pytest.raises(DomainError):
        actions.extend_deadline(
            case=case, viewer=world.viewer("contact"), party_ids=[party(case, world, "aalborg").pk],
            deadline=soon(days), reason=reason,
        )  # fmt: skip
    assert party(case, world, "aalborg").deadline == soon()


def test_parties_of_another_case_are_not_extended(world: World) -> None:
    case, other = dialogue_case(world, "aalborg"), dialogue_case(world, "rebild")
    with pytest.raises(DomainError, match="mindst én part"):
        actions.extend_deadline(
            case=case, viewer=world.viewer("contact"), party_ids=[party(other, world, "rebild").pk],
            deadline=soon(30), reason="Ferie",
        )  # fmt: skip
    assert party(other, world, "rebild").deadline == soon()


def test_the_page_preselects_the_proposed_parties_and_warns_of_those_nobody_can_answer_for(
    world: World, client: Client
) -> None:
    case = submitted_case(world, whole=True)
    without_contact(world, "thisted")
    client.force_login(world.users["contact"])
    response = client.get(reverse("dialogue:open", args=[case.number]))
    form = response.context["form"]
    proposed = {world.organisations[key].pk for key in ("aalborg", "rebild", "plo")}
    assert set(form.fields["parties"].initial) == proposed
    page = response.content.decode()
    assert "Disse organisationer har ingen kontaktperson lige nu" in page
    assert world.organisations["thisted"].pk in form.fields["parties"].widget.hints
    assert world.organisations["aalborg"].pk not in form.fields["parties"].widget.hints
    names = [name for _, group in form.fields["parties"].choices for _, name in group]
    assert "Aalborg Universitetshospital" not in names


def test_the_page_opens_the_dialogue_and_keeps_what_was_chosen_when_it_cannot(world: World, client: Client) -> None:
    case = submitted_case(world)
    client.force_login(world.users["contact"])
    url = reverse("dialogue:open", args=[case.number])
    aalborg = world.organisations["aalborg"].pk
    late = client.post(url, {"seen": case.version, "parties": [aalborg], "deadline": "01.01.2020"})
    assert late.status_code == 200
    assert "Fristen ligger tilbage i tiden" in late.content.decode()
    assert late.context["form"]["parties"].value() == [str(aalborg)]
    done = client.post(url, {"seen": case.version, "parties": [aalborg], "deadline": f"{soon():%d.%m.%Y}"})
    assert done.status_code == 302
    assert again(case).stage == "dialogue"


def test_a_party_is_added_and_a_deadline_extended_on_their_pages(world: World, client: Client) -> None:
    case = dialogue_case(world, "aalborg")
    client.force_login(world.users["contact"])
    url = reverse("dialogue:add_party", args=[case.number])
    assert world.organisations["aalborg"].pk not in dict(flat(client.get(url).context["form"]))
    rebild = world.organisations["rebild"].pk
    client.post(url, {"seen": case.version, "organisation": rebild, "deadline": f"{soon(30):%d-%m-%Y}"})
    added = party(case, world, "rebild")
    url = reverse("dialogue:extend", args=[case.number])
    assert client.get(url, {"part": added.pk}).context["form"].fields["parties"].initial == [added.pk]
    said = {"seen": again(case).version, "parties": [added.pk], "deadline": f"{soon(40):%d.%m.%Y}"}
    assert "Skriv en begrundelse" in client.post(url, said).content.decode()
    assert client.post(url, said | {"reason": "Sommerferie"}).status_code == 302
    assert party(case, world, "rebild").deadline == soon(40)


def flat(form: object) -> list[tuple[int, str]]:
    groups = form.fields["organisation"].choices  # type: ignore[attr-defined]
    return [choice for _, group in groups if isinstance(group, list) for choice in group]


@pytest.mark.parametrize("route", ["open", "add_party", "extend", "respond"])
def test_strangers_get_the_same_404_and_others_a_refusal(world: World, client: Client, route: str) -> None:
    case = submitted_case(world) if route == "open" else dialogue_case(world, "aalborg")
    client.force_login(world.users["thisted_contact"])
    assert client.get(reverse(f"dialogue:{route}", args=[case.number])).status_code == 404
    assert client.get(reverse(f"dialogue:{route}", args=["OF-1999-0001"])).status_code == 404
    client.force_login(world.users["colleague"])
    assert client.get(reverse(f"dialogue:{route}", args=[case.number])).status_code == 403
