"""Flaws that the tests of this package found, each with a test of its own."""

from __future__ import annotations

import pytest
from django.utils.timezone import localdate

from contacts.models import Membership
from core.cpr import MESSAGE
from tests.pages.forms import text_of
from tests.pages.markup import Markup
from tests.pages.region import Region
from transfers.actions import do_plain

pytestmark = pytest.mark.django_db


def test_an_organisation_gets_its_first_contact_person_though_others_have_theirs(region: Region) -> None:
    place = region.world.organisations["other_hospital"]
    data = {"email": "ny@test.invalid", "name": "Ny", "function": "contact", "valid_from": f"{localdate():%d.%m.%Y}"}
    answer = region.careless("secretariat").post(f"/organisationer/{place.pk}/personer/ny/", data)
    assert answer.status_code == 302
    assert Membership.objects.filter(organisation=place, function="contact").count() == 1


def test_an_unknown_function_in_a_forum_is_refused_with_a_message(region: Region) -> None:
    forum, place = region.world.forums["local"], region.world.organisations["rebild"]
    data = {
        "email": "ny@test.invalid", "name": "Ny", "function": "findes-ikke", "side": "municipalities",
        "organisation": place.pk, "valid_from": "01.01.2025",
    }  # fmt: skip
    page = Markup(text_of(region.careless("secretariat").post(f"/fora/{forum.pk}/personer/ny/", data)))
    assert list(page.messages) == ["id_function"]


def test_what_the_overview_shows_of_a_contact_person_can_be_changed(region: Region) -> None:
    data = {"valid_from": "01.01.2020", "public_name": "Rebild Kommune, hovedpostkassen"}
    answer = region.careless("secretariat").post(f"/funktioner/{region.membership('rebild_contact')}/ret/", data)
    assert answer.status_code == 302
    assert Membership.objects.get(pk=region.membership("rebild_contact")).public_name == data["public_name"]


def test_a_contact_person_can_step_down(region: Region) -> None:
    row = region.membership("rebild_contact")
    answer = region.careless("secretariat").post(f"/funktioner/{row}/afslut/", {"last_day": "01.02.2026"})
    assert answer.status_code == 302
    assert f"{Membership.objects.get(pk=row).valid_to:%d.%m.%Y}" == "01.02.2026"


def test_two_periods_of_contact_persons_still_may_not_overlap(region: Region) -> None:
    place = region.world.organisations["rebild"]
    data = {"email": "ny@test.invalid", "name": "Ny", "function": "contact", "valid_from": "01.01.2025"}
    answer = region.careless("secretariat").post(f"/organisationer/{place.pk}/personer/ny/", data)
    assert "allerede en kontaktperson" in text_of(answer)


@pytest.mark.parametrize(("kind", "key"), [("organisationer", "rebild"), ("fora", "local")])
def test_the_title_of_a_refused_form_names_what_is_stored(region: Region, kind: str, key: str) -> None:
    row = region.world.organisations[key] if key == "rebild" else region.world.forums[key]
    answer = region.careless("secretariat").post(f"/{kind}/{row.pk}/ret/", {"name": "Hos 010190-1234"})
    assert f"<h1>Ret {row.name}</h1>" in text_of(answer)


def test_ones_own_address_holds_no_cpr_number(region: Region) -> None:
    data = {"email": "010190-1234@test.invalid", "action_add": ""}
    assert MESSAGE in text_of(region.careless("leader").post("/konto/email/", data))


def test_a_new_address_that_waits_is_shown_without_styles_of_its_own(region: Region) -> None:
    browser = region.careless("leader")
    answer = browser.post("/konto/email/", {"email": "ny@test.invalid", "action_add": ""}, follow=True)
    page = Markup(text_of(answer))
    assert "ny@test.invalid" in page.outside
    assert page.blocked == []


def test_the_administrators_pages_hold_only_the_accounts_themselves(region: Region) -> None:
    page = text_of(region.browser("administrator").get("/admin/"))
    assert "/admin/core/user/" in page
    assert "emailaddress" not in page


def test_the_secretariat_sees_number_and_title_of_a_draft_and_no_more(region: Region) -> None:
    case, browser = region.cases["draft"], region.browser("secretariat")
    page = text_of(browser.get(case.get_absolute_url()))
    assert case.number in page
    assert case.title in page
    for told in (case.what_changes, case.initiator.name, str(case.department), case.get_change_kind_display()):
        assert told not in page
    for part in ("vurdering", "historik", "dialoggrundlag", "parter", "mini-mtv"):
        assert browser.get(f"{case.get_absolute_url()}{part}/").status_code == 404


def test_the_secretariat_still_reads_what_was_sent_when_a_case_comes_back_as_a_draft(region: Region) -> None:
    case = region.cases["submitted"]
    do_plain("return_to_leader", case=case, viewer=region.world.viewer("contact"), seen=None, reason="Uddyb målet.")
    assert region.browser("secretariat").get(f"{case.get_absolute_url()}dialoggrundlag/version/1/").status_code == 200


def test_taking_note_of_what_is_not_on_the_agenda_is_not_reported_as_done(region: Region) -> None:
    meeting, other = region.meetings["held"], region.item("planned", "orientation")
    browser, address = region.careless("psg_secretary"), f"/moeder/{meeting.pk}/orienteringer/"
    page = browser.post(address, {"item": other}, follow=True).content.decode()
    assert "Intet er taget til efterretning." in page
    assert "Det står i sagernes historik." not in page
