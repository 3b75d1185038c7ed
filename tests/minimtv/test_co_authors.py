"""Co-authors: a named person at an affected party reads and writes the mini-MTV's draft, and nobody else there does."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from contacts.models import Membership
from core.errors import DomainError, NotAllowed
from minimtv.actions import save_answers, sign_off
from minimtv.co_authors.actions import add_co_author, remove_co_author
from minimtv.document import Given
from minimtv.models import CoAuthor, MiniMTV, MiniMTVAnswer
from notifications.models import Notice
from tests.minimtv.casework import answer, dialogue_case, fill_in, submitted_case
from tests.world import World
from transfers import access
from transfers.models import JournalEntry, TransferCase
from transfers.views.desk import todos_for

pytestmark = pytest.mark.django_db


def function_of(world: World, role: str) -> Membership:
    return world.users[role].memberships.get()


def named(world: World, case: TransferCase, role: str = "aalborg_colleague", by: str = "leader") -> CoAuthor:
    return add_co_author(case=case, viewer=world.viewer(by), member=function_of(world, role))


def reads(world: World, case: TransferCase, role: str) -> bool:
    """Whether a role reads the draft, answers and all, in a case that is read anew."""
    fresh = TransferCase.visible_to(world.viewer(role)).get(pk=case.pk)
    found = MiniMTV.visible_within(fresh, world.viewer(role)).exists()
    assert MiniMTVAnswer.visible_within(fresh, world.viewer(role)).exists() == found
    return found


def at_page(world: World, role: str, client: Client, case: TransferCase, route: str = "overview") -> str:
    client.force_login(world.users[role])
    return client.get(reverse(f"minimtv:{route}", args=[case.number]), follow=True).content.decode()


@pytest.mark.parametrize("by", ["leader", "contact", "deputy"])
def test_a_named_person_reads_and_writes_the_draft_and_nobody_else_at_the_party(world: World, by: str) -> None:
    case = dialogue_case(world)
    fill_in(world, case)
    row = named(world, case, by=by)
    assert (row.user, row.organisation.name) == (world.users["aalborg_colleague"], "Aalborg Kommune")
    assert reads(world, case, "aalborg_colleague")
    answer(world, case, "q12", "Kommunen har to sygeplejersker", role="aalborg_colleague")
    for role in ("aalborg_contact", "aalborg_signatory", "rebild_contact", "psg_chair"):
        assert not reads(world, case, role)
        with pytest.raises(NotAllowed):
            answer(world, case, "q1", "Vi skriver med", role=role)


def test_a_co_author_does_not_sign_off_and_names_nobody(world: World) -> None:
    case = dialogue_case(world)
    fill_in(world, case)
    row = named(world, case)
    viewer = world.viewer("aalborg_colleague")
    with pytest.raises(NotAllowed):
        sign_off(case=case, viewer=viewer)
    with pytest.raises(NotAllowed):
        add_co_author(case=case, viewer=viewer, member=function_of(world, "rebild_contact"))
    with pytest.raises(NotAllowed):
        remove_co_author(case=case, viewer=viewer, key=str(row.pk))


@pytest.mark.parametrize("role", ["thisted_contact", "colleague", "secretariat", "local_member", "auditor"])
def test_only_people_at_an_affected_party_can_be_named_so_that_nobody_sees_more_cases(world: World, role: str) -> None:
    case = dialogue_case(world)
    before = {key for key in world.users if TransferCase.visible_to(world.viewer(key)).exists()}
    with pytest.raises(DomainError, match="kan ikke vælges"):
        named(world, case, role)
    named(world, case)
    assert {key for key in world.users if TransferCase.visible_to(world.viewer(key)).exists()} == before
    assert not any(access.drift().values())


def test_nobody_can_be_named_before_the_parties_see_the_case(world: World) -> None:
    with pytest.raises(NotAllowed):
        named(world, submitted_case(world))


@pytest.mark.parametrize("role", ["colleague", "aalborg_contact", "secretariat", "psg_chair"])
def test_only_who_may_write_at_home_names_somebody(world: World, role: str) -> None:
    with pytest.raises(NotAllowed):
        named(world, dialogue_case(world), by=role)


def test_a_person_is_named_once(world: World) -> None:
    case = dialogue_case(world)
    row = named(world, case)
    with pytest.raises(DomainError, match="skriver allerede med"):
        named(world, case, by="contact")
    with pytest.raises(IntegrityError), transaction.atomic():
        CoAuthor.unscoped.create(case=case, user=row.user, organisation=row.organisation, named_by=row.named_by)


def test_the_draft_closes_when_it_is_taken_back_and_what_was_written_stays(world: World) -> None:
    case = dialogue_case(world)
    row = named(world, case)
    answer(world, case, "q12", "To sygeplejersker", role="aalborg_colleague")
    remove_co_author(case=case, viewer=world.viewer("contact"), key=str(row.pk))
    assert not reads(world, case, "aalborg_colleague")
    with pytest.raises(NotAllowed):
        answer(world, case, "q12", "Tre sygeplejersker", role="aalborg_colleague")
    assert MiniMTVAnswer.unscoped.get(document__case=case, question_key="q12").text == "To sygeplejersker"
    with pytest.raises(DomainError):
        remove_co_author(case=case, viewer=world.viewer("contact"), key=str(row.pk))
    assert named(world, case).pk != row.pk
    assert reads(world, case, "aalborg_colleague")


def test_the_draft_closes_when_the_person_leaves_the_organisation(world: World) -> None:
    case = dialogue_case(world)
    fill_in(world, case)
    world.person("aalborg_colleague", "colleague", "rebild")  # who sees the case still, for another party
    named(world, case, "aalborg_deputy")
    member = world.users["aalborg_colleague"].memberships.get(organisation=world.organisations["aalborg"])
    add_co_author(case=case, viewer=world.viewer("leader"), member=member)
    assert reads(world, case, "aalborg_colleague")
    Membership.objects.filter(pk=member.pk).update(valid_to=date(2020, 1, 2))
    assert not reads(world, case, "aalborg_colleague")
    with pytest.raises(NotAllowed):
        answer(world, case, "q1", "Skrevet for Rebild", role="aalborg_colleague")


def test_both_acts_stand_in_the_history_and_the_person_is_told_with_a_way_to_write(world: World) -> None:
    case = dialogue_case(world)
    named(world, case, "rebild_contact")
    Notice.objects.all().delete()
    row = named(world, case)
    told = Notice.objects.get()
    assert (told.user, told.event) == (world.users["aalborg_colleague"], "Tilføjede en medforfatter til mini-MTV'en")
    assert (told.path, told.fallback) == (reverse("minimtv:edit", args=[case.number]), case.get_absolute_url())
    remove_co_author(case=case, viewer=world.viewer("contact"), key=str(row.pk))
    told = Notice.objects.exclude(pk=told.pk).get()
    assert (told.user, told.path) == (world.users["aalborg_colleague"], case.get_absolute_url())
    added, removed = JournalEntry.unscoped.filter(case=case, kind__contains="co_author").order_by("-number")[:2][::-1]
    facts = {"co_author": row.pk, "organisation": world.organisations["aalborg"].pk}
    assert (added.kind, added.facts, added.actor) == ("add_co_author", facts, world.users["leader"])
    assert (removed.kind, removed.facts, removed.actor) == ("remove_co_author", facts, world.users["contact"])


def test_mine_opgaver_asks_a_co_author_to_write_along_until_all_is_answered(world: World) -> None:
    case = dialogue_case(world)
    named(world, case)
    fill_in(world, case, without=["q8", "q9"])
    (todo,) = todos_for(world.viewer("aalborg_colleague"))
    assert (todo.what, todo.button) == ("Skriv med på mini-MTV (2 spørgsmål mangler)", "Skriv med")
    assert todo.as_whom == "Medarbejder, Aalborg Kommune"
    fill_in(world, case)
    assert todos_for(world.viewer("aalborg_colleague")) == []


def test_the_page_shows_who_writes_to_those_who_read_the_draft_only(world: World, client: Client) -> None:
    case = dialogue_case(world)
    world.users["aalborg_colleague"].name = "Birthe Kjær Madsen"
    world.users["aalborg_colleague"].save()
    assert "Ingen hos parterne skriver med" in at_page(world, "leader", client, case)
    named(world, case)
    for role in ("leader", "colleague", "secretariat", "aalborg_colleague"):
        assert "Birthe Kjær Madsen" in at_page(world, role, client, case)
    for role in ("aalborg_contact", "rebild_contact", "psg_chair"):
        page = at_page(world, role, client, case)
        assert "Hvem skriver med?" not in page
        assert "Birthe Kjær Madsen" not in page


def test_the_leader_chooses_and_takes_back_on_one_page(world: World, client: Client) -> None:
    case = dialogue_case(world)
    address = reverse("minimtv:co_authors", args=[case.number])
    page = at_page(world, "leader", client, case, "co_authors")
    assert "Ingen skriver med endnu" in page
    assert '<optgroup label="Rebild Kommune">' in page
    assert "thisted_contact" not in page
    chosen = function_of(world, "aalborg_colleague").pk
    done = client.post(address, {"member": chosen, "seen": case.version}, follow=True).content.decode()
    assert "aalborg_colleague skriver nu med og har fået besked." in done
    again = client.post(address, {"member": chosen, "seen": case.version}).content.decode()
    assert "Se, om personen allerede skriver med." in again
    row = CoAuthor.unscoped.get()
    gone = client.post(address, {"remove": row.pk}, follow=True).content.decode()
    assert "aalborg_colleague skriver ikke længere med" in gone
    assert client.post(address, {"remove": row.pk}, follow=True).status_code == 200
    assert JournalEntry.unscoped.filter(case=case, kind="remove_co_author").count() == 1


def test_a_co_author_fills_in_on_the_pages_and_both_texts_are_kept_apart(world: World, client: Client) -> None:
    case = dialogue_case(world)
    named(world, case)
    page = at_page(world, "aalborg_colleague", client, case, "edit")
    assert "Mini-MTV, del 1 af 5" in page
    save_answers(case=case, viewer=world.viewer("leader"), given={"q1": Given("Lederens svar")})
    address = reverse("minimtv:edit_part", args=[case.number, 1])
    both = client.post(address, {"q1": "Kommunens svar", "q1_mark": Given().mark}).content.decode()
    assert "Lederens svar" in both
    assert "Kommunens svar" in both
