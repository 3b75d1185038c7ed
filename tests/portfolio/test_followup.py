"""Follow-up: expected against measured, dates and reminders, and what the outcome leads to (rule 13)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from core.errors import DomainError, Incomplete, NotAllowed, Stale
from core.wording import Wording, publish, reword
from notifications.models import Notice
from portfolio.followup import queries
from portfolio.followup.actions import finish_follow_up, record_follow_up, save_follow_up, state_own_outcome
from portfolio.followup.deadlines import follow_up_deadlines
from portfolio.models import Agreement, FollowUp, Indicator, Measurement, PartyOutcome
from tests import scenario
from tests.world import World
from transfers import rules
from transfers.models import JournalEntry, TransferCase
from transfers.views.desk import todos_for

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHOLE = {"outcome": "continue", "outcome_reason": "Det går godt.", "patients_kind": "few"}


def browser(world: World, role: str) -> Client:
    """Return the browser of a role."""
    client = Client()
    client.force_login(world.users[role])
    return client


def page(world: World, role: str, case: TransferCase, route: str = "follow_up") -> str:
    """Return a page of the follow-up as a role gets it."""
    answer = browser(world, role).get(reverse(f"portfolio:{route}", args=[case.number]))
    return str(answer.content.decode())


def test_a_question_is_reworded_for_new_follow_ups_and_the_recorded_ones_keep_theirs(world: World) -> None:
    case, office = scenario.active_case(world), world.users["secretariat"]
    written = WHOLE | {"held_on": localdate(), "went_well": "Alt."}
    save_follow_up(case=case, viewer=world.viewer("leader"), values=written)
    for key, label in (("went_well", "Hvad lykkedes?"), ("own_patients", "Hvor mange patienter fik I?")):
        reword(document="follow_up", key=key, wording=Wording(label, "Kort.", "Færre indlæggelser."), by=office)
    publish(document="follow_up", by=office)
    assert "Hvad er gået godt?" in page(world, "leader", case, "follow_up_edit")
    record_follow_up(case=case, viewer=world.viewer("leader"))
    asked = page(world, "leader", case, "follow_up_edit")
    assert "Hvad lykkedes?" in asked
    assert "Færre indlæggelser." in asked
    assert "Hvor mange patienter fik I?" in page(world, "aalborg_contact", case, "follow_up_own")
    assert "Hvad er gået godt?" in page(world, "aalborg_contact", case)


def test_rule_13_expected_and_measured_values_are_compared_and_kept(world: World) -> None:
    case = scenario.active_case(world)
    first = scenario.follow_up(world, case, measured=Decimal(9))
    scenario.follow_up(world, case, measured=Decimal("12.5"))
    assert [row.is_met for row in Measurement.unscoped.order_by("follow_up__number")] == [True, False]
    Indicator.unscoped.update(expected=Decimal(5))
    shown = page(world, "aalborg_contact", case)
    for words in ("1 af 1 forventede resultater", "0 af 1 forventede", "højst 10 pct.", "12,50 pct.", "Ikke nået"):
        assert words in shown, words
    facts = JournalEntry.unscoped.filter(case=case, kind="record_follow_up").order_by("number").first()
    assert facts is not None
    assert facts.facts == {
        "follow_up": first.pk, "outcome": "continue", "indicators": 1, "measured": 1, "met": 1,
        "due": (localdate() + 180 * DAY).isoformat(), "next": (localdate() + 180 * DAY).isoformat(),
    }  # fmt: skip


def test_rule_13_a_recorded_follow_up_is_frozen_with_all_that_belongs_to_it(world: World) -> None:
    case = scenario.active_case(world)
    state_own_outcome(case=case, viewer=world.viewer("aalborg_contact"), economy_known="known", annual_cost=90_000)
    row = scenario.follow_up(world, case)
    for rows in (
        FollowUp.unscoped.filter(pk=row.pk), Measurement.unscoped.filter(follow_up=row),
        PartyOutcome.unscoped.filter(follow_up=row),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.unscoped.filter(pk=row.pk).update(outcome="end")
    with pytest.raises(IntegrityError), transaction.atomic():
        Measurement.unscoped.filter(follow_up=row).update(measured=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        PartyOutcome.unscoped.filter(follow_up=row).update(annual_cost=1)


def test_rule_13_each_party_states_its_own_figures_and_nobody_elses(world: World) -> None:
    case = scenario.issued_case(world)
    scenario.confirm(world, case, "hospital", "aalborg")
    scenario.make_ready(world, case, "aalborg")
    state_own_outcome(case=case, viewer=world.viewer("aalborg_contact"), economy_known="known", annual_cost=90_000)
    state_own_outcome(case=case, viewer=world.viewer("contact"), economy_known="not_yet", note="Opgøres i juni.")
    with pytest.raises(NotAllowed, match="gælder ikke for jer"):
        state_own_outcome(case=case, viewer=world.viewer("rebild_contact"), economy_known="known")
    scenario.follow_up(world, case)
    shown = page(world, "psg_member", case)
    for words in ("90.000 kr.", "Opgøres i juni.", "Kan ikke opgøres endnu"):
        assert words in shown, words


def test_rule_13_the_leader_and_the_contact_person_are_reminded_of_the_date(world: World) -> None:
    case = scenario.active_case(world)
    assert queries.due_on(case) == localdate() + 180 * DAY
    assert [t for t in todos_for(world.viewer("leader")) if t.what == "Følg op på aftalen"] == []
    Agreement.unscoped.update(review_dates=[localdate() + 40 * DAY, localdate() + 20 * DAY])
    for role in ("leader", "contact"):
        (todo,) = [t for t in todos_for(world.viewer(role)) if t.what == "Følg op på aftalen"]
        assert (todo.due, todo.button) == (localdate() + 20 * DAY, "Følg op")
    assert [t for t in todos_for(world.viewer("aalborg_contact")) if t.what == "Følg op på aftalen"] == []
    (deadline,) = follow_up_deadlines(localdate() + 20 * DAY)
    assert {user.name for user in deadline.people} == {"leader", "contact", "deputy"}
    assert list(follow_up_deadlines(localdate() + 19 * DAY)) == []
    scenario.follow_up(world, case)
    assert queries.due_on(case) == localdate() + 180 * DAY


def test_rule_13_a_follow_up_ends_only_when_the_last_one_says_that_the_agreement_goes_on(world: World) -> None:
    case = scenario.active_case(world)
    leader = world.viewer("leader")
    for outcome in ("", "adjust", "end"):
        if outcome:
            scenario.follow_up(world, case, outcome)
        with pytest.raises(Incomplete):
            finish_follow_up(case=case, viewer=leader, reason="Slut.")
    assert "Bring aftalen til ophør" in page(world, "leader", case)
    scenario.follow_up(world, case)
    finish_follow_up(case=case, viewer=leader, reason="Opgaven er i drift.")
    assert (case.stage, case.result) == ("closed", "follow_up_done")
    assert case.get_result_display() == "Opfølgning afsluttet – aftalen gælder"
    assert Notice.objects.filter(user=world.users["rebild_contact"], subject=str(case)).exists()
    assert rules.offers(case, leader) == []


def test_what_is_missing_is_said_and_nothing_is_recorded(world: World) -> None:
    case = scenario.active_case(world)
    leader = world.viewer("leader")
    with pytest.raises(Incomplete) as refusal:
        record_follow_up(case=case, viewer=leader)
    assert "Vælg udfaldet" in refusal.value.missing
    save_follow_up(case=case, viewer=leader, values=WHOLE | {"held_on": localdate() + DAY})
    with pytest.raises(DomainError, match="ikke kommet endnu"):
        record_follow_up(case=case, viewer=leader)
    save_follow_up(case=case, viewer=leader, values=WHOLE | {"held_on": localdate(), "outcome": "adjust"})
    with pytest.raises(Incomplete):
        record_follow_up(case=case, viewer=leader)
    with pytest.raises(Stale):
        save_follow_up(case=case, viewer=leader, values=WHOLE, revision=1)
    with pytest.raises(DomainError, match="ikke den indikator"):
        save_follow_up(case=case, viewer=leader, values=WHOLE, measured={999_999: Decimal(1)})
    assert FollowUp.unscoped.get().recorded_at is None


def test_a_person_writes_a_draft_and_records_it_on_the_page(world: World) -> None:
    case = scenario.active_case(world)
    client, address = browser(world, "leader"), reverse("portfolio:follow_up_edit", args=[case.number])
    indicator = Indicator.unscoped.get(agreement__case=case)
    typed: dict[str, Any] = {
        "held_on": f"{localdate():%d.%m.%Y}", f"maalt_{indicator.pk}": "1.250,5", "patients": "1–4", "revision": "0",
        "seen": case.version, "went_well": "Patienterne er trygge.",
    }  # fmt: skip
    assert client.post(address, typed | {"save": ""}).status_code == 302
    refused = client.post(address, typed | {"revision": "1"}).content.decode()
    assert "Vælg udfaldet." in refused
    assert "Patienterne er trygge." in refused
    done = client.post(
        address, typed | {"revision": "2", "outcome": "end", "outcome_reason": "Ingen patienter."}, follow=True
    )
    assert "Opfølgningen er registreret." in done.content.decode()
    row = FollowUp.unscoped.get(case=case)
    assert (row.is_recorded, row.patients_kind, row.patients_number) == (True, "few", None)
    assert Measurement.unscoped.get().measured == Decimal("1250.5")
    own = reverse("portfolio:follow_up_own", args=[case.number])
    answer = browser(world, "aalborg_contact").post(
        own, {"economy_known": "known", "annual_cost": "90.000", "seen": ""}, follow=True
    )
    assert "Jeres tal er gemt." in answer.content.decode()
    assert PartyOutcome.unscoped.get().annual_cost == 90_000
