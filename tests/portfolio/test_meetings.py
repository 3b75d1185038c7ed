"""Meetings of the forums: planning, agenda, participants, quorum, orientations and minutes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from core.errors import DomainError, Incomplete, NotAllowed, Stale, TextRefused
from core.models import ChangeEntry
from dialogue.models import BasisVersion
from notifications.models import Notice
from portfolio.decisions.actions import correct_decision, publish_decision, save_decision
from portfolio.meetings import actions, queries
from portfolio.meetings.todos import meetings_that_wait
from portfolio.models import AgendaItem, Attendance, Decision, Meeting, MinutesApproval, Orientation
from tests import scenario
from tests.portfolio.gatherings import attend, demand, held, planned
from tests.world import World
from transfers.models import JournalEntry, TransferCase
from transfers.rooms import Todo

pytestmark = pytest.mark.django_db


def decide(
    world: World, case: TransferCase, meeting: Meeting | None, kind: str = "approve", **more: Any
) -> Decision:
    """Record and publish what was decided at a meeting."""
    chair = world.viewer("psg_chair")
    said = {"kind": kind, "text": "Besluttet.", "reason": "En god grund.", "decided_on": localdate()}
    values: dict[str, Any] = said | more
    decision = save_decision(case=case, viewer=chair, procedure="meeting", meeting=meeting, **values)
    return publish_decision(case=case, viewer=chair, decision=decision)


def waits(world: World, role: str) -> list[str]:
    """What a role is asked for."""
    found: list[Todo] = meetings_that_wait(world.viewer(role))
    return [line.what for line in found]


def told(event: str) -> set[str]:
    """Who has been told of something."""
    return set(Notice.objects.filter(event=event).values_list("user__name", flat=True))


# --- Planning and agenda --------------------------------------------------------------------------------


def test_a_meeting_is_planned_by_chair_secretary_or_secretariat_and_once_at_a_time(world: World) -> None:
    psg, begins = world.forums["psg"], now() + timedelta(days=20)
    for role in ("psg_member", "local_secretary", "contact"):
        with pytest.raises(NotAllowed):
            actions.plan_meeting(forum=psg, viewer=world.viewer(role), starts_at=begins)
    meeting = actions.plan_meeting(forum=psg, viewer=world.viewer("secretariat"), starts_at=begins)
    assert meeting.minute_taker == world.users["psg_secretary"]
    with pytest.raises(DomainError, match="allerede et møde"):
        actions.plan_meeting(forum=psg, viewer=world.viewer("psg_chair"), starts_at=begins)
    moved = actions.change_meeting(
        meeting=meeting, viewer=world.viewer("psg_chair"), revision=1, starts_at=begins, place="Hobro"
    )
    assert (moved.place, moved.revision) == ("Hobro", 2)
    with pytest.raises(Stale):
        actions.change_meeting(meeting=meeting, viewer=world.viewer("psg_chair"), revision=1, place="Skive")
    kinds = ChangeEntry.objects.filter(subject_type="portfolio.meeting").values_list("kind", flat=True)
    assert list(kinds) == ["planned", "changed"]


def test_an_item_has_the_cases_resume_and_the_versions_of_the_day_the_agenda_is_sent(world: World) -> None:
    case, meeting = scenario.portfolio_case(world), planned(world)
    item = actions.take_up(meeting=meeting, viewer=world.viewer("secretariat"), case=case)
    assert "Svar om what_happens" in item.resume
    assert (item.basis_version, item.mini_mtv_version) == (1, 1)
    newest = BasisVersion.unscoped.get(basis__case=case)
    newest.pk, newest.number = None, 2
    newest._state.adding = True
    newest.save()
    actions.send_agenda(meeting=meeting, viewer=world.viewer("psg_secretary"))
    item.refresh_from_db()
    assert item.basis_version == 2
    assert told("Dagsordenen er sendt") == {"psg_chair", "psg_member"}


def test_only_what_waits_for_the_forum_can_be_taken_up(world: World) -> None:
    case, local, meeting = scenario.portfolio_case(world), scenario.local_forum_case(world), planned(world)
    secretary = world.viewer("psg_secretary")
    assert [c.pk for c in queries.proposals(meeting, secretary).cases] == [case.pk]
    with pytest.raises(DomainError, match="ikke hos forummet"):
        actions.take_up(meeting=meeting, viewer=secretary, case=local)
    item = actions.take_up(meeting=meeting, viewer=secretary, case=case)
    assert actions.take_up(meeting=meeting, viewer=secretary, case=case).pk == item.pk
    assert not queries.proposals(meeting, secretary)
    with pytest.raises(NotAllowed):
        actions.take_up(meeting=meeting, viewer=world.viewer("psg_member"), case=case)


def test_items_are_written_moved_and_taken_off_until_the_meeting_is_held(world: World) -> None:
    meeting, secretary = planned(world), world.viewer("psg_secretary")
    with pytest.raises(Incomplete):
        actions.send_agenda(meeting=meeting, viewer=secretary)
    first = actions.add_matter(meeting=meeting, viewer=secretary, title="Mødeplan", kind="discussion")
    second = actions.add_matter(meeting=meeting, viewer=secretary, title="Økonomi")
    actions.move_item(item=second, viewer=secretary, up=True)
    assert [i.title for i in queries.agenda(meeting, secretary)] == ["Økonomi", "Mødeplan"]
    actions.change_item(item=first, viewer=secretary, revision=1, recommendation="Sekretariatet indstiller, at …")
    with pytest.raises(Stale):
        actions.change_item(item=first, viewer=secretary, revision=1, title="Andet")
    with pytest.raises(TextRefused):
        actions.change_item(item=first, viewer=secretary, presentation="Om 010190-1234.")
    actions.remove_item(item=second, viewer=secretary)
    attend(world, meeting, "psg", ("chair",))
    meeting.refresh_from_db()
    assert meeting.state == "planned"  # an apology sent before the day does not make the meeting held
    with time_machine.travel(now() + timedelta(days=11)):
        attend(world, meeting, "psg", ("chair",))
        with pytest.raises(DomainError, match="Afholdt"):
            actions.change_item(item=first, viewer=secretary, title="Andet")


def test_who_reads_an_agenda_item(world: World) -> None:
    case, meeting = scenario.local_forum_case(world), planned(world, "local")
    item = actions.take_up(meeting=meeting, viewer=world.viewer("local_secretary"), case=case)

    def readers() -> set[str]:
        roles = ("leader", "contact", "aalborg_contact", "local_member", "psg_member", "das_chair", "secretariat")
        return {role for role in roles if AgendaItem.visible_within(case, world.viewer(role)).exists()}

    assert readers() == {"local_member", "psg_member", "das_chair", "secretariat"}
    actions.change_item(item=item, viewer=world.viewer("local_secretary"), is_closed=True)
    assert readers() == {"local_member", "secretariat"}
    for role, seen in (("local_member", 1), ("secretariat", 1), ("psg_member", 0), ("contact", 0)):
        assert AgendaItem.visible_at(meeting, world.viewer(role)).count() == seen, role
        assert Meeting.visible_to(world.viewer(role)).filter(pk=meeting.pk).count() == seen, role


def test_a_meeting_called_off_sends_what_waits_on_to_the_next(world: World) -> None:
    scenario.decide(world, scenario.local_forum_case(world), "local_stop", "local")
    first = planned(world)
    actions.send_agenda(meeting=first, viewer=world.viewer("psg_secretary"))
    second = planned(world, after=timedelta(days=40))
    assert not second.items.exists()
    actions.cancel_meeting(meeting=first, viewer=world.viewer("psg_secretary"))
    assert second.items.count() == 1
    assert told("Mødet er aflyst") == {"psg_chair", "psg_member"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=first.pk).update(place="Et andet sted")


# --- Rule 8: orientations -------------------------------------------------------------------------------


def test_rule_08_an_orientation_stands_on_the_next_agenda_and_is_taken_note_of(world: World) -> None:
    meeting = planned(world)
    cases = [scenario.local_forum_case(world) for _ in range(2)]
    for case in cases:
        scenario.decide(world, case, "local_stop", "local")
    items = [item for item in queries.agenda(meeting, world.viewer("psg_member")) if item.orientation]
    assert [item.case for item in items] == cases
    secretary = world.viewer("psg_secretary")
    with pytest.raises(DomainError, match="til den er taget til efterretning"):
        actions.remove_item(item=items[0], viewer=secretary)
    actions.send_agenda(meeting=meeting, viewer=secretary)
    with pytest.raises(DomainError, match="ikke begyndt"):
        actions.note_orientations(meeting=meeting, viewer=secretary)
    with time_machine.travel(meeting.starts_at + timedelta(hours=1)):
        for role in ("secretariat", "psg_member"):
            with pytest.raises(NotAllowed):
                actions.note_orientations(meeting=meeting, viewer=world.viewer(role))
        assert actions.note_orientations(meeting=meeting, viewer=secretary, items=items[:1]) == 1
        assert actions.note_orientations(meeting=meeting, viewer=world.viewer("psg_chair")) == 1
        assert actions.note_orientations(meeting=meeting, viewer=secretary) == 0
    assert not Orientation.unscoped.filter(noted_at__isnull=True).exists()
    entry = JournalEntry.unscoped.filter(case=cases[0]).latest("number")
    assert (entry.kind, entry.forum, entry.happened_on) == ("note_orientation", world.forums["psg"], meeting.day)
    assert entry.facts == {"orientation": items[0].orientation_id, "meeting": meeting.pk}
    assert (entry.stage_from, entry.stage_to) == ("closed", "closed")
    with pytest.raises(IntegrityError), transaction.atomic():
        Orientation.unscoped.filter(case=cases[0]).update(noted_at=None, noted_by=None, noted_in=None)


def test_rule_08_an_orientation_nobody_took_note_of_goes_on_to_the_next_agenda(world: World) -> None:
    scenario.decide(world, scenario.local_forum_case(world), "local_stop", "local")
    first = planned(world)
    actions.send_agenda(meeting=first, viewer=world.viewer("psg_secretary"))
    second = planned(world, after=timedelta(days=40))
    with time_machine.travel(first.starts_at + timedelta(hours=1)):
        attend(world, first, "psg", ("chair",))
    assert [item.orientation_id is not None for item in AgendaItem.unscoped.filter(meeting=second)] == [True]


# --- Rule 9: quorum -------------------------------------------------------------------------------------


def test_rule_09_quorum_is_counted_per_side_among_chairs_and_members(world: World) -> None:
    demand(world, region=1, municipalities=1)
    case = scenario.portfolio_case(world)
    meeting = held(world, case, present=("secretary", "member"))
    assert [(line.side, line.present) for line in queries.quorum(meeting)] == [("municipalities", 1), ("region", 0)]
    with pytest.raises(Incomplete) as refusal:
        decide(world, case, meeting)
    assert refusal.value.missing == ["Region: 0 til stede, mindst 1 skal deltage"]
    assert case.stage == "portfolio"
    attend(world, meeting, "psg", ("chair", "member"))
    decision = decide(world, case, meeting)
    assert (case.stage, decision.meeting) == ("agreement", meeting)
    with pytest.raises(DomainError, match="beslutningsdygtigt"):
        attend(world, meeting, "psg", ("member",))
    assert Attendance.objects.filter(meeting=meeting, status="present").count() == 2


def test_rule_09_a_forum_that_must_be_quorate_names_the_meeting_it_decided_at(world: World) -> None:
    demand(world, region=1, general_practice=0)
    case = scenario.portfolio_case(world)
    with pytest.raises(Incomplete) as refusal:
        decide(world, case, None)
    assert refusal.value.missing == ["Vælg det møde, hvor beslutningen blev truffet"]
    wrong = {
        "another forum's": held(world, forum="local"),
        "one to come": planned(world),
    }
    for meeting in wrong.values():
        with pytest.raises(Incomplete) as refusal:
            decide(world, case, meeting)
        assert refusal.value.missing[0].startswith("Vælg et møde, som forummet har holdt")
    meeting = held(world)
    with pytest.raises(Incomplete) as refusal:
        decide(world, case, meeting, decided_on=localdate() - timedelta(days=2))
    assert "Skriv mødets dato" in refusal.value.missing[0]
    decide(world, case, meeting)
    assert AgendaItem.unscoped.filter(meeting=meeting, case=case).exists()  # so that the minutes carry it


def test_rule_09_a_forum_without_demands_may_decide_without_naming_a_meeting(world: World) -> None:
    case = scenario.portfolio_case(world)
    assert decide(world, case, None).meeting is None
    assert case.stage == "agreement"


def test_rule_09_too_few_may_adjourn_and_the_case_goes_on_the_next_agenda(world: World) -> None:
    demand(world, municipalities=1)
    case = scenario.portfolio_case(world)
    meeting, following = held(world, case, present=("chair",)), planned(world)
    decide(world, case, meeting, "adjourn")
    assert [item.case for item in AgendaItem.unscoped.filter(meeting=following)] == [case]
    later = planned(world, after=timedelta(days=50))
    assert not later.items.exists()


# --- Rule 10 and the minutes ----------------------------------------------------------------------------


def test_rule_10_a_correction_keeps_the_meeting_and_the_minutes_keep_the_decision(world: World) -> None:
    case = scenario.portfolio_case(world)
    meeting = held(world, case)
    decision = decide(world, case, meeting)
    correction = correct_decision(
        decision=decision, viewer=world.viewer("psg_chair"), text="Rettet.", reason="En fejl.", decided_on=localdate()
    )
    assert correction.meeting == meeting
    assert queries.decisions_at(meeting) == [decision]


def test_minutes_are_approved_by_click_by_those_who_took_part_and_then_frozen(world: World) -> None:
    case = scenario.portfolio_case(world)
    meeting, secretary = held(world, case), world.viewer("psg_secretary")
    item = AgendaItem.unscoped.get(meeting=meeting)
    assert waits(world, "psg_secretary") == ["Skriv referat"]
    for role in ("secretariat", "psg_member"):
        with pytest.raises(NotAllowed):
            actions.write_minutes(meeting=meeting, viewer=world.viewer(role), texts={item.pk: "Drøftet."})
    actions.write_minutes(meeting=meeting, viewer=secretary, texts={item.pk: "Drøftet."}, agenda_note="Godkendt.")
    actions.send_minutes(meeting=meeting, viewer=secretary)
    assert told("Referatet skal godkendes") == {"psg_chair", "psg_member"}
    assert waits(world, "psg_member") == waits(world, "psg_chair") == ["Godkend referat"]
    with pytest.raises(DomainError, match="Referat til godkendelse"):
        actions.write_minutes(meeting=meeting, viewer=secretary, texts={item.pk: "Noget andet."})
    with pytest.raises(NotAllowed):
        actions.approve_minutes(meeting=meeting, viewer=secretary)
    actions.approve_minutes(meeting=meeting, viewer=world.viewer("psg_member"), minutes_revision=1)
    assert waits(world, "psg_member") == []
    actions.take_back_minutes(meeting=meeting, viewer=secretary)
    actions.write_minutes(meeting=meeting, viewer=secretary, texts={item.pk: "Drøftet grundigt."})
    actions.send_minutes(meeting=meeting, viewer=secretary)
    with pytest.raises(DomainError, match="sendt igen"):
        actions.approve_minutes(meeting=meeting, viewer=world.viewer("psg_member"), minutes_revision=1)
    for role in ("psg_member", "psg_chair"):
        meeting = actions.approve_minutes(meeting=meeting, viewer=world.viewer(role), minutes_revision=2)
    assert meeting.state == "minutes_approved"
    assert {a.user.name for a in queries.approvals(meeting)} == {"psg_member", "psg_chair"}
    assert_frozen(meeting)


def assert_frozen(meeting: Meeting) -> None:
    """Assert that the database keeps the meeting and all that belongs to it."""
    for change in (
        lambda: Meeting.objects.filter(pk=meeting.pk).update(place="Et andet sted"),
        lambda: AgendaItem.unscoped.filter(meeting=meeting).update(minutes="Noget andet."),
        lambda: Attendance.objects.filter(meeting=meeting).delete(),
        lambda: MinutesApproval.objects.filter(meeting=meeting).update(approved_at=now()),
        lambda: AgendaItem(meeting=meeting, title="Et punkt til", position=9).save(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_the_secretary_closes_the_approval_after_its_deadline(world: World) -> None:
    meeting, secretary = held(world, scenario.portfolio_case(world)), world.viewer("psg_secretary")
    actions.send_minutes(meeting=meeting, viewer=secretary)
    with pytest.raises(DomainError, match="ikke udløbet"):
        actions.close_minutes(meeting=meeting, viewer=secretary)
    with time_machine.travel(now() + timedelta(days=30)):
        assert waits(world, "psg_secretary") == ["Afslut godkendelsen af referatet"]
        assert actions.close_minutes(meeting=meeting, viewer=secretary).state == "minutes_approved"


def test_the_secretary_is_asked_to_send_the_agenda_and_the_chair_where_there_is_no_secretary(world: World) -> None:
    planned(world)
    assert (waits(world, "psg_secretary"), waits(world, "psg_chair")) == (["Send dagsorden"], [])
    world.users["psg_secretary"].memberships.update(valid_to="2020-01-02")
    assert waits(world, "psg_chair") == ["Send dagsorden"]
    assert waits(world, "contact") == waits(world, "psg_member") == []
