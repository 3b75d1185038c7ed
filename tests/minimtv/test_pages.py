"""The pages: reading with holes linked, filling in a part, both texts after a clash, and the sign-off."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from minimtv.actions import sign_off
from minimtv.document import Given
from minimtv.models import MiniMTV, MiniMTVAnswer, MiniMTVVersion
from tests.minimtv.casework import TEXTS, answer, dialogue_case, fill_in, respond, signed_case, submitted_case
from tests.world import World
from transfers.models import TransferCase

pytestmark = pytest.mark.django_db
BUDGET = 12


def url(case: TransferCase, route: str, *args: object) -> str:
    return reverse(f"minimtv:{route}", args=[case.number, *args])


def shown(page: Any) -> dict[str, str]:
    """What a browser would post back from the page of a part."""
    form = page.context["form"]
    posted = {f"{row.item.key}_mark": row.mark for row in form.rows}
    posted |= {f"{key}_mark": mark for key, mark in form.table_marks}
    for key, block in form.blocks.items():
        posted[f"{key}_count"] = str(block.count)
        posted |= {cell.html_name: cell.value() or "" for _, cells in block.lines for _, cell in cells}
    return posted | {row.item.key: row.text.value() or "" for row in form.rows}


def text(case: TransferCase, key: str) -> str:
    return MiniMTVAnswer.unscoped.get(document__case=case, question_key=key).text


def test_an_unbegun_mini_mtv_invites_those_who_write(world: World, client: Client) -> None:
    case = submitted_case(world)
    client.force_login(world.users["leader"])
    page = client.get(url(case, "overview"))
    assert "Mini-MTV'en er ikke begyndt" in page.content.decode()
    assert url(case, "edit") in page.content.decode()
    client.force_login(world.users["psg_chair"])
    page = client.get(url(case, "overview"))
    assert "Der er ingen godkendt mini-MTV" in page.content.decode()
    assert url(case, "edit") not in page.content.decode()


def test_holes_are_named_and_linked_to_their_field(world: World, client: Client) -> None:
    case = submitted_case(world)
    fill_in(world, case, without=["q8"])
    client.force_login(world.users["leader"])
    page = client.get(url(case, "overview")).content.decode()
    assert f'{url(case, "edit_part", 2)}#id_q8">Besvar' in page
    assert "1 svar mangler" in page
    assert "25 af 26 spørgsmål er besvaret" in page


def test_filling_in_goes_to_the_first_part_with_a_hole(world: World, client: Client) -> None:
    case = submitted_case(world)
    client.force_login(world.users["deputy"])
    assert client.get(url(case, "edit")).headers["Location"] == url(case, "edit_part", 1)
    fill_in(world, case, without=["q14"])
    assert client.get(url(case, "edit")).headers["Location"] == url(case, "edit_part", 3)


def test_a_part_shows_proposals_and_the_parties_answers(world: World, client: Client) -> None:
    case = dialogue_case(world)
    respond(world, case, "aalborg")
    client.force_login(world.users["leader"])
    page = client.get(url(case, "edit_part", 5)).content.decode()
    assert "Hentet fra: dialoggrundlaget, trin 2 og 5 – ret gerne" in page
    assert "1.550.000" in page
    page = client.get(url(case, "edit_part", 4)).content.decode()
    assert "Konsekvenser i aalborg." in page


def test_saving_a_part_demands_nothing_and_goes_on_to_the_next(world: World, client: Client) -> None:
    case = submitted_case(world)
    client.force_login(world.users["leader"])
    posted = shown(client.get(url(case, "edit_part", 1))) | {"q1": "Infektionsmedicin", "q3": ""}
    answered = client.post(url(case, "edit_part", 1), posted)
    assert answered.headers["Location"] == url(case, "edit_part", 2)
    assert (text(case, "q1"), text(case, "q2")) == ("Infektionsmedicin", "Tekst om what_happens.")


def test_going_out_saves_and_leads_to_the_document(world: World, client: Client) -> None:
    case = submitted_case(world)
    client.force_login(world.users["leader"])
    answered = client.post(url(case, "edit_part", 1), {"q1": "Infektionsmedicin", "leave": "1"})
    assert answered.headers["Location"] == url(case, "overview")
    assert text(case, "q1") == "Infektionsmedicin"
    answered = client.post(url(case, "edit_part", 5), {"q21": "Ingen"})
    assert answered.headers["Location"] == url(case, "overview")


def test_not_relevant_is_saved_with_its_reason(world: World, client: Client) -> None:
    case = submitted_case(world)
    client.force_login(world.users["leader"])
    posted = {"q12_not_relevant": "on", "q12_reason": "Forslaget er nyt."}
    client.post(url(case, "edit_part", 2), posted)
    stored = MiniMTVAnswer.unscoped.get(document__case=case, question_key="q12")
    assert stored.given == Given("", not_relevant=True, reason="Forslaget er nyt.")
    page = client.get(url(case, "overview")).content.decode()
    assert "Ikke relevant." in page
    assert "Forslaget er nyt." in page


def test_a_clash_shows_both_texts_and_the_next_save_settles_it(world: World, client: Client) -> None:
    case = submitted_case(world)
    client.force_login(world.users["leader"])
    posted = shown(client.get(url(case, "edit_part", 1))) | {"q1": "Fra lederen"}
    answer(world, case, "q1", "Fra stedfortræderen", role="deputy")
    page = client.post(url(case, "edit_part", 1), posted)
    assert page.status_code == 200
    assert "Fra lederen" in page.content.decode()
    assert "Fra stedfortræderen" in page.content.decode()
    assert 'href="#id_q1">Spørgsmål 1: svaret er ændret' in page.content.decode()
    assert text(case, "q1") == "Fra stedfortræderen"
    client.post(url(case, "edit_part", 1), shown(page) | {"q1": "Samlet af begge"})
    assert text(case, "q1") == "Samlet af begge"


def test_a_cpr_number_is_refused_and_the_typed_text_stays(world: World, client: Client) -> None:
    case = submitted_case(world)
    client.force_login(world.users["leader"])
    page = client.post(url(case, "edit_part", 1), {"q1": "Vores afdeling", "q3": "Patient 010190-1234"})
    assert page.status_code == 200
    assert "Vores afdeling" in page.content.decode()
    assert "CPR-nummer" in page.content.decode()
    assert not MiniMTV.unscoped.filter(case=case).exists()


def test_a_text_sent_after_the_case_moved_on_stays_on_the_page(world: World, client: Client) -> None:
    case = submitted_case(world)
    client.force_login(world.users["leader"])
    TransferCase.unscoped.filter(pk=case.pk).update(stage="agreement")
    page = client.post(url(case, "edit_part", 1), {"q1": "Skrevet for sent"})
    assert page.status_code == 200
    assert "Skrevet for sent" in page.content.decode()
    assert "Det kan ikke gøres nu" in page.content.decode()


@pytest.mark.parametrize("role", ["secretariat", "aalborg_contact", "psg_chair", "colleague"])
def test_those_who_only_read_may_not_open_or_post_a_part(world: World, client: Client, role: str) -> None:
    case = dialogue_case(world)
    client.force_login(world.users[role])
    assert client.get(url(case, "edit_part", 1)).status_code == 403
    assert client.post(url(case, "edit_part", 1), {"q1": "Forsøg"}).status_code == 403
    assert client.get(url(case, "sign_off")).status_code == 403


def test_a_part_that_does_not_exist_is_not_found(world: World, client: Client) -> None:
    case = submitted_case(world)
    client.force_login(world.users["leader"])
    assert client.get(url(case, "edit_part", 6)).status_code == 404


def test_a_save_on_the_way_answers_with_time_marks_and_advice(world: World, client: Client) -> None:
    case = submitted_case(world)
    client.force_login(world.users["leader"])
    posted = shown(client.get(url(case, "edit_part", 2))) | {"q8": "Det går bedre"}
    answered = client.post(url(case, "edit_part", 2), posted, headers={"HX-Request": "true"}).content.decode()
    assert "Gemt kl." in answered
    assert f'name="q8_mark" value="{Given("Det går bedre").mark}"' in answered
    assert "Effekten er ikke angivet med et tal" in answered
    assert list(MiniMTVAnswer.unscoped.values_list("question_key", flat=True)) == ["q8"]


def test_the_contact_person_signs_off_on_a_page_of_its_own(world: World, client: Client) -> None:
    case = submitted_case(world)
    sheet = fill_in(world, case)
    client.force_login(world.users["contact"])
    assert "Godkend mini-MTV" in client.get(url(case, "sign_off")).content.decode()
    answered = client.post(url(case, "sign_off"), {"seen": case.version, "revision": sheet.revision})
    assert answered.headers["Location"] == url(case, "overview")
    assert MiniMTVVersion.unscoped.get().case == case
    assert "Godkendt som version 1" in client.get(url(case, "overview")).content.decode()


def test_signing_off_something_else_than_was_read_is_refused_on_the_page(world: World, client: Client) -> None:
    case = submitted_case(world)
    sheet = fill_in(world, case)
    answer(world, case, "q1", "Noget andet")
    client.force_login(world.users["contact"])
    page = client.post(url(case, "sign_off"), {"seen": case.version, "revision": sheet.revision})
    assert "ændret, siden du åbnede siden" in page.content.decode()
    assert not MiniMTVVersion.unscoped.exists()


@pytest.mark.parametrize("route", ["overview", "edit_part", "sign_off", "version"])
def test_every_page_keeps_to_the_budget_of_queries(
    world: World, client: Client, route: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = dialogue_case(world)
    respond(world, case, "aalborg")
    fill_in(world, case)
    sign_off(case=case, viewer=world.viewer("contact"))
    answer(world, case, "q3", TEXTS["q4"])
    client.force_login(world.users["contact"])
    address = url(case, route, *{"edit_part": [4], "version": [1]}.get(route, []))
    client.get(address)
    with django_assert_max_num_queries(BUDGET):
        assert client.get(address).status_code == 200


def test_a_reader_who_does_not_write_meets_the_newest_version_whole(world: World, client: Client) -> None:
    case, _ = signed_case(world)
    client.force_login(world.users["psg_chair"])
    page = client.get(url(case, "overview")).content.decode()
    assert all(answer_text in page for answer_text in TEXTS.values())
    assert "Besvar" not in page
