"""Shared goals: written by the initiator, marked by the parties, frozen when the dialogue closes (rule 5)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from core.errors import DomainError, Incomplete, NotAllowed, Stale, TextRefused
from core.freeze import digest
from dialogue.goals.actions import mark_goals, write_goals
from dialogue.goals.queries import goals, joint_goals, newest_version, proposed
from dialogue.models import GoalsVersion, SharedGoal
from dialogue.responses.actions import add_party, close_dialogue
from tests.dialogue.said import again, answer, dialogue_case, soon
from tests.world import World
from transfers.models import JournalEntry, TransferCase
from transfers.views.desk import todos_for

pytestmark = pytest.mark.django_db
TWO = ["Ingen ventetid ved udskrivelse", "Færre genindlæggelser"]


def write(world: World, case: TransferCase, *texts: str, role: str = "leader") -> list[SharedGoal]:
    """Write the list and give it back."""
    write_goals(case=case, viewer=world.viewer(role), texts=texts or TWO)
    return goals(case)


def mark(world: World, case: TransferCase, key: str, **said: tuple[bool, str]) -> None:
    """Mark goals for a party, by their place in the list: first=(True, "")."""
    first, second = goals(case)[:2]
    places = {"first": first.pk, "second": second.pk}
    marks = {places[name]: value for name, value in said.items()}
    mark_goals(case=case, viewer=world.viewer(f"{key}_contact"), marks=marks)


def shut(world: World, case: TransferCase) -> TransferCase:
    """Answer for both parties and close the dialogue."""
    for key in ("aalborg", "rebild"):
        answer(case, world, key)
    return close_dialogue(case=case, viewer=world.viewer("contact"), seen=None, capacity_id=None, reason="")


def test_rule_05_each_party_marks_agreed_or_not_agreed_and_may_change_it(world: World) -> None:
    case = dialogue_case(world)
    write(world, case)
    mark(world, case, "aalborg", first=(True, ""), second=(False, "Vi måler det ikke i dag."))
    mark(world, case, "aalborg", second=(True, ""))
    first, second = joint_goals(case)
    assert [m.party for m in first.agreed] == [m.party for m in second.agreed] == ["Aalborg Kommune"]
    assert [m.party for m in first.silent] == ["Rebild Kommune"]
    assert not second.not_agreed
    told = JournalEntry.unscoped.filter(case=case, kind="mark_goal").order_by("number")
    assert [len(entry.facts["not_agreed"]) for entry in told] == [1, 0]


def test_rule_05_a_goal_nobody_agrees_in_stops_nothing(world: World) -> None:
    case = dialogue_case(world)
    write(world, case)
    mark(world, case, "aalborg", first=(False, "Nej."), second=(False, ""))
    assert shut(world, case).dialogue_closed_at


def test_rule_05_other_words_are_another_goal_and_must_be_marked_again(world: World) -> None:
    case = dialogue_case(world)
    write(world, case)
    mark(world, case, "aalborg", first=(True, ""), second=(True, ""))
    write(world, case, "Ny ordlyd", TWO[1])
    changed, kept = joint_goals(case)
    assert (len(changed.agreed), len(kept.agreed)) == (0, 1)
    assert SharedGoal.unscoped.filter(case=case).count() == 3


def test_rule_05_goals_are_frozen_when_the_dialogue_closes_and_open_again_with_it(world: World) -> None:
    case = dialogue_case(world)
    write(world, case)
    mark(world, case, "aalborg", first=(True, ""))
    case = shut(world, case)
    version = newest_version(case)
    assert version is not None
    assert version.sha256 == digest(version.content)
    with pytest.raises(Incomplete):
        write(world, case, "For sent")
    with pytest.raises(Incomplete):
        mark(world, case, "rebild", first=(True, ""))
    with pytest.raises(IntegrityError), transaction.atomic():
        GoalsVersion.unscoped.filter(pk=version.pk).update(number=7)
    add_party(case=case, viewer=world.viewer("contact"), organisation=world.organisations["plo"], deadline=soon())
    write(world, case, "Nyt mål", *TWO)
    assert [row.text for row in joint_goals(case)] == TWO, "what was frozen is what others read"
    answer(case, world, "plo")
    close_dialogue(case=case, viewer=world.viewer("contact"), seen=None, capacity_id=None, reason="")
    assert [row.text for row in joint_goals(case)] == ["Nyt mål", *TWO]
    assert GoalsVersion.unscoped.filter(case=case).count() == 2


def test_rule_05_who_writes_and_who_marks(world: World) -> None:
    case = dialogue_case(world)
    for role in ("colleague", "aalborg_contact", "secretariat", "other_leader"):
        with pytest.raises(NotAllowed):
            write(world, case, role=role)
    write(world, case, role="contact")
    for key in ("thisted", "plo"):
        with pytest.raises(NotAllowed):
            mark(world, case, key, first=(True, ""))


def test_a_list_that_cannot_be_kept_is_refused_in_words(world: World) -> None:
    case = dialogue_case(world)
    viewer = world.viewer("leader")
    for texts in ([], ["Samme", "Samme"], ["x" * 501], [f"Mål {n}" for n in range(21)]):
        with pytest.raises(DomainError):
            write_goals(case=case, viewer=viewer, texts=texts)
    with pytest.raises(TextRefused):
        write_goals(case=case, viewer=viewer, texts=["Borgeren 010190-1234"])
    gone = write(world, case)[0]
    write(world, case, "Noget andet")
    with pytest.raises(Stale):
        mark_goals(case=case, viewer=world.viewer("aalborg_contact"), marks={gone.pk: (True, "")})


def test_a_number_that_goes_over_from_one_line_to_the_next_is_refused_and_kept_on_the_page(
    world: World, client: Client
) -> None:
    case = dialogue_case(world)
    client.force_login(world.users["leader"])
    url = reverse("dialogue:edit_goals", args=[case.number])
    typed = "Patient 12\r\n08 74\r\n5280 er tryg."
    page = client.post(url, {"goals": typed, "seen": case.version}).content.decode()
    assert "CPR-nummer" in page
    assert "08 74" in page
    assert goals(case) == []


def test_saving_the_same_list_twice_is_one_step(world: World) -> None:
    case = dialogue_case(world)
    write(world, case)
    write(world, case)
    assert JournalEntry.unscoped.filter(case=case, kind="edit_goals").count() == 1


def test_what_the_dialoggrundlag_and_the_responses_propose_stands_ready_to_be_written(
    world: World, client: Client
) -> None:
    case = dialogue_case(world, whole=True)
    answer(case, world, "aalborg", shared_goals="Svar inden for en time\nSvar inden for en time")
    case = again(case)
    assert proposed(case)[-1] == "Svar inden for en time"
    client.force_login(world.users["contact"])
    url = reverse("dialogue:edit_goals", args=[case.number])
    assert "Svar inden for en time" in client.get(url).content.decode()
    answered = client.post(url, {"goals": "Et mål\r\n\r\nEt andet mål ", "seen": case.version})
    assert answered["Location"].endswith("#goals")
    assert [goal.text for goal in goals(case)] == ["Et mål", "Et andet mål"]


def test_the_party_marks_on_one_page_and_is_reminded_until_it_has(world: World, client: Client) -> None:
    case = dialogue_case(world)
    first, second = write(world, case)
    assert "Markér de fælles mål" in [todo.what for todo in todos_for(world.viewer("aalborg_contact"))]
    client.force_login(world.users["aalborg_contact"])
    url = reverse("dialogue:mark_goals", args=[case.number])
    only_remark = {f"remark_{first.pk}": "Hvordan måles det?", "seen": case.version}
    refused = client.post(url, only_remark).content.decode()
    assert "Vælg, om I er enige" in refused
    assert "Hvordan måles det?" in refused
    posted: dict[str, Any] = {f"goal_{first.pk}": "agreed", f"goal_{second.pk}": "not_agreed", **only_remark}
    assert client.post(url, posted).status_code == 302
    page = client.get(reverse("dialogue:parties", args=[case.number])).content.decode()
    assert "Hvordan måles det?" in page
    assert "Markér de fælles mål" not in [todo.what for todo in todos_for(world.viewer("aalborg_contact"))]
    assert client.get(f"{url}?part=999999").status_code == 404
