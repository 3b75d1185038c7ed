"""Merging: proposed from one case, answered in the other; parties carried over, nothing leaked."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from contacts.enums import Function
from core.errors import DomainError, NotAllowed
from dialogue.merging.actions import accept_merge, decline_merge, propose_merge, withdraw_merge
from dialogue.models import MergeProposal, MergeState
from dialogue.responses.queries import standing
from tests.dialogue.said import again, dialogue_case
from tests.world import CASE_DATA, YES, World
from transfers import access
from transfers.actions import conclude_screening, do_plain, file_screening
from transfers.history import broken_links
from transfers.models import JournalEntry, Party, TransferCase
from transfers.views.desk import todos_for

pytestmark = pytest.mark.django_db
CHOSEN = {"seen": None, "capacity_id": None}


def municipal_case(world: World) -> TransferCase:
    """A draft of Aalborg Kommune, which the hospital sees as a party (it was once in dialogue)."""
    if "aalborg_leader" not in world.users:
        world.person("aalborg_leader", Function.LEADER, "aalborg")
    leader = world.viewer("aalborg_leader")
    data = CASE_DATA | {"title": "IV-behandling hos kommunen"}
    case = file_screening(
        viewer=leader, membership=leader.memberships[0], case_data=data, answers=dict(YES), request_key=uuid4()
    )
    case = conclude_screening(case=case, viewer=leader)
    return joined(world, case, "hospital")


def joined(world: World, case: TransferCase, key: str) -> TransferCase:
    """Make an organisation a party of a case."""
    day = localdate() + timedelta(days=9)
    party = Party(case=case, organisation=world.organisations[key], deadline=day, added_by=world.users["secretariat"])
    party.save()
    access.grant_party(party)
    return case


def propose(world: World, case: TransferCase, into: TransferCase, role: str = "contact") -> MergeProposal:
    """Propose to merge."""
    return propose_merge(case=case, viewer=world.viewer(role), into=into, reason="Det er den samme opgave.")


def sees(world: World, role: str, case: TransferCase) -> bool:
    """Whether a role sees a case."""
    return TransferCase.visible_to(world.viewer(role)).filter(pk=case.pk).exists()


def keys_of(case: TransferCase) -> set[str]:
    """The organisations that are parties of a case."""
    return {party.organisation.name for party in Party.unscoped.filter(case=case).select_related("organisation")}


def test_both_initiators_consent_and_the_parties_are_carried_over(world: World) -> None:
    into, case = municipal_case(world), dialogue_case(world, "rebild", "plo", "aalborg")
    propose(world, case, into)
    with pytest.raises(NotAllowed):
        accept_merge(case=case, viewer=world.viewer("leader"), reason="", **CHOSEN)
    with pytest.raises(NotAllowed):
        accept_merge(case=case, viewer=world.viewer("rebild_contact"), reason="", **CHOSEN)
    assert any("Skal sagen lægges ind" in todo.what for todo in todos_for(world.viewer("aalborg_leader")))
    accept_merge(case=case, viewer=world.viewer("aalborg_leader"), reason="", **CHOSEN)
    assert (case.stage, case.result) == ("closed", "merged")
    assert keys_of(into) == {"Aalborg Universitetshospital", "Rebild Kommune", "PLO Nordjylland"}
    assert sees(world, "plo_contact", into)
    deadlines = set(Party.unscoped.filter(case=into).values_list("deadline", flat=True))
    assert deadlines == {localdate() + timedelta(days=9)}, "those who join get the deadline that runs"
    assert not any(access.drift().values())
    kinds = JournalEntry.unscoped.filter(case=into).values_list("kind", flat=True)
    assert "merge_received" in kinds
    assert broken_links(into) == broken_links(case) == []


def test_the_initiator_of_the_merged_case_becomes_a_party_and_the_dialogue_waits_for_it(world: World) -> None:
    case, into = municipal_case(world), joined(world, dialogue_case(world, "rebild"), "aalborg")
    TransferCase.unscoped.filter(pk=into.pk).update(dialogue_closed_at="2026-01-01T12:00Z")
    Party.unscoped.filter(case=into, organisation=world.organisations["aalborg"]).delete()
    propose(world, case, into, "aalborg_leader")
    accept_merge(case=case, viewer=world.viewer("leader"), reason="", **CHOSEN)
    into = again(into)
    assert keys_of(into) == {"Rebild Kommune", "Aalborg Kommune"}
    assert into.dialogue_closed_at is None
    assert len(standing(into).missing) == 2


def test_only_a_case_one_sees_can_be_chosen_and_the_answer_tells_nothing(world: World, client: Client) -> None:
    hidden = municipal_case(world)
    Party.unscoped.filter(case=hidden).delete()
    access.revoke_unfounded(hidden)
    case = dialogue_case(world)
    with pytest.raises(DomainError):
        propose(world, case, hidden)
    client.force_login(world.users["contact"])
    url = reverse("dialogue:merge", args=[case.number])
    pages = []
    for number in (hidden.number, "OF-1999-9999", case.number):
        page = client.post(url, {"into": number, "reason": "Ens.", "seen": case.version}).content.decode()
        assert "Kontrollér nummeret" in page
        assert hidden.title not in page
        pages.append(page.count("Kontrollér nummeret"))
    assert len(set(pages)) == 1
    assert not MergeProposal.unscoped.exists()


def test_a_proposal_lets_the_other_initiator_see_the_case_until_it_says_no(world: World, client: Client) -> None:
    into, case = municipal_case(world), dialogue_case(world, "rebild")
    assert not sees(world, "aalborg_leader", case)
    propose(world, case, into)
    assert sees(world, "aalborg_leader", case)
    assert not any(access.drift().values())
    client.force_login(world.users["aalborg_leader"])
    page = client.get(case.get_absolute_url()).content.decode()
    assert "Det er den samme opgave." in page
    assert case.what_changes in page
    decline = reverse("transfers:act", args=[case.number, "decline_merge"])
    answered = client.post(decline, {"reason": "Vi vil gå videre selv.", "seen": again(case).version})
    assert answered["Location"] == reverse("transfers:desk"), "the case is out of sight again"
    assert not sees(world, "aalborg_leader", case)
    assert not any(access.drift().values())
    assert again(case).stage == "dialogue"
    with pytest.raises(NotAllowed):
        decline_merge(case=case, viewer=world.viewer("aalborg_leader"), reason="Igen", **CHOSEN)


def test_neither_page_tells_of_the_other_case_to_those_who_do_not_see_it(world: World, client: Client) -> None:
    into, case = municipal_case(world), dialogue_case(world, "rebild")
    propose(world, case, into)
    client.force_login(world.users["rebild_contact"])
    for name in ("transfers:case", "transfers:history"):
        page = client.get(reverse(name, args=[case.number])).content.decode()
        assert into.number not in page
        assert "sammenl" not in page.lower()
    client.force_login(world.users["contact"])
    assert into.number in client.get(case.get_absolute_url()).content.decode()
    assert case.number in client.get(into.get_absolute_url()).content.decode()


def test_a_proposal_is_taken_back_or_lapses_when_the_case_goes_on(world: World) -> None:
    into, case = municipal_case(world), dialogue_case(world, "rebild")
    first = propose(world, case, into)
    with pytest.raises(DomainError):
        propose(world, case, into)
    with pytest.raises(DomainError, match="allerede foreslået"):
        propose(world, into, case, "aalborg_leader")
    withdraw_merge(case=case, viewer=world.viewer("leader"), reason="", **CHOSEN)
    assert not sees(world, "aalborg_leader", case)
    second = propose(world, case, into)
    do_plain("withdraw", case=case, viewer=world.viewer("leader"), seen=None, reason="Ikke aktuelt.")
    states = MergeProposal.unscoped.filter(pk__in=[first.pk, second.pk]).order_by("pk").values_list("state", flat=True)
    assert list(states) == [MergeState.WITHDRAWN, MergeState.LAPSED]
    assert not sees(world, "aalborg_leader", case)
    assert not any(access.drift().values())
