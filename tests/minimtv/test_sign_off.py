"""The sign-off: by the contact person, of what was read, frozen for good, and undone by the next change."""

import pytest
from django.db import IntegrityError, connection, transaction

from core.errors import Incomplete, NotAllowed, Stale
from minimtv.actions import sign_off
from minimtv.models import MiniMTV, MiniMTVVersion
from minimtv.queries import standing
from notifications.models import Notice
from tests.minimtv.casework import answer, dialogue_case, fill_in, respond, signed_case, submitted_case
from tests.world import World
from transfers.models import JournalEntry

pytestmark = pytest.mark.django_db


def test_the_contact_person_freezes_a_version_and_the_leader_is_told(world: World) -> None:
    case, version = signed_case(world)
    assert (version.number, version.is_intact, standing(case).is_complete) == (1, True, True)
    entry = JournalEntry.unscoped.get(case=case, kind="sign_off_mini_mtv")
    assert (entry.facts, entry.actor, entry.capacity) == ({"version": 1}, world.users["contact"], "contact")
    assert Notice.objects.filter(user=world.users["leader"], event="Godkendte mini-MTV'en").exists()


@pytest.mark.parametrize("role", ["leader", "colleague", "secretariat"])
def test_nobody_else_signs_off(world: World, role: str) -> None:
    case = submitted_case(world)
    fill_in(world, case)
    with pytest.raises(NotAllowed):
        sign_off(case=case, viewer=world.viewer(role))
    assert not MiniMTVVersion.unscoped.exists()


def test_a_hole_stops_the_sign_off_and_is_named(world: World) -> None:
    case = submitted_case(world)
    fill_in(world, case, without=["q8"])
    with pytest.raises(Incomplete) as refusal:
        sign_off(case=case, viewer=world.viewer("contact"))
    assert refusal.value.missing == ["Spørgsmål 8: ikke besvaret"]


def test_what_was_changed_after_reading_is_not_signed_off(world: World) -> None:
    case = submitted_case(world)
    read = fill_in(world, case).revision
    answer(world, case, "q1", "Noget andet", role="deputy")
    with pytest.raises(Stale):
        sign_off(case=case, viewer=world.viewer("contact"), revision=read)
    assert not MiniMTVVersion.unscoped.exists()


def test_a_change_after_the_sign_off_makes_a_draft_again_and_the_next_version(world: World) -> None:
    case, first = signed_case(world)
    answer(world, case, "q1", "Rettet")
    assert not standing(case).is_complete
    assert JournalEntry.unscoped.get(case=case, kind="mini_mtv_changed").facts == {"version": 1}
    second = sign_off(case=case, viewer=world.viewer("deputy"))
    assert second.number == 2
    assert first.content["sections"][0]["items"][0]["given"]["text"] == "Svar på spørgsmål 1."
    assert second.content["sections"][0]["items"][0]["given"]["text"] == "Rettet"


def test_a_second_sign_off_of_the_same_is_refused(world: World) -> None:
    case, _ = signed_case(world)
    with pytest.raises(Incomplete) as refusal:
        sign_off(case=case, viewer=world.viewer("contact"))
    assert refusal.value.missing == ["Mini-MTV er allerede godkendt som version 1"]


def test_saving_the_same_again_leaves_the_sign_off_standing(world: World) -> None:
    case, _ = signed_case(world)
    fill_in(world, case)
    assert standing(case).is_complete


def test_the_version_holds_the_parties_figures_as_they_were(world: World) -> None:
    case = dialogue_case(world)
    respond(world, case, "aalborg")
    fill_in(world, case)
    version = sign_off(case=case, viewer=world.viewer("contact"))
    assert [row[:4] for row in version.content["tables"]["q25"]["rows"]] == [
        ["Rebild Kommune", "Ikke svaret", "Ikke svaret", "Ikke svaret"],
        ["Aalborg Kommune", "1.550.000", "0", "120.000"],
    ]
    assert MiniMTVVersion.unscoped.get(pk=version.pk).is_intact


@pytest.mark.parametrize(
    "statement", ["UPDATE minimtv_minimtvversion SET number = 9", "DELETE FROM minimtv_minimtvversion"]
)
def test_the_database_keeps_a_version_as_it_is(world: World, statement: str) -> None:
    signed_case(world)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert MiniMTVVersion.unscoped.get().number == 1
    assert MiniMTV.unscoped.get().state == "completed"
