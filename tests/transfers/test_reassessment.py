"""»Ikke nødvendigt« after a yes: the contact person sees it, and may ask the leader to conclude anew (rule 1)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from core.errors import Incomplete, NotAllowed
from notifications.models import Notice
from tests.world import World, screened_case
from transfers.actions import change_screening, conclude_screening, note_screening, request_reassessment
from transfers.models import JournalEntry, Screening, TransferCase
from transfers.views.desk import todos_for

pytestmark = pytest.mark.django_db
HOW: dict[str, Any] = {"seen": None, "capacity_id": None}


def not_needed(world: World, **answers: bool) -> TransferCase:
    stated: dict[str, Any] = {"needs_basis": False, "not_needed_reason": "Drøftet på et møde."} | answers
    return conclude_screening(case=screened_case(world, **stated), viewer=world.viewer("leader"))


def awaiting(world: World, role: str) -> list[str]:
    return [todo.what for todo in todos_for(world.viewer(role))]


def test_rule_01_the_contact_person_asks_for_a_new_assessment_and_the_leader_concludes_anew(world: World) -> None:
    case = not_needed(world)
    assert awaiting(world, "contact") == ["Se, hvorfor et dialoggrundlag ikke er nødvendigt"]
    request_reassessment(case=case, viewer=world.viewer("contact"), reason="Kommunen får nye opgaver.", **HOW)
    assert (case.stage, case.result) == ("screening", "")
    assert awaiting(world, "contact") == []
    assert awaiting(world, "leader") == ["Afslut den indledende vurdering"]
    entry = JournalEntry.unscoped.filter(case=case).latest("number")
    assert (entry.kind, entry.note.text) == ("request_reassessment", "Kommunen får nye opgaver.")
    told = Notice.objects.filter(key__startswith=f"{case.number}:{entry.number}:")
    assert set(told.values_list("user__name", flat=True)) == {"leader"}
    change_screening(
        case=case, viewer=world.viewer("leader"), case_data={}, answers={"needs_basis": True}, conclude=True
    )
    assert case.stage == "draft"


def test_rule_01_a_conclusion_stays_in_sight_until_it_is_seen_or_old(world: World) -> None:
    case = not_needed(world)
    note_screening(case=case, viewer=world.viewer("deputy"), reason="", **HOW)
    assert case.stage == "closed"
    assert awaiting(world, "contact") == []
    with pytest.raises(Incomplete):
        note_screening(case=case, viewer=world.viewer("contact"), reason="", **HOW)
    Screening.unscoped.filter(case=case).update(noted_at=None, concluded_at=now() - timedelta(days=31))
    assert awaiting(world, "contact") == []


def test_rule_01_three_times_no_asks_nobody_for_anything(world: World) -> None:
    case = not_needed(world, consequences=False, new_competences=False)
    assert awaiting(world, "contact") == []
    with pytest.raises(Incomplete):
        request_reassessment(case=case, viewer=world.viewer("contact"), reason="Se igen.", **HOW)


def test_rule_01_nobody_stands_in_for_the_contact_person_in_asking(world: World) -> None:
    case = not_needed(world)
    for role in ("contact", "deputy"):
        world.users[role].memberships.update(valid_to="2020-01-02")
    with pytest.raises(NotAllowed):
        request_reassessment(case=case, viewer=world.viewer("secretariat"), reason="Se igen.", **HOW)


def test_the_page_of_the_screening_leads_to_both_acts(world: World, client: Client) -> None:
    case = not_needed(world)
    client.force_login(world.users["contact"])
    page = client.get(f"/sager/{case.number}/vurdering/").content.decode()
    assert "Bed om ny vurdering" in page
    assert "Markér vurderingen som set" in page
