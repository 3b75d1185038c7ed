"""What is data is changed by the secretariat in the browser and counts from the next request."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from contacts.models import Forum
from contacts.naming import named
from core import parameters
from core.actions import set_parameter
from core.definitions import current
from core.errors import DomainError
from core.history import broken_entries
from core.models import ChangeEntry, FormQuestion, Parameter
from core.parameters import DECLARED
from core.wording import Wording, draft_of, publish, reword, worded
from core.workdays import add_working_days
from tests import scenario
from tests.world import World, draft_case

pytestmark = pytest.mark.django_db
KEY = "deadline.response_days"
PAGE = f"/indstillinger/vaerdier/{KEY}/"
FORM = "/indstillinger/skemaer/party_response/"


@pytest.fixture
def office(world: World, client: Client) -> Client:
    client.force_login(world.users["secretariat"])
    return client


def danish(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def value_set(office: Client, value: str, day: date, key: str = KEY) -> str:
    url = f"/indstillinger/vaerdier/{key}/"
    answer = office.post(url, {"value": value, "valid_from": danish(day)}, follow=True)
    return answer.content.decode()


# --- Values -------------------------------------------------------------------------------------------


def test_a_deadline_set_in_the_browser_is_offered_at_the_next_dialogue(world: World, office: Client) -> None:
    case = scenario.submitted_case(world)
    contact = Client()
    contact.force_login(world.users["contact"])
    url = reverse("dialogue:open", args=[case.number])
    before = contact.get(url).context["form"]["deadline"].value()
    assert "Den nye værdi gælder fra" in value_set(office, "40", localdate())
    after = contact.get(url).context["form"]["deadline"].value()
    assert (before, after) == (add_working_days(localdate(), 15), add_working_days(localdate(), 40))


def test_a_threshold_set_in_the_browser_changes_the_next_recommendation(world: World, office: Client) -> None:
    case = scenario.closed_dialogue_case(world)
    contact = Client()
    contact.force_login(world.users["contact"])
    url = reverse("portfolio:routing", args=[case.number])
    before = contact.get(url).content.decode()
    value_set(office, "7", localdate(), "routing.patients_per_year")
    after = contact.get(url).content.decode()
    assert ("7 eller flere" in before, "7 eller flere" in after) == (False, True)


def test_the_list_tells_what_holds_what_is_planned_and_what_is_the_default(office: Client) -> None:
    value_set(office, "750.000", localdate(), "routing.economic_effect")
    value_set(office, "20", localdate() + timedelta(days=30))
    page = office.get("/indstillinger/").content.decode()
    assert "750.000" in page
    assert f"20 fra {danish(localdate() + timedelta(days=30))}" in page
    assert page.count("(standard)") == len(DECLARED) - 1


def test_a_value_holds_from_its_day_and_its_history_stays(world: World, office: Client) -> None:
    later = localdate() + timedelta(days=10)
    value_set(office, "20", later)
    assert parameters.whole(KEY) == 15
    assert parameters.whole(KEY, later) == 20
    page = office.get(PAGE).content.decode()
    assert f"Satte værdien 20 fra {danish(later)} – secretariat" in page


def test_a_planned_value_can_be_undone_until_it_holds(world: World, office: Client) -> None:
    soon, later = localdate() + timedelta(days=10), localdate() + timedelta(days=20)
    for value, day in (("18", localdate()), ("20", soon), ("25", later)):
        value_set(office, value, day)
    undo = reverse("contacts:parameter_cancel", args=[KEY, soon.isoformat()])
    assert "skulle være 20 arbejdsdage" in office.get(undo).content.decode()
    office.post(undo)
    assert [parameters.whole(KEY, day) for day in (localdate(), soon, later)] == [18, 18, 25]
    assert office.get(undo).status_code == 404
    assert office.get(reverse("contacts:parameter_cancel", args=[KEY, localdate().isoformat()])).status_code == 404
    assert [e.kind for e in ChangeEntry.objects.filter(subject_id=KEY)][-1] == "value_cancelled"
    assert list(broken_entries()) == []


@pytest.mark.parametrize(("value", "days", "said"), [
    ("0", 0, "Skriv et tal mellem 1 og 250."),
    ("7,5", 0, "Skriv et helt tal."),
    ("mange", 0, "Skriv et tal, fx 10."),
    ("20", -1, "Vælg en dag fra i dag og frem."),
])  # fmt: skip
def test_a_bad_value_is_refused_with_what_to_do_and_kept(office: Client, value: str, days: int, said: str) -> None:
    page = value_set(office, value, localdate() + timedelta(days=days))
    assert said in page
    assert f'value="{value}"' in page
    assert not Parameter.objects.exists()


def test_no_way_in_sets_a_value_the_parameter_cannot_have(world: World) -> None:
    with pytest.raises(DomainError, match="Vælg ja eller nej"):
        set_parameter(
            key="routing.all_general_practice", value=Decimal(2), valid_from=localdate(),
            by=world.users["secretariat"],
        )  # fmt: skip


@pytest.mark.parametrize("url", ["/indstillinger/", PAGE, FORM, f"{FORM}spoergsmaal/reason/", f"{FORM}offentliggoer/"])
def test_only_the_secretariat_sees_and_changes_settings(world: World, client: Client, url: str) -> None:
    client.force_login(world.users["contact"])
    assert client.get(url).status_code == 403
    assert client.post(url).status_code in (403, 405)


# --- Words --------------------------------------------------------------------------------------------


def said(office: Client, key: str, **words: str) -> None:
    url = f"{FORM}spoergsmaal/{key}/"
    shown = office.get(url).context["form"]
    given = {name: shown[name].value() or "" for name in shown.fields}
    assert office.post(url, given | words).status_code == 302


def test_a_question_is_reworded_for_new_documents_and_old_ones_keep_theirs(world: World, office: Client) -> None:
    begun = scenario.dialogue_case(world)
    scenario.respond(world, begun, "aalborg")
    old = current("party_response").question("reason").label
    said(office, "reason", label="Hvad er jeres begrundelse, kort sagt?")
    assert current("party_response").question("reason").label == old
    office.post(f"{FORM}offentliggoer/")
    pages = {}
    for role in ("aalborg_contact", "rebild_contact"):
        party = Client()
        party.force_login(world.users[role])
        pages[role] = party.get(reverse("dialogue:respond", args=[begun.number])).content.decode()
    assert "Hvad er jeres begrundelse, kort sagt?" in pages["rebild_contact"]
    assert "Hvad er jeres begrundelse, kort sagt?" not in pages["aalborg_contact"]


def test_the_screening_asks_in_the_new_words_at_the_next_request(world: World, office: Client) -> None:
    leader = Client()
    leader.force_login(world.users["leader"])
    question = current("screening").questions[0]
    words = worded(question)
    reword(
        document="screening", key=question.key, by=world.users["secretariat"],
        wording=Wording("Hvad skal sagen hedde?", "Kort.", words.example, words.choices),
    )  # fmt: skip
    assert "Hvad skal sagen hedde?" not in leader.get("/indledende-vurdering/").content.decode()
    publish(document="screening", by=world.users["secretariat"])
    assert "Hvad skal sagen hedde?" in leader.get("/indledende-vurdering/").content.decode()


def test_the_dialoggrundlag_keeps_its_wording_when_the_next_version_comes(world: World) -> None:
    by = world.users["secretariat"]
    old = draft_case(world)
    scenario.fill_basis(world, old)
    words = worded(current("dialogue_basis").question("why"))
    label = "Hvilket problem løser det?"
    reword(document="dialogue_basis", key="why", wording=Wording(label, words.hint, words.example), by=by)
    publish(document="dialogue_basis", by=by)
    leader = Client()
    leader.force_login(world.users["leader"])
    new = draft_case(world)
    step = [reverse("dialogue:basis_step", args=[case.number, 1]) for case in (old, new)]
    assert [label in leader.get(url).content.decode() for url in step] == [False, True]


def test_choices_are_reworded_and_keep_what_they_stand_for(world: World, office: Client) -> None:
    question = current("dialogue_basis").question("from_sector")
    url = "/indstillinger/skemaer/dialogue_basis/spoergsmaal/from_sector/"
    shown = office.get(url).context["form"]
    given = {name: shown[name].value() or "" for name in shown.fields} | {"choice_1": "Hospital"}
    office.post(url, given)
    draft = draft_of("dialogue_basis")
    assert draft
    assert draft.question("from_sector").choices[0] == [question.choices[0][0], "Hospital"]
    with pytest.raises(DomainError, match="omformuleres"):
        reword(
            document="dialogue_basis", key="from_sector", wording=Wording("Hvorfra?", choices=("Kun ét",)),
            by=world.users["secretariat"],
        )  # fmt: skip


def test_publishing_asks_once_and_shows_the_words_before_and_after(office: Client) -> None:
    said(office, "reason", label="Hvorfor mener I det?")
    before = current("party_response")
    page = office.get(f"{FORM}offentliggoer/").content.decode()
    assert current("party_response").question("reason").label in page
    assert "Hvorfor mener I det?" in page
    assert current("party_response") == before


def test_a_draft_that_says_the_same_is_not_published_and_can_be_discarded(office: Client) -> None:
    before = current("party_response")
    said(office, "reason")
    assert "Der er ikke ændret noget" in office.post(f"{FORM}offentliggoer/").content.decode()
    office.post(f"{FORM}kasser/")
    assert draft_of("party_response") is None
    assert current("party_response") == before


def test_what_is_published_is_frozen_and_every_step_is_in_the_history(world: World, office: Client) -> None:
    before = current("party_response")
    said(office, "reason", label="Hvorfor mener I det?")
    office.post(f"{FORM}offentliggoer/")
    new = current("party_response")
    assert new.version == before.version + 1
    with pytest.raises(IntegrityError), transaction.atomic():
        FormQuestion.objects.filter(part__definition=new).update(label="Andet")
    kinds = list(ChangeEntry.objects.filter(subject_type="core.formdefinition").values_list("kind", "actor__name"))
    assert kinds == [("question_reworded", "secretariat"), ("published", "secretariat")]


def test_a_cpr_number_in_the_words_is_refused_and_what_was_typed_is_kept(office: Client) -> None:
    url = f"{FORM}spoergsmaal/reason/"
    page = office.post(url, {"label": "Ring om 010190-1234", "hint": "Kort.", "example": ""}).content.decode()
    assert "CPR" in page
    assert "Kort." in page
    assert draft_of("party_response") is None


# --- Names --------------------------------------------------------------------------------------------


def renamed(world: World, office: Client, forum: str, name: str, short_name: str) -> None:
    url = f"/fora/{world.forums[forum].pk}/ret/"
    shown = office.get(url).context["form"]
    given = {name: shown[name].value() for name in shown.fields if shown[name].value() not in (None, False)}
    given |= {"name": name, "short_name": short_name, "valid_from": "01.01.2020"}
    assert office.post(url, given).status_code == 302


def test_a_forum_renamed_in_the_browser_has_its_new_name_everywhere_at_once(world: World, office: Client) -> None:
    case, routed = scenario.portfolio_case(world), scenario.closed_dialogue_case(world)
    scenario.decide(world, case, "adjourn")
    renamed(world, office, "psg", "Sundhedsrådets opgaveudvalg", "Opgaveudvalget")
    renamed(world, office, "das", "Det Tværsektorielle Råd", "Rådet")
    for role, address in (
        ("psg_chair", case.get_absolute_url()), ("psg_chair", f"/sager/{case.number}/historik/"),
        ("psg_chair", "/sager/"), ("psg_chair", "/"), ("psg_chair", reverse("portfolio:decide", args=[case.number])),
        ("psg_chair", "/aarsstatus/"), ("contact", reverse("portfolio:routing", args=[routed.number])),
        ("psg_secretary", reverse("portfolio:overview")),
    ):  # fmt: skip
        page = signed_in(world, role).get(address).content.decode().replace("\u00ad", "")
        assert "opgaveudvalg" in page.lower(), address
        for old in ("Porteføljestyregruppe", "Administrative Styregruppe"):
            assert old not in page, address


def signed_in(world: World, role: str) -> Client:
    browser = Client()
    browser.force_login(world.users[role])
    return browser


def test_a_new_name_is_put_into_texts_in_the_genitive_too(world: World) -> None:
    forum = world.forums["das"]
    for name, said in (("Rådet", "Rådets formand"), ("Udvalget for Alles", "Udvalget for Alles’ formand")):
        Forum.objects.filter(pk=forum.pk).update(name=name)
        assert named("Den Administrative Styregruppes formand") == said
    assert named("Et andet forum i PSGsammenhæng") == "Et andet forum i PSGsammenhæng"
