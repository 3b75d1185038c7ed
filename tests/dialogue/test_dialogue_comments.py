"""Comments: threads for everybody in the case and internal ones (rule 4; access)."""

import pytest
from django.test import Client
from django.urls import reverse

from core.errors import DomainError, NotAllowed, TextRefused
from dialogue.models import Comment
from dialogue.responses.actions import write_comment
from dialogue.responses.queries import threads
from tests.dialogue.said import dialogue_case, submitted_case
from tests.world import World, draft_case
from transfers.models import JournalEntry, TransferCase

pytestmark = pytest.mark.django_db


def comment(case: TransferCase, world: World, role: str, text: str = "Hvem ringer vi til?", **said: object) -> Comment:
    said = {"audience": "all"} | said
    return write_comment(case=case, viewer=world.viewer(role), text=text, **said)  # type: ignore[arg-type]


def read_by(case: TransferCase, world: World, role: str) -> list[str]:
    return [c.text for c in Comment.visible_within(case, world.viewer(role))]


def test_a_comment_for_all_is_read_by_everybody_in_the_case(world: World) -> None:
    case = dialogue_case(world)
    written = comment(case, world, "aalborg_contact")
    for role in ("leader", "contact", "rebild_contact", "psg_member", "secretariat"):
        assert read_by(case, world, role) == ["Hvem ringer vi til?"]
    assert written.organisation == world.organisations["aalborg"]
    entry = JournalEntry.unscoped.get(case=case, kind="comment")
    assert (entry.facts, entry.only_for) == ({"comment": written.pk}, None)


def test_an_internal_comment_and_its_entry_exist_for_the_own_organisation_only(world: World) -> None:
    case = dialogue_case(world)
    comment(case, world, "aalborg_contact", "Kun os", audience="internal")
    assert read_by(case, world, "aalborg_colleague") == ["Kun os"]
    for role in ("leader", "contact", "rebild_contact", "psg_member", "psg_chair", "secretariat"):
        assert read_by(case, world, role) == []
        kinds = {e.kind for e in JournalEntry.visible_within(case, world.viewer(role))}
        assert "comment" not in kinds
    own = JournalEntry.visible_within(case, world.viewer("aalborg_colleague"))
    assert own.filter(kind="comment").count() == 1


def test_a_departments_internal_comment_is_shared_with_its_hospitals_contact_person(world: World) -> None:
    case = dialogue_case(world)
    comment(case, world, "leader", "Husk vagtlaget", audience="internal")
    assert read_by(case, world, "contact") == read_by(case, world, "colleague") == ["Husk vagtlaget"]
    assert read_by(case, world, "aalborg_contact") == []


def test_an_answer_has_its_threads_readers_and_stands_under_the_first_comment(world: World) -> None:
    case = dialogue_case(world)
    first = comment(case, world, "aalborg_contact", "Kun os", audience="internal")
    reply = comment(case, world, "aalborg_deputy", "Enig", audience="all", reply_to=first.pk)
    third = comment(case, world, "aalborg_contact", "Godt", audience="all", reply_to=reply.pk)
    assert {reply.audience, third.audience} == {"internal"}
    assert third.parent == first
    found = threads(case, world.viewer("aalborg_colleague"))
    assert [(t.first.text, [r.text for r in t.replies]) for t in found] == [("Kun os", ["Enig", "Godt"])]


def test_nobody_answers_in_a_thread_they_cannot_read(world: World) -> None:
    case, other = dialogue_case(world), dialogue_case(world)
    hidden = comment(case, world, "aalborg_contact", "Kun os", audience="internal")
    elsewhere = comment(other, world, "aalborg_contact")
    for target in (hidden, elsewhere):
        with pytest.raises(DomainError, match="findes ikke"):
            comment(case, world, "rebild_contact", "Nysgerrig", reply_to=target.pk)
    assert Comment.unscoped.count() == 2


def test_an_internal_thread_is_answered_on_behalf_of_its_own_organisation_only(world: World) -> None:
    world.person("aalborg_contact", "contact", "other_hospital")
    case = dialogue_case(world, "aalborg", "other_hospital")
    first = comment(case, world, "aalborg_deputy", "Kun os", audience="internal")
    hospital = world.users["aalborg_contact"].memberships.get(organisation=world.organisations["other_hospital"])
    with pytest.raises(DomainError, match="intern tråd"):
        comment(case, world, "aalborg_contact", "Fra sygehuset", reply_to=first.pk, capacity_id=hospital.pk)


@pytest.mark.parametrize("role", ["psg_member", "psg_chair", "secretariat", "thisted_contact", "other_leader"])
def test_only_those_who_take_part_comment(world: World, role: str) -> None:
    case = dialogue_case(world)
    with pytest.raises(NotAllowed):
        comment(case, world, role)


def test_a_partys_colleague_comments_on_its_behalf(world: World) -> None:
    case = dialogue_case(world)
    assert comment(case, world, "aalborg_colleague").organisation == world.organisations["aalborg"]


def test_a_draft_takes_no_comments_and_a_submitted_case_does(world: World) -> None:
    with pytest.raises(NotAllowed):
        comment(draft_case(world), world, "leader")
    assert comment(submitted_case(world), world, "leader").pk


def test_an_empty_comment_and_a_cpr_number_are_refused(world: World) -> None:
    case = dialogue_case(world)
    with pytest.raises(DomainError, match="Skriv en kommentar"):
        comment(case, world, "leader", "   ")
    with pytest.raises(TextRefused):
        comment(case, world, "leader", "Patienten 010190-1234")
    assert not Comment.unscoped.exists()


def test_the_page_takes_a_comment_shows_who_reads_it_and_escapes_it(world: World, client: Client) -> None:
    case = dialogue_case(world)
    url = reverse("dialogue:parties", args=[case.number])
    client.force_login(world.users["aalborg_contact"])
    client.post(url, {"text": "<b>Fed</b>", "audience": "all"})
    client.post(url, {"text": "Kun os", "audience": "internal"})
    page = client.get(url).content.decode()
    assert "&lt;b&gt;Fed&lt;/b&gt;" in page
    assert "Kan læses af alle i sagen" in page
    assert "Kan kun læses af Aalborg Kommune" in page
    client.force_login(world.users["rebild_contact"])
    assert "Kun os" not in client.get(url).content.decode()


def test_the_page_answers_in_a_thread(world: World, client: Client) -> None:
    case = dialogue_case(world)
    first = comment(case, world, "aalborg_contact")
    url = reverse("dialogue:parties", args=[case.number])
    client.force_login(world.users["leader"])
    form = client.get(url, {"svar": first.pk}).context["form"]
    assert (form["reply_to"].value(), "audience" in form.fields) == (first.pk, False)
    assert client.post(url, {"text": "Vagthavende", "reply_to": first.pk}).status_code == 302
    assert Comment.unscoped.get(parent=first).text == "Vagthavende"


@pytest.mark.parametrize("typed", ["Patienten 010190-1234 ringede", ""])
def test_a_refused_comment_stays_on_the_page(world: World, client: Client, typed: str) -> None:
    case = dialogue_case(world)
    client.force_login(world.users["leader"])
    response = client.post(reverse("dialogue:parties", args=[case.number]), {"text": typed, "audience": "internal"})
    assert response.status_code == 200
    assert "Der er problemer" in response.content.decode()
    form = response.context["form"]
    assert (form["text"].value(), form["audience"].value()) == (typed, "internal")
    assert not Comment.unscoped.exists()
