"""Deadlines of agreements and opinions: reminded of once before and once after, and the same in Mine opgaver."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from core.workdays import add_working_days
from notifications.models import Notice
from portfolio.agreements.actions import await_political, decline_agreement
from portfolio.agreements.deadlines import agreement_deadlines
from portfolio.models import AgreementVersion
from portfolio.opinions.actions import ask_opinion, give_opinion
from portfolio.opinions.deadlines import opinion_deadlines
from portfolio.overview.queries import portfolio_of
from tests import scenario
from tests.world import World
from transfers.actions.reminding import remind
from transfers.models import TransferCase
from transfers.reminders import open_deadlines
from transfers.views.desk import todos_for

pytestmark = pytest.mark.django_db
SIGNATORIES = ("hospital_signatory", "aalborg_signatory", "rebild_signatory", "plo_signatory")


def version(case: TransferCase) -> AgreementVersion:
    return AgreementVersion.unscoped.filter(agreement__case=case).latest("number")


def told(event: str) -> list[tuple[str, str]]:
    """Who was told something that begins like this, and where it leads."""
    rows = Notice.objects.filter(event__startswith=event).select_related("user").order_by("user__name")
    return [(notice.user.name, notice.path) for notice in rows]


def names(event: str) -> list[str]:
    return [name for name, _ in told(event)]


def unready_case(world: World) -> TransferCase:
    """Hospital, Aalborg and Rebild have confirmed; nobody has reported ready."""
    case = scenario.issued_case(world)
    scenario.confirm(world, case, "hospital", "aalborg", "rebild")
    return case


def opinion_case(world: World) -> TransferCase:
    """In samarbejdsforum; another hospital's forum is asked until two weeks from now."""
    world.forum("other", "Samarbejdsforum Vendsyssel", "local", world.organisations["other_hospital"])
    world.person("other_chair", "chair", "region", "other", "region")
    world.person("other_member", "member", "aalborg", "other", "municipalities")
    case = scenario.local_forum_case(world)
    due = add_working_days(localdate(), 10)
    ask_opinion(case=case, viewer=world.viewer("contact"), forum=world.forums["other"], question="Ja?", deadline=due)
    return case


def test_rule_12_each_signatory_is_reminded_to_answer_the_agreement_and_the_initiator_told_once_after(
    world: World,
) -> None:
    case = scenario.issued_case(world)
    due, answer = version(case).confirm_by, reverse("portfolio:agreement_answer", args=[case.number])
    scenario.confirm(world, case, "aalborg")
    assert remind(add_working_days(due, -4)) == 0
    remind(add_working_days(due, -3))
    owing = [name for name in sorted(SIGNATORIES) if name != "aalborg_signatory"]
    assert told("Påmindelse: Bekræft aftalen, version 1") == [(name, answer) for name in owing]
    assert remind(due) == 0
    scenario.confirm(world, case, "plo")
    late = add_working_days(due, 1)
    remind(late)
    assert names("Overskredet: Bekræft aftalen, version 1") == ["hospital_signatory", "rebild_signatory"]
    page = reverse("portfolio:agreement", args=[case.number])
    assert told("Overskredet: Svar på aftalen mangler") == [(n, page) for n in ("contact", "deputy", "leader")]
    assert remind(late) == remind(add_working_days(late, 1)) == 0


def test_rule_12_who_waits_for_a_political_decision_is_reminded_of_that_day_instead(world: World) -> None:
    case = scenario.issued_case(world)
    until = add_working_days(version(case).confirm_by, 15)
    await_political(case=case, viewer=world.viewer("rebild_signatory"), until=until)
    remind(version(case).confirm_by)
    assert "rebild_signatory" not in names("Påmindelse")
    remind(until)
    assert names("Påmindelse: Svar efter den politiske behandling") == ["rebild_signatory"]


