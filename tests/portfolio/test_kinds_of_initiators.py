"""Who is who: a case from each kind of organisation is screened, sent, talked over and put before its forum (S1)."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from contacts.enums import Function, OrganisationKind
from contacts.models import Forum
from core.definitions import current
from core.errors import NotAllowed
from dialogue.basis.actions import submit_dialogue_basis
from dialogue.responses.actions.answers import submit_response
from dialogue.responses.actions.parties import close_dialogue, open_dialogue
from minimtv.actions import save_answers, sign_off
from minimtv.document import Given
from portfolio.routing.actions import route
from portfolio.routing.rules import local_forums
from tests import scenario
from tests.world import World, screened_case
from transfers.actions import conclude_screening
from transfers.models import JournalEntry, Party, TransferCase

pytestmark = pytest.mark.django_db
LATER = timedelta(days=30)
CONTACTS = {"hospital": "contact", "aalborg": "aalborg_contact", "rebild": "rebild_contact", "plo": "plo_contact"}


def sent(world: World, leader: str, **screened: str) -> TransferCase:
    """Screen, write and submit as the nearest leader."""
    case = conclude_screening(case=screened_case(world, leader), viewer=world.viewer(leader))
    if screened:
        TransferCase.unscoped.filter(pk=case.pk).update(**screened)
        case.refresh_from_db()
    scenario.fill_basis(world, case, leader)
    submit_dialogue_basis(case=case, viewer=world.viewer(leader))
    return case


def talked_over(world: World, case: TransferCase, contact: str, *parties: str, position: str = "support") -> None:
    """Open the dialogue as the contact person, let every party answer, and close it."""
    viewer = world.viewer(contact)
    asked = [world.organisations[key] for key in parties]
    open_dialogue(case=case, viewer=viewer, organisations=asked, deadline=localdate() + LATER)
    for key in parties:
        party = Party.unscoped.get(case=case, organisation=world.organisations[key])
        submit_response(
            case=case, viewer=world.viewer(CONTACTS[key]), party=party,
            columns=scenario.COLUMNS | {"position": position}, answers={"reason": "Vi kan følge med."},
            revision=scenario.revision_of(party),
        )  # fmt: skip
    close_dialogue(case=case, viewer=viewer, seen=None, capacity_id=None, reason="")


def put_before_local(world: World, case: TransferCase, contact: str) -> Forum | None:
    """Let the contact person send it to the nearest samarbejdsforum; returns which it was."""
    route(case=case, viewer=world.viewer(contact), code="route_to_local_forum", reason="Lille og lokal.")
    assert case.stage == "local_forum"
    return case.current_forum


def add_far_forum(world: World) -> None:
    """A forum of another hospital, first in the alphabet, with nothing to do with these cases."""
    world.forum("far", "A-forum", "local", world.organisations["other_hospital"])


def test_a_unit_of_a_municipality_comes_before_the_forum_of_the_hospital_that_takes_part(world: World) -> None:
    add_far_forum(world)
    world.organisation("unit", "Hjemmesygeplejen", OrganisationKind.UNIT, parent=world.organisations["aalborg"])
    world.person("unit_leader", Function.LEADER, "unit")
    case = sent(world, "unit_leader")
    assert (case.initiator, case.department) == (world.organisations["aalborg"], world.organisations["unit"])
    talked_over(world, case, "aalborg_contact", "hospital", "plo")
    assert put_before_local(world, case, "aalborg_contact") == world.forums["local"]


def test_psychiatry_has_its_own_contact_and_its_own_forum(world: World) -> None:
    psychiatry = world.organisation("psychiatry", "Psykiatrien", OrganisationKind.PSYCHIATRY)
    world.organisation("ward", "Ungepsykiatri", OrganisationKind.DEPARTMENT, parent=psychiatry)
    world.person("ward_leader", Function.LEADER, "ward")
    world.person("psychiatry_contact", Function.CONTACT, "psychiatry")
    own = world.forum("psychiatry", "Psykiatriens samarbejdsforum", "local", psychiatry)
    case = sent(world, "ward_leader")
    talked_over(world, case, "psychiatry_contact", "aalborg", "rebild")
    assert local_forums(case) == [own]
    assert put_before_local(world, case, "psychiatry_contact") == own


def test_in_general_practice_leader_and_contact_may_be_one_person(world: World) -> None:
    add_far_forum(world)
    world.person("plo_contact", Function.LEADER, "plo")
    case = sent(world, "plo_contact")
    entry = JournalEntry.unscoped.get(case=case, kind="submit_basis")
    assert (entry.capacity, entry.on_behalf_of) == ("leader", world.organisations["plo"])
    talked_over(world, case, "plo_contact", "aalborg", "rebild")
    given = {q.key: Given(text=f"Svar {q.key[1:]}: 12 patienter.") for q in current("mini_mtv").questions}
    save_answers(case=case, viewer=world.viewer("plo_contact"), given=given)
    sign_off(case=case, viewer=world.viewer("plo_contact"))
    assert put_before_local(world, case, "plo_contact") == world.forums["local"]


def test_a_case_of_the_region_comes_before_the_forum_with_most_of_the_patients(world: World) -> None:
    add_far_forum(world)
    world.person("region_leader", Function.LEADER, "region")
    world.person("region_contact", Function.CONTACT, "region")
    case = sent(world, "region_leader")
    talked_over(world, case, "region_contact", "aalborg", "rebild", "plo")
    assert put_before_local(world, case, "region_contact") == world.forums["local"]


def test_the_secretariat_stands_in_for_a_specialist_practice_without_a_contact_person(world: World) -> None:
    add_far_forum(world)
    world.organisation("eye", "Øjenlægerne", OrganisationKind.SPECIALIST_PRACTICE)
    world.person("eye_leader", Function.LEADER, "eye")
    case = sent(world, "eye_leader")
    with pytest.raises(NotAllowed):
        talked_over(world, case, "contact", "hospital")
    talked_over(world, case, "secretariat", "hospital", "aalborg")
    assert put_before_local(world, case, "secretariat") == world.forums["local"]


def test_self_care_is_taken_note_of_and_goes_the_whole_way(world: World) -> None:
    case = sent(world, "leader", change_kind="self_care")
    talked_over(world, case, "contact", "aalborg", "plo", position="noted")
    scenario.fill_mini_mtv(world, case)
    route(case=case, viewer=world.viewer("contact"), code="route_to_portfolio", reason="Bred opgave.")
    scenario.decide(world, case, "approve")
    assert case.stage == "agreement"
