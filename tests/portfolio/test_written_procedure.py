"""Written procedure: members vote before a deadline, and nobody learns what others voted until it is over (rule 9)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.timezone import localdate

from contacts.enums import Function, Side
from core.errors import DomainError, Incomplete, NotAllowed, TextRefused
from notifications.models import Notice
from portfolio.decisions.actions import save_decision
from portfolio.models import Ballot, Decision, VoteOutcome, Voter, WrittenVote
from portfolio.procedures.actions import cast_vote, close_vote, open_vote
from tests import scenario
from tests.world import World
from transfers import rooms
from transfers.actions import do_plain
from transfers.models import JournalEntry, TransferCase
from transfers.views.desk import todos_for

pytestmark = pytest.mark.django_db
SOON = timedelta(days=10)
RECOMMENDATION = "Sekretariatet indstiller, at opgaveflytningen godkendes."
PAGE = "/sager/{}/skriftlig-procedure/"


def voting_case(world: World, deadline: date | None = None) -> TransferCase:
    """In written procedure; chair, a municipality's member and a member of the initiating hospital must vote."""
    world.person("psg_hospital", Function.MEMBER, "hospital", "psg", Side.REGION)
    case = scenario.portfolio_case(world)
    start(world, case, deadline)
    return case


def start(world: World, case: TransferCase, deadline: date | None = None, role: str = "psg_secretary") -> WrittenVote:
    last_day = deadline or localdate() + SOON
    return open_vote(case=case, viewer=world.viewer(role), recommendation=RECOMMENDATION, deadline=last_day)


def vote(world: World, case: TransferCase, role: str, choice: str = "for", reason: str = "") -> Ballot:
    return cast_vote(case=case, viewer=world.viewer(role), choice=choice, reason=reason)


def close(world: World, case: TransferCase, role: str = "psg_chair") -> TransferCase:
    return close_vote(case=case, viewer=world.viewer(role), seen=None, capacity_id=None, reason="")


def pass_deadline(case: TransferCase) -> None:
    WrittenVote.unscoped.filter(case=case).update(deadline=localdate() - timedelta(days=1))
    case.refresh_from_db()


def kinds(case: TransferCase) -> list[str]:
    return list(JournalEntry.unscoped.filter(case=case).order_by("number").values_list("kind", flat=True))


def asked(world: World, role: str) -> list[str]:
    return [todo.what for todo in todos_for(world.viewer(role)) if "tem" in todo.what or "skriftlig" in todo.what]


def test_rule_09_written_unanimity_approves_at_the_last_vote(world: World) -> None:
    case = voting_case(world)
    for role in ("psg_chair", "psg_hospital", "psg_member"):
        assert case.stage == "portfolio"
        vote(world, case, role)
    assert case.stage == "agreement"
    decision = Decision.unscoped.get(case=case)
    assert (decision.kind, decision.procedure, decision.reason) == ("approve", "written", RECOMMENDATION)
    assert "psg_hospital, Aalborg Universitetshospital" in decision.conflict_note
    found = WrittenVote.unscoped.get(case=case)
    assert (found.outcome, found.decision) == (VoteOutcome.APPROVED, decision)
    assert kinds(case)[-5:] == ["cast_vote", "cast_vote", "cast_vote", "close_vote", "approve"]
    entry = JournalEntry.unscoped.filter(case=case).latest("number")
    assert entry.facts == {"decision": decision.pk, "procedure": "written", "forum": world.forums["psg"].pk}


def test_rule_09_written_silence_is_no_vote(world: World) -> None:
    case = voting_case(world)
    vote(world, case, "psg_chair")
    vote(world, case, "psg_member")
    with pytest.raises(Incomplete):
        close(world, case)
    pass_deadline(case)
    with pytest.raises(Incomplete, match="kan ikke gøres"):
        vote(world, case, "psg_hospital")
    close(world, case, "psg_secretary")
    assert case.stage == "portfolio"
    assert WrittenVote.unscoped.get(case=case).outcome == VoteOutcome.SILENCE
    assert not Decision.unscoped.filter(case=case).exists()


@pytest.mark.parametrize(("choice", "outcome"), [("against", "objection"), ("discuss", "discussion")])
def test_rule_09_written_anything_but_for_leaves_it_to_the_next_meeting(
    world: World, choice: str, outcome: str
) -> None:
    case = voting_case(world)
    with pytest.raises(DomainError, match="Skriv, hvad"):
        vote(world, case, "psg_member", choice)
    vote(world, case, "psg_member", choice, "Vi mangler tal for Rebild.")
    vote(world, case, "psg_chair")
    vote(world, case, "psg_hospital")
    assert (case.stage, case.current_forum) == ("portfolio", world.forums["psg"])
    assert WrittenVote.unscoped.get(case=case).outcome == outcome
    assert "næste møde" in rooms.waiting(TransferCase.unscoped.get(pk=case.pk)).text
    assert start(world, case).pk  # the forum may try again