def test_rule_12_a_new_version_asks_anew_and_who_has_declined_is_left_in_peace(world: World) -> None:
    case = scenario.issued_case(world)
    decline_agreement(case=case, viewer=world.viewer("rebild_signatory"), reason="Vi mangler kapacitet.")
    remind(version(case).confirm_by)
    first = names("Påmindelse: Bekræft aftalen")
    assert first == ["aalborg_signatory", "hospital_signatory", "plo_signatory"]
    scenario.issue_anew(world, case)
    remind(version(case).confirm_by)
    assert names("Påmindelse: Bekræft aftalen, version 2") == sorted(SIGNATORIES)


def test_rule_12_receivers_are_reminded_to_report_ready_before_the_start_date(world: World) -> None:
    start = localdate() + timedelta(days=90)
    case = scenario.issued_case(world, start_date=start)
    due, ready = version(case).ready_by, reverse("portfolio:agreement_ready", args=[case.number])
    assert due == add_working_days(start, -5)
    assert "Meld klar" not in {deadline.what for deadline in agreement_deadlines(due)}  # nothing holds yet
    scenario.confirm(world, case, "hospital", "aalborg", "rebild", "plo")
    scenario.make_ready(world, case, "rebild")
    remind(due)
    assert told("Påmindelse: Meld klar") == [("aalborg_contact", ready), ("aalborg_deputy", ready)]
    remind(add_working_days(due, 1))
    assert names("Overskredet: Meld klar") == ["aalborg_contact", "aalborg_deputy"]
    assert names("Overskredet: Klarmelding mangler") == ["contact", "deputy", "leader"]


def test_an_asked_forum_is_reminded_of_its_opinion_and_the_initiator_told_after(world: World) -> None:
    case = opinion_case(world)
    due = add_working_days(localdate(), 10)
    place = reverse("portfolio:give_opinion", args=[case.number])
    remind(due)
    assert told("Påmindelse: Afgiv udtalelse (Samarbejdsforum Vendsyssel)") == [("other_chair", place)]
    remind(add_working_days(due, 1))
    assert names("Overskredet: Afgiv udtalelse") == ["contact", "deputy", "leader", "other_chair"]
    give_opinion(case=case, viewer=world.viewer("other_chair"), answer="agrees", text="Vi er enige.")
    assert list(opinion_deadlines(due + timedelta(days=99))) == []


def test_mine_opgaver_says_the_same_day_as_the_reminder(world: World) -> None:
    for case in (unready_case(world), scenario.issued_case(world), opinion_case(world)):
        assert case.pk
    found = open_deadlines(date.max)
    asked = {(user, d.due, d.path) for d in found for user in d.people}
    assert len(asked) == 4 + 1 + 2 + 1 + 1  # signatories, PLO's, contacts of the receivers, and the forum's chair
    for user, due, path in asked:
        assert (due, path) in {(todo.due, todo.url) for todo in todos_for(world.viewer(user.name))}


def test_what_is_overdue_is_marked_where_the_parties_and_the_forum_stand(world: World, client: Client) -> None:
    issued, asked = scenario.issued_case(world), opinion_case(world)
    late = version(issued).ready_by + timedelta(days=1)
    client.force_login(world.users["leader"])
    pages = {
        reverse("portfolio:agreement", args=[issued.number]): ("Overskredet", 4 + 2),  # answers, readiness
        reverse("portfolio:treatment", args=[asked.number]): ("Mangler – frist overskredet", 1),
    }
    for page, (mark, count) in pages.items():
        assert client.get(page).content.decode().count(mark) == 0
        with time_machine.travel(late, tick=False):
            client.force_login(world.users["leader"])
            assert client.get(page).content.decode().count(mark) == count
        client.force_login(world.users["leader"])


def test_the_overview_shows_the_day_by_which_an_agreement_is_to_be_answered_or_reported_ready(world: World) -> None:
    case = scenario.issued_case(world)
    row = portfolio_of(world.viewer("psg_member")).filter(pk=case.pk)
    assert row.get().due == version(case).confirm_by
    scenario.confirm(world, case, "hospital", "rebild", "plo")
    until = localdate() + timedelta(days=70)
    await_political(case=case, viewer=world.viewer("aalborg_signatory"), until=until)
    assert row.get().due == until
    scenario.confirm(world, case, "aalborg")
    assert row.get().due == version(case).ready_by
