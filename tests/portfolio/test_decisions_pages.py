"""The tab »Behandling« and the pages on which a decision is recorded, published and corrected."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from portfolio.decisions.actions import save_decision
from portfolio.models import Decision, DecisionState
from portfolio.routing.actions import route
from tests import scenario
from tests.world import World
from transfers.models import TransferCase
from transfers.rooms import todos_about_cases, waiting

pytestmark = pytest.mark.django_db
BUDGET = 12


def url(case: TransferCase, route: str, *args: int) -> str:
    return reverse(f"portfolio:{route}", args=[case.number, *args])


def signed_in(world: World, role: str) -> Client:
    client = Client()
    client.force_login(world.users[role])
    return client


def typed(**changes: str) -> dict[str, str]:
    """What a browser posts for a whole decision."""
    today = f"{localdate():%d.%m.%Y}"
    return {
        "kind": "approve", "text": "Opgaveflytningen godkendes.", "reason": "Den gavner patienterne.",
        "decided_on": today, "procedure": "meeting", "conflict_note": "", "asked_by_deadline": "", "revision": "0",
    } | changes  # fmt: skip


def publish(world: World, case: TransferCase, role: str = "psg_chair") -> str:
    """Confirm the draft as the page shows it; gives the page that is answered in the end."""
    client = signed_in(world, role)
    form = client.get(url(case, "publish")).context["form"]
    posted = {name: str(form[name].value()) for name in form.fields}
    return str(client.post(url(case, "publish"), posted, follow=True).content.decode())


def test_the_decisions_of_the_stage_are_offered_with_what_they_do(world: World) -> None:
    shown = signed_in(world, "psg_chair").get(url(scenario.portfolio_case(world), "decide")).content.decode()
    assert "Aftalen kan indgås, og 3 parter får besked." in shown
    for code in ("reject", "escalate", "adjourn", "send_to_local_forum"):
        assert f'value="{code}"' in shown
    assert 'value="local_stop"' not in shown


def test_the_item_shows_resume_papers_and_positions(world: World) -> None:
    case = scenario.portfolio_case(world)
    shown = signed_in(world, "psg_secretary").get(url(case, "decide")).content.decode()
    assert "Svar om what_happens i et par ord." in shown
    assert reverse("dialogue:version", args=[case.number, 1]) in shown
    assert reverse("minimtv:version", args=[case.number, 1]) in shown
    assert "Rebild Kommune</a>: tilslutning" in shown


def test_a_blocked_decision_stands_in_words_with_what_is_missing(world: World) -> None:
    case = scenario.closed_dialogue_case(world)
    route(case=case, viewer=world.viewer("contact"), code="route_to_local_forum")
    shown = signed_in(world, "local_chair").get(url(case, "decide")).content.decode()
    assert 'value="local_pursue"' not in shown
    assert "Mini-MTV mangler: 26 spørgsmål ubesvaret" in shown


@pytest.mark.parametrize("role", ["psg_member", "local_chair", "secretariat", "leader"])
@pytest.mark.parametrize("route", ["decide", "publish"])
def test_only_chair_and_secretary_open_the_pages(world: World, role: str, route: str) -> None:
    case = scenario.portfolio_case(world)
    expected = 404 if role == "local_chair" else 403
    assert signed_in(world, role).get(url(case, route)).status_code == expected


def test_a_half_filled_draft_is_kept(world: World) -> None:
    case = scenario.portfolio_case(world)
    posted = typed(kind="", text="Vi hælder til ja.", reason="", decided_on="") | {"save": "1"}
    answer = signed_in(world, "psg_chair").post(url(case, "decide"), posted, follow=True)
    assert "Kladden er gemt" in answer.content.decode()
    assert Decision.unscoped.get(case=case).text == "Vi hælder til ja."


def test_publishing_asks_for_what_is_missing_and_keeps_the_rest(world: World) -> None:
    case = scenario.portfolio_case(world)
    shown = signed_in(world, "psg_chair").post(url(case, "decide"), typed(reason="")).content.decode()
    assert "Skriv begrundelsen." in shown
    assert "Opgaveflytningen godkendes." in shown
    assert TransferCase.unscoped.get(pk=case.pk).stage == "portfolio"


def test_what_is_missing_can_be_added_on_the_same_page(world: World) -> None:
    case = scenario.portfolio_case(world)
    client = signed_in(world, "psg_chair")
    shown = client.post(url(case, "decide"), typed(reason="")).context["form"]
    whole = typed(revision=str(shown["revision"].value()))
    assert client.post(url(case, "decide"), whole).headers["Location"] == url(case, "publish")


def test_publishing_is_confirmed_once_with_its_consequence(world: World) -> None:
    case = scenario.portfolio_case(world)
    client = signed_in(world, "psg_chair")
    confirmation = client.post(url(case, "decide"), typed(), follow=True).content.decode()
    assert "Godkend: Aftalen kan indgås, og 3 parter får besked." in confirmation
    assert TransferCase.unscoped.get(pk=case.pk).stage == "portfolio"
    assert "er offentliggjort" in publish(world, case)
    assert TransferCase.unscoped.get(pk=case.pk).stage == "agreement"


def test_a_confirmation_of_an_older_draft_is_refused(world: World) -> None:
    case = scenario.portfolio_case(world)
    client = signed_in(world, "psg_chair")
    client.post(url(case, "decide"), typed())
    posted = {"seen": str(case.version), "revision": "1"}
    save_decision(case=case, viewer=world.viewer("psg_secretary"), text="Noget andet.")
    shown = client.post(url(case, "publish"), posted).content.decode()
    assert "Kladden er ændret af en anden" in shown
    assert Decision.unscoped.get(case=case).state == DecisionState.DRAFT


def test_two_at_work_on_a_draft_see_both_texts_and_lose_nothing(world: World) -> None:
    case = scenario.portfolio_case(world)
    save_decision(case=case, viewer=world.viewer("psg_secretary"), text="Sekretærens tekst.")
    client = signed_in(world, "psg_chair")
    first = client.post(url(case, "decide"), typed(text="Formandens tekst.") | {"save": "1"})
    shown = first.content.decode()
    assert "Sekretærens tekst." in shown
    assert "Formandens tekst." in shown
    assert Decision.unscoped.get(case=case).text == "Sekretærens tekst."
    again = typed(text="Formandens tekst.", revision=str(first.context["form"]["revision"].value())) | {"save": "1"}
    client.post(url(case, "decide"), again)
    assert Decision.unscoped.get(case=case).text == "Formandens tekst."


def test_a_day_to_come_is_refused(world: World) -> None:
    tomorrow = f"{localdate() + timedelta(days=1):%d.%m.%Y}"
    case = scenario.portfolio_case(world)
    shown = signed_in(world, "psg_chair").post(url(case, "decide"), typed(decided_on=tomorrow)).content.decode()
    assert "Datoen er ikke kommet endnu" in shown


@pytest.mark.parametrize(
    ("kind", "days", "message"),
    [("approve", 10, "Fjern fristen"), ("adjourn", -1, "Fristen skal ligge efter"), ("adjourn", 10, "")],
)
def test_a_deadline_belongs_to_what_is_asked_for(world: World, kind: str, days: int, message: str) -> None:
    day = f"{localdate() + timedelta(days=days):%d.%m.%Y}"
    case = scenario.portfolio_case(world)
    answer = signed_in(world, "psg_chair").post(url(case, "decide"), typed(kind=kind, asked_by_deadline=day))
    assert (message in answer.content.decode()) if message else answer.status_code == 302


def test_a_cpr_number_is_refused_and_the_rest_kept(world: World) -> None:
    case = scenario.portfolio_case(world)
    posted = typed(reason="Patienten 010190-1234 ønsker det.")
    shown = signed_in(world, "psg_chair").post(url(case, "decide"), posted).content.decode()
    assert "CPR-nummer" in shown
    assert "Opgaveflytningen godkendes." in shown
    assert not Decision.unscoped.filter(case=case).exists()


def test_a_correction_is_published_and_stands_beside_the_old_text(world: World) -> None:
    case = scenario.agreement_case(world)
    old = Decision.unscoped.get(case=case)
    posted = {"text": "Godkendes fra 1. marts.", "reason": "Datoen manglede.", "decided_on": f"{localdate():%d.%m.%Y}"}
    client = signed_in(world, "psg_secretary")
    shown = client.post(url(case, "correct", old.pk), posted, follow=True).content.decode()
    assert "Godkendes fra 1. marts." in shown
    assert "Forummet besluttede." in shown
    assert f"#beslutning-{old.pk}" in shown


@pytest.mark.parametrize("role", ["psg_member", "das_chair", "secretariat", "leader"])
def test_only_the_deciding_forum_may_correct(world: World, role: str) -> None:
    case = scenario.agreement_case(world)
    old = Decision.unscoped.get(case=case)
    assert signed_in(world, role).get(url(case, "correct", old.pk)).status_code == 403
    shown = signed_in(world, role).get(url(case, "treatment")).content.decode()
    assert url(case, "correct", old.pk) not in shown


def test_a_decision_of_another_case_is_not_found(world: World) -> None:
    first, second = scenario.agreement_case(world), scenario.agreement_case(world)
    foreign = Decision.unscoped.get(case=second)
    assert signed_in(world, "psg_chair").get(url(first, "correct", foreign.pk)).status_code == 404


@pytest.mark.parametrize("adjournments", [1, 3])
def test_the_tab_keeps_within_its_budget_of_queries(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries, adjournments: int
) -> None:
    case = scenario.portfolio_case(world)
    for _ in range(adjournments):
        scenario.decide(world, case, "adjourn")
    client = signed_in(world, "psg_chair")
    with django_assert_max_num_queries(BUDGET):
        assert client.get(url(case, "treatment")).status_code == 200


@pytest.mark.parametrize("route", ["decide", "publish"])
def test_recording_keeps_within_its_budget_of_queries(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries, route: str
) -> None:
    case = scenario.portfolio_case(world)
    save_decision(
        case=case, viewer=world.viewer("psg_chair"), kind="approve", text="Ja.", reason="Godt.", decided_on=localdate()
    )
    client = signed_in(world, "psg_chair")
    with django_assert_max_num_queries(BUDGET):
        assert client.get(url(case, route)).status_code == 200


def test_chair_and_secretary_of_the_forum_are_asked_to_record(world: World) -> None:
    case = scenario.portfolio_case(world)
    assert [t.what for t in todos_about_cases(world.viewer("psg_chair"))] == ["Registrér beslutning"]
    for role in ("psg_member", "das_chair", "local_secretary", "contact"):
        assert todos_about_cases(world.viewer(role)) == []
    save_decision(case=case, viewer=world.viewer("psg_chair"), kind="approve")
    assert "der er en kladde" in todos_about_cases(world.viewer("psg_secretary"))[0].what


def test_an_adjourned_case_is_due_when_the_forum_asked_for_it(world: World) -> None:
    case, due = scenario.portfolio_case(world), localdate() + timedelta(days=20)
    client = signed_in(world, "psg_chair")
    client.post(url(case, "decide"), typed(kind="adjourn", asked_by_deadline=f"{due:%d.%m.%Y}"))
    publish(world, case)
    assert [t.due for t in todos_about_cases(world.viewer("psg_chair"))] == [due]


def test_the_case_says_whom_it_waits_for(world: World) -> None:
    case = TransferCase.unscoped.select_related("current_forum").get(pk=scenario.portfolio_case(world).pk)
    assert waiting(case).text == "Porteføljestyregruppen behandler sagen."
    scenario.decide(world, case, "reject")
    assert "Ikke godkendt" in waiting(case).text
    assert "ny beslutning i forummet" in waiting(case).afterwards
