"""The dialoggrundlag as pages: steps that save by themselves, the check, the submission, the versions."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from dialogue.basis.queries import written
from dialogue.models import BasisVersion
from tests.dialogue.basis_answers import fill, fill_for_forum, open_to_parties, reissue, save, submit
from tests.world import World, draft_case, screened_case
from transfers.models import TransferCase

pytestmark = pytest.mark.django_db
CPR_MESSAGE = "CPR-nummer"


@pytest.fixture
def browse(world: World) -> Callable[[str], Client]:
    """Give a browser signed in as a role."""

    def signed_in(role: str) -> Client:
        client = Client()
        client.force_login(world.users[role])
        return client

    return signed_in


Browse = Callable[[str], Client]


def step_url(case: TransferCase, step: int | str) -> str:
    return reverse("dialogue:basis_step", args=[case.number, step])


def page(name: str, case: TransferCase, *args: int) -> str:
    return reverse(f"dialogue:{name}", args=[case.number, *args])


def fresh(case: TransferCase) -> TransferCase:
    return TransferCase.unscoped.get(pk=case.pk)


def test_a_step_saves_and_leads_on(world: World, browse: Browse) -> None:
    case, client = draft_case(world), browse("colleague")
    answer = client.post(step_url(case, 1), {"revision": "0", "why": "Fordi", "from_sector": "hospital"})
    assert answer.headers["Location"] == step_url(case, 2)
    assert "Gemt kl." in client.get(step_url(case, 2)).content.decode()
    assert written(fresh(case)).texts["why"] == "Fordi"


def test_a_step_can_be_left_and_the_last_one_leads_to_the_check(world: World, browse: Browse) -> None:
    case, client = draft_case(world), browse("leader")
    left = client.post(step_url(case, 3), {"revision": "0", "forlad": "1"})
    assert left.headers["Location"] == page("basis", case)
    last = client.post(step_url(case, "dialogue"), {"revision": "0"})
    assert last.headers["Location"] == page("basis_check", case)


def test_a_step_says_what_is_needed_and_marks_each_question(world: World, browse: Browse) -> None:
    html = browse("leader").get(step_url(draft_case(world), 1)).content.decode()
    assert "4 felter skal udfyldes for at indsende og 5 mere inden behandling i forum." in html
    assert "(skal udfyldes for at indsende)" in html
    assert "(inden behandling i forum)" in html
    assert "Se et eksempel" in html


def test_patients_are_typed_per_municipality_and_a_wrong_sum_is_a_warning_not_a_refusal(
    world: World, browse: Browse
) -> None:
    case, client = draft_case(world), browse("leader")
    said = {"aalborg": "1.200", "rebild": "3", "thisted": "ukendt"}
    typed = {f"patients_by_municipality_{world.organisations[key].pk}": text for key, text in said.items()}
    assert client.post(step_url(case, 2), {"revision": "0", "patients_total": "900", **typed}).status_code == 302
    html = client.get(step_url(case, 2)).content.decode()
    assert "Tallene passer ikke sammen" in html
    assert {count.name: count.shown for count in written(fresh(case)).counts} == {
        "Aalborg Kommune": "1.200", "Rebild Kommune": "1–4", "Thisted Kommune": "ukendt",
    }  # fmt: skip


def test_a_wrong_answer_is_kept_on_the_page_and_nothing_is_stored(world: World, browse: Browse) -> None:
    case = draft_case(world)
    typed = {"revision": "0", "start_date": "engang til foråret", "urgency": "Ja, sengene lukker"}
    html = browse("leader").post(step_url(case, 3), typed).content.decode()
    assert "engang til foråret" in html
    assert "Ja, sengene lukker" in html
    assert "Skriv datoen som" in html
    assert written(fresh(case)).texts == {}


def test_a_cpr_number_is_refused_and_the_text_kept(world: World, browse: Browse) -> None:
    case = draft_case(world)
    html = browse("leader").post(step_url(case, 1), {"revision": "0", "why": "Patient 010190-1234"}).content.decode()
    assert CPR_MESSAGE in html
    assert "Patient 010190-1234</textarea>" in html
    assert written(fresh(case)).texts == {}


def test_a_step_changed_meanwhile_shows_both_texts_and_is_saved_at_the_next_try(world: World, browse: Browse) -> None:
    case, client = draft_case(world), browse("leader")
    opened = save(case, world.viewer("leader"), "task", why="Fælles begyndelse")
    save(case, world.viewer("colleague"), "task", why="Kollegaens tekst")
    html = client.post(step_url(case, 1), {"revision": str(opened), "why": "Lederens tekst"}).content.decode()
    assert "Lederens tekst</textarea>" in html
    assert "Kollegaens tekst" in html
    assert written(fresh(case)).texts["why"] == "Kollegaens tekst"
    again = f'name="revision" id="revision" value="{opened + 1}"'
    assert again in html
    client.post(step_url(case, 1), {"revision": str(opened + 1), "why": "Lederens og kollegaens tekst"})
    assert written(fresh(case)).texts["why"] == "Lederens og kollegaens tekst"


def test_another_fault_on_the_page_does_not_hide_that_the_step_was_changed(world: World, browse: Browse) -> None:
    case, client = draft_case(world), browse("leader")
    opened = save(case, world.viewer("leader"), "timeline", urgency="Nej")
    save(case, world.viewer("colleague"), "timeline", urgency="Ja")
    posted = {"revision": str(opened), "start_date": "snart", "urgency": "Måske"}
    html = client.post(step_url(case, 3), posted).content.decode()
    assert f'id="revision" value="{opened}"' in html


def test_what_is_typed_stays_when_the_case_has_been_submitted_meanwhile(world: World, browse: Browse) -> None:
    case = draft_case(world)
    fill(world, case)
    submit(world, case)
    answer = browse("colleague").post(step_url(case, 1), {"revision": "0", "why": "Min lange tekst"})
    assert answer.status_code == 200
    assert "Min lange tekst</textarea>" in answer.content.decode()
    assert "Det kan ikke gøres nu" in answer.content.decode()


def test_a_step_saves_while_writing_and_answers_with_the_time_and_the_new_revision(
    world: World, browse: Browse
) -> None:
    case = draft_case(world)
    posted = {"revision": "0", "urgency": "Nej", "start_date": "snart"}
    html = browse("leader").post(step_url(case, 3), posted, headers={"HX-Request": "true"}).content.decode()
    assert ", men ikke det hele: Skriv datoen som" in html
    assert 'value="1" hx-swap-oob="true"' in html
    assert written(fresh(case)).texts == {"urgency": "Nej"}


def test_saving_while_writing_never_overwrites_another(world: World, browse: Browse) -> None:
    case = draft_case(world)
    opened = save(case, world.viewer("leader"), "timeline", urgency="Nej")
    save(case, world.viewer("colleague"), "timeline", urgency="Ja")
    posted = {"revision": str(opened), "urgency": "Måske"}
    html = browse("leader").post(step_url(case, 3), posted, headers={"HX-Request": "true"}).content.decode()
    assert "Ikke gemt: En anden har gemt trinnet" in html
    assert written(fresh(case)).texts == {"urgency": "Ja"}


@pytest.mark.parametrize("role", ["secretariat", "contact"])
def test_the_secretariat_sees_that_there_is_a_draft_but_not_what_it_says(
    world: World, browse: Browse, role: str
) -> None:
    case = draft_case(world)
    save(case, world.viewer("leader"), "task", why="Hemmelig begrundelse")
    client = browse(role)
    pages = [page("basis", case), case.get_absolute_url()]
    seen = ["Hemmelig begrundelse" in client.get(url).content.decode() for url in pages]
    assert seen == [role == "contact"] * 2
    assert case.title in client.get(case.get_absolute_url()).content.decode()
    assert client.get(step_url(case, 1)).status_code == (200 if role == "contact" else 404)


def test_those_outside_the_case_get_the_same_404_everywhere(world: World, browse: Browse) -> None:
    case = draft_case(world)
    fill(world, case)
    submit(world, case)
    client = browse("thisted_contact")
    names = ["basis", "basis_check", "submit", "receipt"]
    addresses = [page(name, case) for name in names] + [page("version", case, 1), step_url(case, 1)]
    assert {client.get(address).status_code for address in addresses} == {404}
    assert client.post(step_url(case, 1), {"why": "x"}).status_code == 404


def test_the_check_names_the_holes_with_links_and_only_a_leader_can_send(world: World, browse: Browse) -> None:
    case = draft_case(world)
    save(case, world.viewer("leader"), "task", why="Fordi")
    html = browse("colleague").get(page("basis_check", case)).content.decode()
    assert f'href="{step_url(case, 2)}#spm-target_group">Trin 2: Hvilken målgruppe gælder det?' in html
    assert "det gør afdelingens leder" in html
    fill(world, case)
    html = browse("leader").get(page("basis_check", case)).content.decode()
    assert f'href="{page("submit", case)}"' in html


def test_submitting_asks_once_and_gives_a_receipt(world: World, browse: Browse) -> None:
    case, client = draft_case(world), browse("leader")
    fill(world, case)
    html = client.get(page("submit", case)).content.decode()
    assert "Det sker der" in html
    posted = {"seen": str(case.version), "revision": str(written(fresh(case)).basis.revision)}  # type: ignore[union-attr]
    assert client.post(page("submit", case), posted).headers["Location"] == page("receipt", case)
    html = client.get(page("receipt", case)).content.decode()
    assert "Sagen ligger hos contact" in html


def test_a_second_click_gives_the_receipt_and_no_second_version(world: World, browse: Browse) -> None:
    case, client = draft_case(world), browse("leader")
    fill(world, case)
    posted = {"seen": str(case.version), "revision": str(written(fresh(case)).basis.revision)}  # type: ignore[union-attr]
    answers = [client.post(page("submit", case), posted) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == [page("receipt", case)] * 2
    assert BasisVersion.unscoped.count() == 1


def test_an_incomplete_dialoggrundlag_is_not_sent_and_the_page_says_what_lacks(world: World, browse: Browse) -> None:
    case, client = draft_case(world), browse("leader")
    assert "Trin 2: Hvilken målgruppe gælder det?" in client.get(page("submit", case)).content.decode()
    client.post(page("submit", case), {"seen": str(case.version), "revision": "0"})
    assert fresh(case).stage == "draft"


def two_versions(world: World) -> TransferCase:
    case = draft_case(world)
    fill_for_forum(world, case)
    submit(world, case)
    open_to_parties(world, case)
    save(case, world.viewer("leader"), "task", why="En bedre grund")
    reissue(world, case)
    return fresh(case)


def test_versions_are_read_and_compared_answer_by_answer(world: World, browse: Browse) -> None:
    case, client = two_versions(world), browse("psg_member")
    assert "En bedre grund" not in client.get(page("version", case, 1)).content.decode()
    assert "En bedre grund" in client.get(page("version", case, 2)).content.decode()
    html = client.get(page("compare", case, 1, 2)).content.decode()
    assert "1 svar er ændret" in html
    assert "Svar på why" in html
    assert "En bedre grund" in html
    assert "Svar på what_happens" not in html
    assert client.get(page("version", case, 3)).status_code == 404


def test_the_overview_and_the_tab_tell_from_the_newest_version(world: World, browse: Browse) -> None:
    case = two_versions(world)
    html = browse("psg_member").get(case.get_absolute_url()).content.decode()
    assert "Dialoggrundlag v2" in html
    assert "420 patienter om året" in html
    assert "En bedre grund" in html


def test_the_draft_awaits_its_leader_only(world: World, browse: Browse) -> None:
    draft_case(world)
    desk = reverse("transfers:desk")
    assert "Skriv og indsend dialoggrundlaget" in browse("leader").get(desk).content.decode()
    assert "Skriv og indsend dialoggrundlaget" not in browse("contact").get(desk).content.decode()


def test_a_case_in_screening_has_no_dialoggrundlag_yet(world: World, browse: Browse) -> None:
    case = screened_case(world)
    assert "Dialoggrundlag</span>" not in browse("leader").get(case.get_absolute_url()).content.decode()
    assert browse("leader").get(step_url(case, 1)).status_code == 403


@pytest.mark.parametrize("step", [1, 2, 3, 4, 5, 6, 7])
def test_a_step_costs_the_same_few_queries_however_much_is_answered(
    world: World, browse: Browse, django_assert_max_num_queries: DjangoAssertNumQueries, step: int
) -> None:
    case, client = draft_case(world), browse("leader")
    save(case, world.viewer("leader"), "task", why="Fordi")
    with django_assert_max_num_queries(12) as few:
        client.get(step_url(case, step))
    fill_for_forum(world, case)
    with django_assert_max_num_queries(len(few)):
        client.get(step_url(case, step))


@pytest.mark.parametrize("name", ["basis", "submit", "basis_check", "receipt"])
def test_the_other_pages_stay_within_the_budget(
    world: World, browse: Browse, django_assert_max_num_queries: DjangoAssertNumQueries, name: str
) -> None:
    case, client = two_versions(world), browse("leader")
    with django_assert_max_num_queries(12):
        client.get(page(name, case))


@pytest.mark.parametrize("numbers", [(1,), (1, 2)])
def test_versions_stay_within_the_budget(
    world: World, browse: Browse, django_assert_max_num_queries: DjangoAssertNumQueries, numbers: tuple[int, ...]
) -> None:
    case, client = two_versions(world), browse("psg_member")
    with django_assert_max_num_queries(12):
        client.get(page("compare" if len(numbers) > 1 else "version", case, *numbers))
