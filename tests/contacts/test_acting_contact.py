"""While a contact person is missing it shows, and the secretariat appoints somebody who acts (S1)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from contacts.actions import appoint_acting_contact
from contacts.models import ContactPerson
from core.errors import DomainError, NotAllowed
from tests import scenario
from tests.world import World
from transfers.actions import do_plain

pytestmark = pytest.mark.django_db
SOON = timedelta(days=30)


def leave(world: World, *roles: str) -> None:
    for role in roles:
        world.users[role].memberships.update(valid_to="2020-01-02")


def test_the_case_warns_of_each_organisation_without_contact_person(world: World, client: Client) -> None:
    case = scenario.dialogue_case(world)

    def page(role: str) -> str:
        client.force_login(world.users[role])
        return client.get(case.get_absolute_url()).content.decode()

    assert "Kontaktperson mangler" not in page("leader")
    leave(world, "contact", "deputy", "rebild_contact")
    shown = page("leader")
    assert "Kontaktperson mangler" in shown
    assert "Rebild Kommune" in shown
    assert f"/organisationer/{world.organisations['rebild'].pk}/fungerende/" in page("secretariat")


def test_an_acting_contact_person_acts_from_today_to_a_last_day(world: World, client: Client) -> None:
    case = scenario.submitted_case(world)
    leave(world, "contact", "deputy")
    hospital = world.organisations["hospital"]
    client.force_login(world.users["secretariat"])
    answers = {"email": "vikar@test.invalid", "name": "Vikar, kvalitet", "last_day": f"{localdate() + SOON:%d.%m.%Y}"}
    client.post(f"/organisationer/{hospital.pk}/fungerende/", answers)
    person = ContactPerson.objects.get(user__email="vikar@test.invalid")
    assert (person.shown_name, person.valid_to) == ("Vikar, kvalitet (fungerende)", localdate() + SOON)
    world.users["acting"] = person.user
    do_plain("return_to_leader", case=case, viewer=world.viewer("acting"), seen=None, reason="Uddyb tallene.")
    assert case.stage == "draft"


def test_nobody_acts_beside_a_contact_person_and_only_the_secretariat_appoints(world: World) -> None:
    who = {"email": "vikar@test.invalid", "name": "Vikar", "last_day": localdate() + SOON}
    for role, key, refusal in (("secretariat", "aalborg", DomainError), ("contact", "other_hospital", NotAllowed)):
        with pytest.raises(refusal):
            appoint_acting_contact(viewer=world.viewer(role), organisation=world.organisations[key], **who)  # type: ignore[arg-type]
