"""An edition goes from the secretariat to the Porteføljestyregruppe and on to DAS; each step stays as it was."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from core.errors import DomainError, NotAllowed, Stale
from notifications.models import Notice
from portfolio.annual.actions import (
    adopt_annual_status,
    decide_action_plan,
    order_annual_status,
    order_due_status,
    reword_annual_status,
    save_words,
    send_to_portfolio,
)
from portfolio.annual.queries import text_of
from portfolio.annual.tasks import order_due_annual_status
from portfolio.models import ActionPlanDecision, AnnualStatus
from portfolio.models.annual import EditionState
from tests.portfolio.annual_editions import draft, finished
from tests.portfolio.annual_years import on, plain
from tests.world import World, draft_case
from transfers.rooms import TODO_PROVIDERS

pytestmark = pytest.mark.django_db
DECIDED: dict[str, Any] = {"decided_on": date(2026, 4, 1), "text": "Handleplanens afsnit om medicin opdateres."}


def a_year(world: World) -> AnnualStatus:
    """A draft about 2025, in which one case was begun."""
    with on(2025, 5, 1):
        draft_case(world)
    with on(2026, 2, 1):
        return draft(world, 2025, date(2026, 2, 1))


def sent(world: World) -> AnnualStatus:
    """The same, sent to the Porteføljestyregruppe."""
    status = a_year(world)
    with on(2026, 2, 10):
        send_to_portfolio(viewer=world.viewer("secretariat"), status=status)
    return status


def adopted(world: World) -> AnnualStatus:
    """The edition that the Porteføljestyregruppe adopted."""
    status = sent(world)
    with on(2026, 3, 10):
        return finished(adopt(world, status))


def adopt(world: World, status: AnnualStatus, role: str = "psg_chair") -> AnnualStatus:
    """Register the adoption as somebody."""
    viewer = world.viewer(role)
    return adopt_annual_status(viewer=viewer, status=status, adopted_on=date(2026, 3, 1), text="Status vedtages.")


def decide(world: World, status: AnnualStatus, *, update_plan: bool = True, role: str = "das_chair") -> AnnualStatus:
    """Register the decision of DAS as somebody."""
    return decide_action_plan(viewer=world.viewer(role), status=status, update_plan=update_plan, **DECIDED)


def todos(world: World, role: str) -> list[str]:
    """What Mine opgaver asks of a role about the annual status."""
    found = (todo for provide in TODO_PROVIDERS for todo in provide(world.viewer(role)))
    return [todo.what for todo in found if todo.number == "Årlig status"]


def told(role: str, world: World) -> list[str]:
    """What a role was told of the annual status."""
    rows = Notice.objects.filter(user=world.users[role], key__startswith="annual:").order_by("pk")
    return list(rows.values_list("event", flat=True))


def test_rule_14_an_edition_goes_from_draft_to_adopted_to_decided_with_the_same_figures(world: World) -> None:
    first = adopted(world)
    assert (first.state, first.edition, first.is_published) == (EditionState.ADOPTED, 2, True)
    with on(2026, 4, 2):
        last = finished(decide(world, first))
    assert (last.state, last.edition) == (EditionState.DECIDED, 3)
    assert {row.facts_sha256 for row in AnnualStatus.objects.all()} == {last.facts_sha256}
    assert last.plan_decision
    assert last.plan_decision.status == first
    assert last.adoption == first.adoption


def test_rule_14_each_step_awaits_the_one_whose_it_is_and_tells_the_next(world: World) -> None:
    status = sent(world)
    assert todos(world, "psg_secretary") == ["Registrér vedtagelsen"]
    assert todos(world, "psg_member") == todos(world, "secretariat") == todos(world, "das_chair") == []
    assert told("psg_member", world) == ["Sekretariatet sendte udkastet"]
    with on(2026, 3, 2):
        edition = finished(adopt(world, status, "psg_secretary"))
    assert todos(world, "das_chair") == ["Registrér beslutningen om handleplanen"]
    assert todos(world, "psg_chair") == []
    assert told("das_secretary", world) == ["Porteføljestyregruppen vedtog den årlige status"]
    with on(2026, 4, 2):
        finished(decide(world, edition, update_plan=False))
    assert [todos(world, role) for role in ("das_chair", "psg_chair", "secretariat")] == [[], [], []]
    assert told("psg_member", world)[-1] == "Den Administrative Styregruppe behandlede den årlige status"


def test_rule_14_nobody_takes_a_step_that_is_another_s(world: World) -> None:
    status = a_year(world)
    with pytest.raises(NotAllowed):
        send_to_portfolio(viewer=world.viewer("psg_chair"), status=status)
    with on(2026, 3, 2), pytest.raises(DomainError, match="ikke sendt"):
        adopt(world, status)
    send_to_portfolio(viewer=world.viewer("secretariat"), status=status)
    for role in ("secretariat", "psg_member", "das_chair", "contact"):
        with on(2026, 3, 2), pytest.raises(NotAllowed):
            adopt(world, status, role)
    with on(2026, 4, 2), pytest.raises(DomainError, match="ikke vedtaget"):
        decide(world, status)
    with on(2026, 3, 2):
        edition = finished(adopt(world, status))
    for role in ("secretariat", "psg_chair", "das_member"):
        with on(2026, 4, 2), pytest.raises(NotAllowed):
            decide(world, edition, role=role)


def test_a_draft_that_was_overtaken_is_not_adopted(world: World) -> None:
    status = sent(world)
    with on(2026, 2, 20):
        newer = draft(world, 2025, date(2026, 2, 20))
    with on(2026, 3, 2), pytest.raises(DomainError, match="nyere udgave"):
        adopt(world, status)
    with on(2026, 3, 2), pytest.raises(DomainError, match="ikke sendt"):
        adopt(world, newer)


def test_a_decision_on_the_action_plan_is_corrected_by_a_new_one(world: World) -> None:
    first = adopted(world)
    with on(2026, 4, 2):
        final = finished(decide(world, first))
        again = finished(decide(world, final, update_plan=False))
    old, new = ActionPlanDecision.objects.order_by("pk")
    assert (new.corrects, new.status, again.plan_decision) == (old, first, new)
    assert (final.plan_decision, old.update_plan, new.update_plan) == (old, True, False)


def test_rule_14_what_was_sent_adopted_and_decided_is_never_changed(world: World) -> None:
    edition = adopted(world)
    with on(2026, 4, 2):
        finished(decide(world, edition))
    for table, column in (
        ("annualsubmission", "sent_at = now()"), ("annualadoption", "text = 'x'"),
        ("actionplandecision", "update_plan = false"), ("annualstatus", "themes = 'x'"),
    ):  # fmt: skip
        for statement in (f"UPDATE portfolio_{table} SET {column}", f"DELETE FROM portfolio_{table}"):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_next_year_s_draft_says_what_das_decided(world: World) -> None:
    edition = adopted(world)
    with on(2026, 4, 2):
        finished(decide(world, edition))
    with on(2026, 6, 1):
        following = draft(world, 2026, date(2026, 6, 1))
    assert following.facts
    (last,) = following.facts["last_year"]
    assert (last["year"], last["update_plan"], last["text"]) == (2025, True, DECIDED["text"])


# --- Words ------------------------------------------------------------------------------------------


def test_rule_14_the_words_are_open_until_an_edition_is_issued(world: World) -> None:
    status, secretariat = a_year(world), world.viewer("secretariat")
    save_words(viewer=secretariat, year=2025, words={"themes": "Medicin går igen."}, revision=0)
    assert AnnualStatus.objects.get().themes == ""
    with pytest.raises(Stale):
        save_words(viewer=secretariat, year=2025, words={"themes": "Noget andet."}, revision=0)
    assert text_of(2025).themes == "Medicin går igen."
    following = reword_annual_status(viewer=secretariat, status=status, request_key=uuid4(), summary="Et roligt år.")
    assert (following.themes, following.summary) == ("Medicin går igen.", "Et roligt år.")
    assert AnnualStatus.objects.get(edition=1).themes == ""


def test_an_adopted_edition_is_not_worded_anew(world: World) -> None:
    first = adopted(world)
    with pytest.raises(DomainError, match="nyeste udkast"):
        reword_annual_status(viewer=world.viewer("secretariat"), status=first, request_key=uuid4(), summary="Nyt.")


# --- The calendar -----------------------------------------------------------------------------------


def test_rule_14_the_draft_is_ordered_on_its_day_and_once_a_year(world: World) -> None:
    with on(2025, 5, 1):
        draft_case(world)
    with on(2026, 1, 31):
        assert order_due_status() is None
    with on(2026, 2, 1):
        order_due_annual_status()
        order_due_annual_status()
    row = AnnualStatus.objects.get()
    assert (row.year, row.edition, row.ordered_by, row.orderer) == (2025, 1, None, "systemet")
    assert row.job
    with on(2026, 12, 1):
        order_due_annual_status()
    assert AnnualStatus.objects.count() == 1
    with on(2027, 2, 1):
        order_due_annual_status()
    assert list(AnnualStatus.objects.values_list("year", flat=True)) == [2026, 2025]


def test_the_calendar_orders_nothing_where_the_secretariat_already_has(world: World) -> None:
    with on(2025, 5, 1):
        case = draft_case(world)
    with on(2026, 1, 10):
        plain("withdraw", case, world, "leader")
        secretariat = world.viewer("secretariat")
        order_annual_status(viewer=secretariat, year=2025, day=date(2026, 1, 10), request_key=uuid4())
    with on(2026, 2, 2):
        assert order_due_status() is None


# --- Pages ------------------------------------------------------------------------------------------


def signed_in(world: World, role: str) -> Client:
    """Return the browser of a role."""
    client = Client()
    client.force_login(world.users[role])
    return client


def test_the_way_to_the_final_edition_goes_over_the_pages(world: World) -> None:
    status = a_year(world)
    with on(2026, 4, 3):
        secretariat, chair, das = (signed_in(world, role) for role in ("secretariat", "psg_chair", "das_chair"))
        assert "Send til Porteføljestyregruppen" in secretariat.get(status.get_absolute_url()).content.decode()
        secretariat.post(f"{status.get_absolute_url()}send/")
        said: dict[str, Any] = {"adopted_on": "02.04.2026", "text": "Vedtaget."}
        place = f"{status.get_absolute_url()}vedtag/"
        assert "Skriv, hvad forummet besluttede." in chair.post(place, {"text": ""}).content.decode()
        assert chair.post(place, said)["Location"] == "/aarsstatus/2025/2/"
        assert "Venter på at komme i gang" in chair.get("/aarsstatus/2025/2/").content.decode()
        second = finished(AnnualStatus.objects.get(edition=2))
        said = {"update_plan": "yes", "decided_on": "03.04.2026", "text": "Ja."}
        answer = das.post("/aarsstatus/2025/2/handleplan/", said)
        assert answer["Location"] == "/aarsstatus/2025/3/"
        page = signed_in(world, "leader").get(second.get_absolute_url()).content.decode()
    assert "Vedtaget." in page
    assert "Sagerne enkeltvis" not in page


def test_everybody_reads_the_adopted_edition_without_the_single_cases(world: World) -> None:
    edition = adopted(world)
    for role, is_upper in (("leader", False), ("aalborg_contact", False), ("psg_member", True), ("secretariat", True)):
        browser = signed_in(world, role)
        page = browser.get(edition.get_absolute_url()).content.decode()
        assert ("Bilag: Sagerne enkeltvis" in page) == is_upper
        for kind, ending in (("pdf", "pdf"), ("excel", "xlsx")):
            content = b"".join(browser.get(f"{edition.get_absolute_url()}{kind}/"))
            assert content.decode().endswith(edition.file_name(ending, public=not is_upper))
            public = b"".join(browser.get(f"{edition.get_absolute_url()}offentlig/{kind}/"))
            assert public.decode().endswith(edition.file_name(ending, public=True))
        assert browser.get("/aarsstatus/2025/1/").status_code == (200 if is_upper else 404)
