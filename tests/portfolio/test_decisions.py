"""What a forum decides: drafts, publication, what each decision does to the case, corrections (rules 8 to 10)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from contacts.enums import ForumLevel
from core.errors import DomainError, Incomplete, NotAllowed, Stale, TextRefused
from notifications.models import Notice
from portfolio.decisions.actions import correct_decision, publish_decision, save_decision
from portfolio.models import Decision, DecisionState
from tests import scenario
from tests.world import World
from transfers.models import JournalEntry, Placement, TransferCase

pytestmark = pytest.mark.django_db
YESTERDAY = timedelta(days=1)


def draft(world: World, case: TransferCase, kind: str = "approve", role: str = "psg_chair", **values: Any) -> Decision:
    stated: dict[str, Any] = {
        "text": "Opgaveflytningen godkendes.", "reason": "Den gavner patienterne.", "decided_on": localdate(),
        "procedure": "meeting",
    } | values  # fmt: skip
    return save_decision(case=case, viewer=world.viewer(role), kind=kind, **stated)


def decided(
    world: World, case: TransferCase, kind: str = "approve", role: str = "psg_chair", **values: Any
) -> Decision:
    decision = draft(world, case, kind, role, **values)
    return publish_decision(case=case, viewer=world.viewer(role), decision=decision)


def last(case: TransferCase) -> JournalEntry:
    entry = JournalEntry.unscoped.filter(case=case).order_by("-number").select_related("note").first()
    assert entry is not None
    return entry


def told(case: TransferCase, number: int) -> set[str]:
    """The roles that got a message of an entry of the history."""
    rows = Notice.objects.filter(key__startswith=f"{case.number}:{number}:")
    return set(rows.values_list("user__name", flat=True))


def test_a_draft_leaves_the_case_and_its_history_alone(world: World) -> None:
    case = scenario.portfolio_case(world)
    before = last(case).number
    draft(world, case, text="")
    assert (case.stage, last(case).number) == ("portfolio", before)


def test_a_placement_has_one_draft_that_chair_and_secretary_share(world: World) -> None:
    case = scenario.portfolio_case(world)
    first = draft(world, case)
    second = draft(world, case, role="psg_secretary", text="Ændret af sekretæren.")
    assert (second.pk, second.revision) == (first.pk, 2)
    assert Decision.unscoped.get(case=case).text == "Ændret af sekretæren."


def test_the_database_refuses_a_second_draft(world: World) -> None:
    one = draft(world, scenario.portfolio_case(world))
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.unscoped.create(case=one.case, forum=one.forum, placement=one.placement, drafted_by=one.drafted_by)


def test_a_draft_somebody_changed_meanwhile_is_not_overwritten(world: World) -> None:
    case = scenario.portfolio_case(world)
    draft(world, case)
    with pytest.raises(Stale):
        draft(world, case, role="psg_secretary", revision=0)


@pytest.mark.parametrize("role", ["psg_member", "local_chair", "secretariat", "contact"])
def test_only_chair_and_secretary_of_the_forum_write_drafts(world: World, role: str) -> None:
    case = scenario.portfolio_case(world)
    with pytest.raises(NotAllowed):
        draft(world, case, role=role)


def test_a_forum_cannot_take_a_decision_of_another_level(world: World) -> None:
    case = scenario.local_forum_case(world)
    with pytest.raises(DomainError, match="ikke træffe den beslutning"):
        draft(world, case, kind="approve", role="local_chair")


def test_a_cpr_number_in_a_draft_is_refused(world: World) -> None:
    case = scenario.portfolio_case(world)
    with pytest.raises(TextRefused) as refusal:
        draft(world, case, conflict_note="Patienten 010190-1234 er omtalt.")
    assert refusal.value.fields == ["conflict_note"]


def test_publishing_records_the_day_the_forum_decided(world: World) -> None:
    case = scenario.portfolio_case(world)
    decision = decided(world, case, decided_on=localdate() - YESTERDAY)
    entry = last(case)
    assert (entry.kind, entry.happened_on) == ("approve", localdate() - YESTERDAY)
    assert entry.facts == {"decision": decision.pk, "procedure": "meeting", "forum": world.forums["psg"].pk}
    assert entry.note.text == "Den gavner patienterne."
    assert (decision.state, decision.published_by) == (DecisionState.PUBLISHED, world.users["psg_chair"])


@pytest.mark.parametrize("missing", ["kind", "text", "reason", "decided_on"])
def test_a_half_filled_draft_is_not_published(world: World, missing: str) -> None:
    case = scenario.portfolio_case(world)
    decision = draft(world, case)
    setattr(decision, missing, None if missing == "decided_on" else "")
    with pytest.raises(Incomplete) as refusal:
        publish_decision(case=case, viewer=world.viewer("psg_chair"), decision=decision)
    assert len(refusal.value.missing) == 1


def test_a_decision_of_tomorrow_is_not_published(world: World) -> None:
    case = scenario.portfolio_case(world)
    with pytest.raises(DomainError, match="ikke er kommet"):
        decided(world, case, decided_on=localdate() + YESTERDAY)
    assert not Decision.unscoped.filter(case=case, state=DecisionState.PUBLISHED).exists()


def test_what_was_confirmed_is_what_is_published(world: World) -> None:
    case = scenario.portfolio_case(world)
    shown = draft(world, case)
    draft(world, case, kind="reject", role="psg_secretary")
    with pytest.raises(Stale):
        publish_decision(case=case, viewer=world.viewer("psg_chair"), decision=shown)


@pytest.mark.parametrize(
    ("make", "forum", "kind", "stage", "result"),
    [
        (scenario.local_forum_case, "local", "local_pursue", "portfolio", ""),
        (scenario.local_forum_case, "local", "local_stop", "closed", "not_pursued"),
        (scenario.local_forum_case, "local", "return_to_dialogue", "dialogue", ""),
        (scenario.local_forum_case, "local", "return_to_mini_mtv", "mini_mtv", ""),
        (scenario.local_forum_case, "local", "adjourn", "local_forum", ""),
        (scenario.portfolio_case, "psg", "approve", "agreement", ""),
        (scenario.portfolio_case, "psg", "reject", "closed", "rejected"),
        (scenario.portfolio_case, "psg", "return_to_dialogue", "dialogue", ""),
        (scenario.portfolio_case, "psg", "return_to_mini_mtv", "mini_mtv", ""),
        (scenario.portfolio_case, "psg", "send_to_local_forum", "local_forum", ""),
        (scenario.portfolio_case, "psg", "escalate", "administrative", ""),
        (scenario.portfolio_case, "psg", "adjourn", "portfolio", ""),
        (scenario.administrative_case, "das", "approve", "agreement", ""),
        (scenario.administrative_case, "das", "reject", "closed", "rejected"),
        (scenario.administrative_case, "das", "return_to_portfolio", "portfolio", ""),
        (scenario.administrative_case, "das", "adjourn", "administrative", ""),
    ],
)
def test_each_decision_takes_the_case_where_the_process_says(
    world: World, make: Any, forum: str, kind: str, stage: str, result: str
) -> None:
    case = make(world)
    decision = decided(world, case, kind, f"{forum}_secretary")
    assert (case.stage, case.result) == (stage, result)
    assert decision.forum == world.forums[forum]
    assert last(case).kind == kind


@pytest.mark.parametrize(("kind", "closed"), [("return_to_dialogue", False), ("return_to_mini_mtv", True)])
def test_a_case_returned_to_the_dialogue_finds_it_open(world: World, kind: str, closed: bool) -> None:
    case = scenario.portfolio_case(world)
    decided(world, case, kind, asked_by_deadline=localdate() + timedelta(days=30))
    assert bool(case.dialogue_closed_at) is closed
    assert case.returned_by_id == world.forums["psg"].pk


def test_the_case_is_sent_to_the_hospitals_own_samarbejdsforum(world: World) -> None:
    case = scenario.portfolio_case(world)
    decision = decided(world, case, "send_to_local_forum")
    assert case.current_forum_id == world.forums["local"].pk == decision.target_forum_id


def test_of_several_own_samarbejdsfora_the_chosen_one_gets_the_case(world: World) -> None:
    second = world.forum("second", "Samarbejdsforum Hobro", ForumLevel.LOCAL, world.organisations["hospital"])
    case = scenario.portfolio_case(world)
    decided(world, case, "send_to_local_forum", target_forum=second)
    assert case.current_forum_id == second.pk


def test_a_foreign_samarbejdsforum_cannot_be_sent_the_case(world: World) -> None:
    other = world.forum("north", "Samarbejdsforum Nord", ForumLevel.LOCAL, world.organisations["other_hospital"])
    case = scenario.portfolio_case(world)
    with pytest.raises(DomainError, match="kan ikke behandle sagen"):
        decided(world, case, "send_to_local_forum", target_forum=other)
    assert case.stage == "portfolio"


def test_an_adjourned_case_can_be_decided_later_in_the_same_placement(world: World) -> None:
    case = scenario.portfolio_case(world)
    first = decided(world, case, "adjourn")
    second = decided(world, case, "approve")
    assert first.placement == second.placement
    assert Placement.unscoped.get(pk=first.placement_id).ended_by_act == "approve"


def test_leader_contact_and_parties_are_told_of_an_approval(world: World) -> None:
    case = scenario.portfolio_case(world)
    decided(world, case)
    assert {"leader", "contact", "aalborg_contact", "plo_contact"} <= told(case, last(case).number)
    assert "psg_chair" not in told(case, last(case).number)


def test_the_database_refuses_to_change_or_remove_a_published_decision(world: World) -> None:
    decision = decided(world, scenario.portfolio_case(world))
    row = Decision.unscoped.filter(pk=decision.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(text="Noget andet.")
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(state=DecisionState.DRAFT)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()
    assert row.get().text == "Opgaveflytningen godkendes."


def corrected(world: World, decision: Decision, role: str = "psg_secretary", on: date | None = None) -> Decision:
    return correct_decision(
        decision=decision, viewer=world.viewer(role), text="Godkendes fra 1. marts.", reason="Datoen manglede.",
        decided_on=on or localdate(),
    )  # fmt: skip


def test_a_correction_is_a_new_decision_that_refers_to_the_old(world: World) -> None:
    case = scenario.portfolio_case(world)
    decision = decided(world, case)
    version = TransferCase.unscoped.get(pk=case.pk).version
    new = corrected(world, decision)
    assert (new.corrects, new.kind, new.placement) == (decision, "approve", decision.placement)
    assert Decision.unscoped.get(pk=decision.pk).text == "Opgaveflytningen godkendes."
    stored = TransferCase.unscoped.get(pk=case.pk)
    assert (stored.stage, stored.version) == ("agreement", version)


def test_a_correction_is_in_the_history_and_is_told(world: World) -> None:
    case = scenario.portfolio_case(world)
    decision = decided(world, case)
    new = corrected(world, decision)
    entry = last(case)
    assert entry.kind == "decision_corrected"
    assert entry.facts == {"decision": new.pk, "corrects": decision.pk}
    assert entry.forum == world.forums["psg"]
    assert {"leader", "contact", "plo_contact"} <= told(case, entry.number)


def test_a_decision_is_corrected_once_and_then_its_correction(world: World) -> None:
    decision = decided(world, scenario.portfolio_case(world))
    first = corrected(world, decision)
    with pytest.raises(Stale):
        corrected(world, decision)
    assert corrected(world, first).corrects == first


@pytest.mark.parametrize("role", ["psg_member", "das_chair", "secretariat"])
def test_only_the_forum_that_decided_corrects(world: World, role: str) -> None:
    decision = decided(world, scenario.portfolio_case(world))
    with pytest.raises(NotAllowed):
        corrected(world, decision, role)


def test_a_draft_is_not_corrected_but_edited(world: World) -> None:
    with pytest.raises(NotAllowed):
        corrected(world, draft(world, scenario.portfolio_case(world)))


@pytest.mark.parametrize("days", [-1, 1])
def test_a_correction_lies_between_the_decision_and_today(world: World, days: int) -> None:
    decision = decided(world, scenario.portfolio_case(world))
    with pytest.raises(DomainError):
        corrected(world, decision, on=localdate() + timedelta(days=days))
    assert not Decision.unscoped.filter(corrects=decision).exists()