def test_rule_09_written_those_in_force_at_the_opening_must_vote(world: World) -> None:
    world.person("psg_chair", Function.MEMBER, "rebild", "psg", Side.MUNICIPALITIES)
    case = voting_case(world)
    world.person("psg_late", Function.MEMBER, "plo", "psg", Side.GENERAL_PRACTICE)
    names = set(Voter.unscoped.values_list("membership__user__name", flat=True))
    assert (names, Voter.unscoped.count()) == ({"psg_chair", "psg_member", "psg_hospital"}, 3)
    for role in ("psg_late", "psg_secretary", "das_member", "contact"):
        with pytest.raises(NotAllowed):
            vote(world, case, role)
    vote(world, case, "psg_member")
    with pytest.raises(NotAllowed, match="kan ikke ændres"):
        vote(world, case, "psg_member")
    told = Notice.objects.filter(event="Startede en skriftlig procedure").values_list("user__name", flat=True)
    assert set(told) == names


def test_rule_09_written_what_is_voted_stays_hidden_until_it_is_over(world: World, client: Client) -> None:
    case = voting_case(world)
    vote(world, case, "psg_member", "against", "Vi mangler tal for Rebild.")

    def page(role: str, address: str = PAGE) -> str:
        client.force_login(world.users[role])
        return client.get(address.format(case.number)).content.decode()

    assert "Vi mangler tal for Rebild." in page("psg_member")
    for role in ("psg_chair", "psg_secretary", "psg_hospital", "das_member", "secretariat"):
        seen = page(role)
        assert "1 af 3 har stemt" in seen, role
        assert "Vi mangler tal" not in seen, role
        assert 'data-title="Stemme">Indsigelse' not in seen, role
        assert "Stemte i den skriftlige procedure" in page(role, "/sager/{}/historik/"), role
    for role in ("leader", "contact", "aalborg_contact"):
        assert "har stemt" not in page(role), role
        assert "Stemte i den" not in page(role, "/sager/{}/historik/"), role
    facts = JournalEntry.unscoped.get(case=case, kind="cast_vote").facts
    assert facts == {"vote": WrittenVote.unscoped.get(case=case).pk}
    vote(world, case, "psg_chair")
    vote(world, case, "psg_hospital")
    assert "Vi mangler tal for Rebild." in page("psg_chair")
    assert "Vi mangler tal for Rebild." not in page("leader")


def test_votes_and_voters_never_change(world: World) -> None:
    case = voting_case(world)
    vote(world, case, "psg_member", "against", "Nej tak.")
    changes: list[Any] = [
        lambda: Ballot.unscoped.update(choice="for"),
        lambda: Ballot.unscoped.all().delete(),
        lambda: Voter.unscoped.filter(membership__user__name="psg_chair").delete(),
    ]
    vote(world, case, "psg_chair")
    vote(world, case, "psg_hospital")
    changes.append(lambda: WrittenVote.unscoped.update(outcome="approved"))
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_vote_awaits_its_voters_and_then_the_chair(world: World) -> None:
    case = voting_case(world)
    assert [what[:10] for what in asked(world, "psg_member")] == ["Stem inden"]
    vote(world, case, "psg_member")
    assert asked(world, "psg_member") == []
    pass_deadline(case)
    assert asked(world, "psg_chair") == ["Afslut den skriftlige procedure"]


def test_a_vote_lapses_when_the_case_leaves_the_forum(world: World, client: Client) -> None:
    case = voting_case(world)
    do_plain("withdraw", case=case, viewer=world.viewer("leader"), seen=None, reason="Løst på anden vis.")
    assert asked(world, "psg_member") == []
    client.force_login(world.users["psg_chair"])
    assert "Bortfaldet" in client.get(PAGE.format(case.number)).content.decode()


def test_a_written_decision_comes_from_a_vote_only(world: World) -> None:
    case = scenario.portfolio_case(world)
    with pytest.raises(DomainError, match="kræver en afstemning"):
        save_decision(
            case=case, viewer=world.viewer("psg_chair"), kind="approve", text="Godkendt.", reason="God idé.",
            decided_on=localdate(), procedure="written",
        )  # fmt: skip


def test_a_vote_is_opened_with_a_recommendation_and_a_day_to_come(world: World) -> None:
    case = scenario.portfolio_case(world)
    chair = world.viewer("psg_chair")
    for text, day, refusal in (
        ("  ", localdate(), DomainError),
        (RECOMMENDATION, localdate() - timedelta(days=1), DomainError),
        ("Patienten 010190-1234 er omtalt.", localdate(), TextRefused),
    ):
        with pytest.raises(refusal):
            open_vote(case=case, viewer=chair, recommendation=text, deadline=day)
    start(world, case)
    with pytest.raises(Incomplete, match="kan ikke gøres"):
        start(world, case)
