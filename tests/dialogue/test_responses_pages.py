"""The pages of the responses: »Parter og svar«, writing, submitting and reading a response."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from dialogue.models import PartyResponse, ResponseVersion
from tests.dialogue.said import (
    ECONOMY,
    PATIENTS,
    again,
    answer,
    dialogue_case,
    draft,
    new_version,
    overdue,
    party,
    submitted_case,
)
from tests.world import World
from transfers import rooms
from transfers.models import TransferCase

pytestmark = pytest.mark.django_db


def page(client: Client, world: World, role: str, route: str, case: TransferCase, *args: Any, **query: Any) -> str:
    client.force_login(world.users[role])
    response = client.get(reverse(f"dialogue:{route}", args=[case.number, *args]), query)
    assert response.status_code == 200
    return response.content.decode()


def send(client: Client, world: World, role: str, case: TransferCase, **said: Any) -> HttpResponse:
    client.force_login(world.users[role])
    part = said.pop("part", None)
    url = reverse("dialogue:respond", args=[case.number]) + (f"?part={part}" if part else "")
    return client.post(url, {"revision": 0, **said})  # type: ignore[return-value]


def test_the_tab_counts_answers_and_waits_until_the_case_is_submitted(world: World) -> None:
    tab, viewer = rooms.TABS["parties"], world.viewer("contact")
    assert tab.label(submitted_case(world), viewer) == "Parter og svar"
    case = dialogue_case(world)
    answer(case, world, "aalborg")
    assert tab.label(again(case), viewer) == "Parter og svar 1/2"


def test_the_matrix_shows_what_is_submitted_and_never_a_draft(world: World, client: Client) -> None:
    case = dialogue_case(world, "aalborg", "rebild", whole=True)
    answer(case, world, "aalborg", **ECONOMY, **PATIENTS, capacity="Plads i dagtimerne")
    draft(case, world, "rebild", position="oppose", reason="Hemmelig", capacity="Ingen plads")
    shown = page(client, world, "leader", "parties", case)
    for text in ("Tilslutning", "Plads i dagtimerne", "480.000 kr.", "skøn: 420", "Mangler"):
        assert text in shown
    assert "Ingen plads" not in shown
    assert "Kan ikke tilslutte sig" not in shown


def test_the_matrix_says_who_has_not_confirmed_and_who_is_late(world: World, client: Client) -> None:
    case = dialogue_case(world)
    answer(case, world, "aalborg")
    new_version(case, world)
    overdue(case)
    shown = page(client, world, "leader", "parties", case)
    assert "ikke bekræftet for version 2" in shown
    assert "Mangler – frist overskredet" in shown


def test_the_page_offers_what_the_viewer_may_do(world: World, client: Client) -> None:
    case = dialogue_case(world)
    own = page(client, world, "aalborg_contact", "parties", case)
    assert "Svar for Aalborg Kommune" in own
    assert "Tilføj part" not in own
    contact = page(client, world, "contact", "parties", case)
    assert "Svar for" not in contact
    assert "Tilføj part" in contact
    assert "Rebild Kommune har ikke svaret" in contact
    assert "Skriv en kommentar" not in page(client, world, "psg_member", "parties", case)


@pytest.mark.parametrize("count", [1, 8])
@pytest.mark.parametrize("role", ["contact", "k0_contact", "psg_member", "secretariat"])
def test_the_page_takes_no_more_queries_for_many_parties(
    world: World, client: Client, django_assert_max_num_queries: Any, count: int, role: str
) -> None:
    keys = [f"k{n}" for n in range(count)]
    for key in keys:
        world.organisation(key, f"Kommune {key}", "municipality")
        world.person(f"{key}_contact", "contact", key)
    case = dialogue_case(world, *keys, whole=True)
    for key in keys[: count // 2]:
        answer(case, world, key)
    client.force_login(world.users[role])
    for url in (
        reverse("dialogue:parties", args=[case.number]),
        reverse("dialogue:response", args=[case.number, party(case, world, "k0").pk]),
    ):
        with django_assert_max_num_queries(12):
            client.get(url)


def test_writing_a_response_takes_few_queries_too(
    world: World, client: Client, django_assert_max_num_queries: Any
) -> None:
    case = dialogue_case(world, "aalborg", "rebild", "plo", "thisted")
    draft(case, world, "aalborg", reason="Vi er på vej")
    client.force_login(world.users["aalborg_contact"])
    with django_assert_max_num_queries(12):
        assert client.get(reverse("dialogue:respond", args=[case.number])).status_code == 200


def test_a_draft_is_kept_half_filled_in_and_found_again(world: World, client: Client) -> None:
    case = dialogue_case(world)
    kept = send(client, world, "aalborg_contact", case, gem="1", capacity="Plads om dagen", patients_per_year="1-4")
    assert kept.status_code == 302
    shown = page(client, world, "aalborg_contact", "respond", case)
    assert "Plads om dagen" in shown
    assert 'value="1–4"' in shown
    assert "Kladden er gemt" in shown
    assert not ResponseVersion.unscoped.exists()


def test_the_page_says_on_whose_behalf_one_answers_and_what_the_initiator_wrote(world: World, client: Client) -> None:
    case = dialogue_case(world, whole=True)
    shown = page(client, world, "aalborg_deputy", "respond", case)
    assert "Du svarer på vegne af <strong>Aalborg Kommune</strong> som stedfortræder" in shown
    assert "Initiativtager har skrevet: 420." in shown


def test_submitting_says_what_is_missing_and_keeps_what_was_typed(world: World, client: Client) -> None:
    case = dialogue_case(world)
    response = send(client, world, "aalborg_contact", case, indsend="1", capacity="Plads om dagen")
    shown = response.content.decode()
    assert response.status_code == 200
    for text in ("Der er problemer", "Vælg jeres holdning.", "Skriv jeres begrundelse.", "Plads om dagen"):
        assert text in shown
    assert not ResponseVersion.unscoped.exists()


def test_a_complete_response_is_submitted_and_shown(world: World, client: Client) -> None:
    case = dialogue_case(world)
    said = {"position": "conditional", "reason": "Hvis der er vagt", "economy_known": "known", "annual_cost": "480.000"}
    done = send(client, world, "aalborg_contact", case, indsend="1", **said)
    aalborg = party(case, world, "aalborg")
    assert done["Location"] == reverse("dialogue:response", args=[case.number, aalborg.pk])
    shown = page(client, world, "rebild_contact", "response", case, aalborg.pk)
    for text in ("Tilslutning med betingelser", "Hvis der er vagt", "480.000 kr.", "på vegne af Aalborg Kommune"):
        assert text in shown


@pytest.mark.parametrize(
    ("economy", "message"),
    [
        ({"economy_known": "not_yet", "annual_cost": "5"}, "slet beløbene"),
        ({"economy_known": "known"}, "Skriv mindst ét beløb"),
        ({"annual_cost": "mange"}, "Skriv beløbet i hele kroner"),
        ({"patients_per_year": "cirka ti"}, "Skriv et antal"),
    ],
)
def test_figures_that_make_no_sense_are_said_in_plain_words(
    world: World, client: Client, economy: dict[str, str], message: str
) -> None:
    case = dialogue_case(world)
    response = send(client, world, "aalborg_contact", case, indsend="1", position="support", reason="Ja", **economy)
    assert message in response.content.decode()
    assert not PartyResponse.unscoped.exists()


def test_a_cpr_number_is_refused_and_the_rest_is_kept(world: World, client: Client) -> None:
    case = dialogue_case(world)
    response = send(client, world, "aalborg_contact", case, gem="1", reason="Borger 010190-1234", capacity="Plads")
    assert response.status_code == 200
    assert "ser ud til at indeholde et CPR-nummer" in response.content.decode()
    form = response.context["form"]  # type: ignore[attr-defined]
    assert (form["reason"].value(), form["capacity"].value()) == ("Borger 010190-1234", "Plads")
    assert not PartyResponse.unscoped.exists()


def test_two_at_once_see_both_texts_and_nothing_is_lost(world: World, client: Client) -> None:
    case = dialogue_case(world)
    send(client, world, "aalborg_contact", case, gem="1", reason="Kontaktpersonens tekst")
    clash = send(client, world, "aalborg_deputy", case, gem="1", reason="Stedfortræderens tekst")
    shown = clash.content.decode()
    for text in ("Svaret er ændret, siden du åbnede siden", "Kontaktpersonens tekst", "Stedfortræderens tekst"):
        assert text in shown
    assert page(client, world, "aalborg_contact", "respond", case).count("Kontaktpersonens tekst") == 1
    revision = clash.context["form"]["revision"].value()  # type: ignore[attr-defined]
    settled = send(client, world, "aalborg_deputy", case, gem="1", reason="Fælles tekst", revision=revision)
    assert settled.status_code == 302
    assert PartyResponse.unscoped.get().answers.get(question_key="reason").text == "Fælles tekst"


def test_a_refused_form_does_not_hide_that_somebody_saved_meanwhile(world: World, client: Client) -> None:
    case = dialogue_case(world)
    send(client, world, "aalborg_contact", case, gem="1", reason="Først")
    refused = send(client, world, "aalborg_deputy", case, gem="1", reason="Borger 010190-1234")
    assert refused.context["form"]["revision"].value() == "0"  # type: ignore[attr-defined]


def test_a_double_click_submits_once(world: World, client: Client) -> None:
    case = dialogue_case(world)
    said = {"position": "support", "reason": "Vi er klar"}
    first = send(client, world, "aalborg_contact", case, indsend="1", **said)
    second = send(client, world, "aalborg_contact", case, indsend="1", **said)
    assert (first.status_code, second.status_code) == (302, 302)
    assert ResponseVersion.unscoped.count() == 1


def test_taken_note_of_is_offered_for_egenbehandling_only(world: World, client: Client) -> None:
    case = dialogue_case(world)
    assert "Taget til efterretning" not in page(client, world, "aalborg_contact", "respond", case)
    refused = send(client, world, "aalborg_contact", case, gem="1", position="noted")
    assert refused.status_code == 200
    TransferCase.unscoped.filter(pk=case.pk).update(change_kind="self_care")
    assert "Taget til efterretning" in page(client, world, "aalborg_contact", "respond", case)


def test_general_practice_alone_is_asked_about_clinics_and_fees(world: World, client: Client) -> None:
    case = dialogue_case(world, "aalborg", "plo")
    assert "honorar" in page(client, world, "plo_contact", "respond", case)
    assert "honorar" not in page(client, world, "aalborg_contact", "respond", case)


def test_who_answers_for_several_chooses_first_and_cannot_reach_another(world: World, client: Client) -> None:
    world.person("aalborg_contact", "deputy", "rebild")
    case = dialogue_case(world, "aalborg", "rebild", "plo")
    assert "Hvem svarer du for?" in page(client, world, "aalborg_contact", "respond", case)
    rebild = party(case, world, "rebild").pk
    assert "Svar for Rebild Kommune" in page(client, world, "aalborg_contact", "respond", case, part=rebild)
    done = send(client, world, "aalborg_contact", case, part=rebild, indsend="1", position="support", reason="Ja")
    assert done.status_code == 302
    assert ResponseVersion.unscoped.get().on_behalf_of == world.organisations["rebild"]
    url = reverse("dialogue:respond", args=[case.number])
    for foreign in (party(case, world, "plo").pk, "abc", "-1", "9" * 30):
        assert client.get(url, {"part": foreign}).status_code == 404


def test_a_missing_or_foreign_response_is_the_same_404(world: World, client: Client) -> None:
    case, other = dialogue_case(world, "aalborg"), dialogue_case(world, "rebild")
    client.force_login(world.users["leader"])
    for party_id in (party(other, world, "rebild").pk, 987654):
        assert client.get(reverse("dialogue:response", args=[case.number, party_id])).status_code == 404
    client.force_login(world.users["aalborg_contact"])
    foreign = reverse("dialogue:response", args=[other.number, party(other, world, "rebild").pk])
    assert client.get(foreign).status_code == 404


def test_a_response_that_is_not_there_yet_says_when_it_is_due_and_hides_the_draft(world: World, client: Client) -> None:
    case = dialogue_case(world)
    draft(case, world, "aalborg", reason="Hemmelig kladde")
    aalborg = party(case, world, "aalborg").pk
    shown = page(client, world, "rebild_contact", "response", case, aalborg)
    assert "har ikke svaret endnu" in shown
    assert "Hemmelig kladde" not in shown
    assert "I har en kladde" not in shown
    assert "I har en kladde" in page(client, world, "aalborg_colleague", "response", case, aalborg)


def test_earlier_versions_can_be_read(world: World, client: Client) -> None:
    case = dialogue_case(world)
    answer(case, world, "aalborg", reason="Første svar")
    answer(case, world, "aalborg", reason="Andet svar")
    aalborg = party(case, world, "aalborg").pk
    assert "Andet svar" in page(client, world, "leader", "response", case, aalborg)
    first = page(client, world, "leader", "response", case, aalborg, version=1)
    assert "Første svar" in first
    assert "tidligere version" in first
    url = reverse("dialogue:response", args=[case.number, aalborg])
    assert client.get(url, {"version": 7}).status_code == 404


def test_after_a_new_version_the_party_may_confirm_or_answer_anew(world: World, client: Client) -> None:
    case = dialogue_case(world)
    answer(case, world, "aalborg")
    new_version(case, world)
    aalborg = party(case, world, "aalborg").pk
    own = page(client, world, "aalborg_contact", "response", case, aalborg)
    for text in ("Ikke bekræftet for version 2", "Vores svar gælder stadig", "Ret svaret", "Se, hvad der er ændret"):
        assert text in own
    assert "Vores svar gælder stadig" not in page(client, world, "rebild_contact", "response", case, aalborg)
    client.force_login(world.users["aalborg_contact"])
    client.post(reverse("transfers:act", args=[case.number, "reaffirm_response"]), {"seen": again(case).version})
    assert "er bekræftet for version 2" in page(client, world, "leader", "response", case, aalborg)


def test_texts_are_escaped(world: World, client: Client) -> None:
    case = dialogue_case(world)
    answer(case, world, "aalborg", reason="<script>alert(1)</script>", capacity="<i>plads</i>")
    aalborg = party(case, world, "aalborg").pk
    pages = [page(client, world, "leader", "response", case, aalborg), page(client, world, "leader", "parties", case)]
    for shown in pages:
        assert "<script>alert" not in shown
        assert "<i>plads" not in shown


def test_the_overview_shows_the_positions_once_there_are_parties(world: World, client: Client) -> None:
    viewer = world.viewer("leader")
    before = [p for p in rooms.panels_for(submitted_case(world), viewer) if "responses" in p.template]
    assert before == []
    case = dialogue_case(world)
    answer(case, world, "aalborg")
    client.force_login(world.users["leader"])
    shown = client.get(case.get_absolute_url()).content.decode()
    assert "Parternes holdning" in shown
    assert "tilslutning" in shown
    assert reverse("dialogue:response", args=[case.number, party(case, world, "rebild").pk]) in shown
