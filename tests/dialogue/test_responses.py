"""A party's response: draft, submission, versions, confirmation, and who sees what (rules 3 and 4)."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from core.errors import DomainError, Incomplete, NotAllowed, Stale, TextRefused
from core.freeze import digest
from dialogue.models import PartyResponse, Position, ResponseAnswer, ResponseVersion
from dialogue.responses import actions
from dialogue.responses.queries import PartyStanding, standing
from dialogue.responses.reports import document, matrix, position_counts
from tests.dialogue.said import (
    ECONOMY,
    PATIENTS,
    again,
    answer,
    dialogue_case,
    draft,
    new_version,
    party,
    submitted_case,
)
from tests.world import World
from transfers import rules
from transfers.models import JournalEntry, TransferCase
from transfers.workflow import BY_CODE

pytestmark = pytest.mark.django_db


def row_of(case: TransferCase, world: World, key: str = "aalborg") -> PartyStanding:
    return standing(again(case)).of([world.organisations[key].pk])[0]


def reaffirm(case: TransferCase, world: World, role: str, capacity_id: int | None = None) -> None:
    actions.reaffirm_response(
        case=again(case), viewer=world.viewer(role), seen=None, capacity_id=capacity_id, reason=""
    )


def test_a_draft_is_seen_by_its_own_organisation_only(world: World) -> None:
    case = dialogue_case(world)
    draft(case, world, "aalborg", reason="Foreløbig tekst")
    for role in ("aalborg_contact", "aalborg_colleague", "aalborg_deputy"):
        assert PartyResponse.visible_within(case, world.viewer(role)).count() == 1
        assert ResponseAnswer.visible_within(case, world.viewer(role)).get().text == "Foreløbig tekst"
    for role in ("rebild_contact", "contact", "leader", "secretariat", "psg_chair", "psg_member"):
        assert not PartyResponse.visible_within(case, world.viewer(role)).exists()
        assert not ResponseAnswer.visible_within(case, world.viewer(role)).exists()


def test_a_draft_leaves_no_trace_in_the_history_and_does_not_count_as_an_answer(world: World) -> None:
    case = dialogue_case(world)
    before = JournalEntry.unscoped.filter(case=case).count()
    draft(case, world, "aalborg", position="oppose", reason="Måske ikke")
    assert JournalEntry.unscoped.filter(case=case).count() == before
    now = standing(again(case))
    assert (now.progress, row_of(case, world).position) == ("0/2", None)


def test_a_submitted_response_is_frozen_and_read_by_everybody_in_the_case(world: World) -> None:
    case = dialogue_case(world)
    version = answer(case, world, "aalborg", **ECONOMY, **PATIENTS, competences="Otte af tolv")
    assert version.sha256 == digest(version.content)
    assert (version.number, version.basis_version, version.on_behalf_of.name) == (1, 1, "Aalborg Kommune")
    assert version.content["annual_cost"] == 480_000
    assert version.content["answers"] == {"competences": "Otte af tolv", "reason": "Vi er klar."}
    for role in ("rebild_contact", "contact", "leader", "secretariat", "psg_member"):
        assert ResponseVersion.visible_within(case, world.viewer(role)).get() == version
    entry = JournalEntry.unscoped.get(case=case, kind="respond")
    aalborg = party(case, world, "aalborg").pk
    assert entry.facts == {"position": "support", "version": 1, "party": aalborg}
    assert entry.on_behalf_of == world.organisations["aalborg"]


def test_a_deputy_answers_on_behalf_of_the_organisation_and_it_shows(world: World) -> None:
    case = dialogue_case(world)
    version = answer(case, world, "aalborg", role="aalborg_deputy")
    assert (version.capacity, version.submitted_by.name) == ("deputy", "aalborg_deputy")
    assert version.on_behalf_of == world.organisations["aalborg"]


@pytest.mark.parametrize("verb", ["UPDATE {} SET number = 9", "DELETE FROM {}"])
def test_a_version_is_never_changed_or_removed(world: World, verb: str) -> None:
    answer(dialogue_case(world), world, "aalborg")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format("dialogue_responseversion"))
    assert ResponseVersion.unscoped.get().number == 1


def test_revising_makes_a_new_version_and_others_read_the_old_one_until_then(world: World) -> None:
    case = dialogue_case(world)
    answer(case, world, "aalborg")
    draft(case, world, "aalborg", position="oppose", reason="Vi har fået nye tal")
    assert row_of(case, world).position == Position.SUPPORT
    answer(case, world, "aalborg", position="oppose", reason="Vi har fået nye tal")
    row = row_of(case, world)
    assert row.version is not None
    assert (row.position, row.version.number) == (Position.OPPOSE, 2)
    assert [v.number for v in ResponseVersion.visible_within(case, world.viewer("leader"))] == [1, 2]


@pytest.mark.parametrize("missing", ["position", "reason"])
def test_position_and_reason_are_needed_to_submit_but_not_to_keep_a_draft(world: World, missing: str) -> None:
    case = dialogue_case(world)
    draft(case, world, "aalborg", **{missing: ""})
    with pytest.raises(Incomplete) as refusal:
        answer(case, world, "aalborg", **{missing: "  " if missing == "reason" else ""})
    assert len(refusal.value.missing) == 1
    assert not ResponseVersion.unscoped.exists()


def test_unaffected_needs_one_line_and_economy_may_be_unknown(world: World) -> None:
    case = dialogue_case(world)
    said = {"position": "unaffected", "reason": "Ingen borgere hos os.", "economy_known": "not_yet"}
    version = answer(case, world, "aalborg", **said)
    assert (version.position, version.content["economy_known"]) == (Position.UNAFFECTED, "not_yet")


def test_taken_note_of_is_an_answer_to_egenbehandling_only(world: World) -> None:
    case = dialogue_case(world)
    with pytest.raises(DomainError, match="egenbehandling"):
        answer(case, world, "aalborg", position="noted")
    TransferCase.unscoped.filter(pk=case.pk).update(change_kind="self_care")
    assert answer(again(case), world, "aalborg", position="noted").position == Position.NOTED


@pytest.mark.parametrize("role", ["rebild_contact", "aalborg_colleague", "aalborg_signatory", "contact", "secretariat"])
def test_nobody_but_its_contact_person_answers_for_a_party(world: World, role: str) -> None:
    case = dialogue_case(world)
    with pytest.raises(NotAllowed):
        answer(case, world, "aalborg", role=role)
    with pytest.raises(NotAllowed):
        draft(case, world, "aalborg", role=role, reason="Fremmed")
    assert not PartyResponse.unscoped.exists()


def test_a_party_of_another_case_cannot_be_answered_through_this_one(world: World) -> None:
    case, other = dialogue_case(world, "aalborg"), dialogue_case(world, "aalborg")
    with pytest.raises(NotAllowed):
        actions.submit_response(
            case=case, viewer=world.viewer("aalborg_contact"), party=party(other, world, "aalborg"),
            columns={"position": "support"}, answers={"reason": "Ja"}, revision=0,
        )  # fmt: skip
    assert not PartyResponse.unscoped.exists()


def test_there_is_nothing_to_answer_before_the_dialogue_opens_or_after_the_case_has_gone_on(world: World) -> None:
    case = dialogue_case(world)
    TransferCase.unscoped.filter(pk=case.pk).update(stage="mini_mtv")
    for attempt in (draft, answer):
        with pytest.raises(NotAllowed):
            attempt(case, world, "aalborg", reason="For sent")
    assert rules.offer(BY_CODE["respond"], submitted_case(world), world.viewer("aalborg_contact")).capacities == []


def test_a_cpr_number_is_refused_by_the_name_of_its_question(world: World) -> None:
    case = dialogue_case(world)
    with pytest.raises(TextRefused) as refusal:
        draft(case, world, "aalborg", reason="Se 010190-1234", capacity="Godt")
    assert refusal.value.fields == ["reason"]
    assert not PartyResponse.unscoped.exists()


def test_the_second_of_two_people_saving_at_once_is_told(world: World) -> None:
    case = dialogue_case(world)
    first, second = world.viewer("aalborg_contact"), world.viewer("aalborg_deputy")
    aalborg = party(case, world, "aalborg")
    said: dict[str, Any] = {"case": case, "party": aalborg, "columns": {}, "revision": 0}
    actions.save_draft(viewer=first, answers={"reason": "Min tekst"}, **said)
    with pytest.raises(Stale):
        actions.save_draft(viewer=second, answers={"reason": "Din tekst"}, **said)
    with pytest.raises(Stale):
        actions.submit_response(viewer=second, answers={"reason": "Din tekst"}, **said)
    assert ResponseAnswer.unscoped.get().text == "Min tekst"


def test_after_a_new_version_the_response_stands_as_not_confirmed_until_it_is_confirmed(world: World) -> None:
    case = dialogue_case(world)
    answer(case, world, "aalborg")
    assert rules.REQUIREMENTS["response_to_older_version"](again(case)) != []
    new_version(case, world)
    row = row_of(case, world)
    assert (row.is_older, row.newest) == (True, 2)
    reaffirm(case, world, "aalborg_contact")
    row = row_of(case, world)
    assert (row.is_older, row.holds_for) == (False, 2)
    assert row.version is not None
    assert (row.version.number, row.version.basis_version) == (1, 1)
    entry = JournalEntry.unscoped.get(case=case, kind="reaffirm_response")
    assert entry.facts == {"version": 2, "party": row.party.pk}


def test_answering_anew_holds_for_the_newest_version(world: World) -> None:
    case = dialogue_case(world)
    answer(case, world, "aalborg")
    new_version(case, world)
    assert answer(case, world, "aalborg", position="conditional").basis_version == 2
    assert standing(again(case)).older == []


def test_a_party_confirms_only_its_own_response_and_only_one_that_is_older(world: World) -> None:
    case = dialogue_case(world, "aalborg", "rebild", "plo")
    answer(case, world, "aalborg")
    new_version(case, world)
    answer(case, world, "plo")
    with pytest.raises(DomainError, match="har ikke svaret endnu"):
        reaffirm(case, world, "rebild_contact")
    with pytest.raises(DomainError, match="gælder allerede"):
        reaffirm(case, world, "plo_contact")
    with pytest.raises(NotAllowed):
        reaffirm(case, world, "contact")
    assert [row.organisation.name for row in standing(again(case)).older] == ["Aalborg Kommune"]


def test_who_answers_for_several_confirms_the_one_that_is_asked(world: World) -> None:
    world.person("aalborg_contact", "deputy", "rebild")
    case = dialogue_case(world)
    answer(case, world, "rebild", role="aalborg_contact")
    new_version(case, world)
    answer(case, world, "aalborg")
    reaffirm(case, world, "aalborg_contact")
    assert standing(again(case)).older == []
    entry = JournalEntry.unscoped.get(case=case, kind="reaffirm_response")
    assert entry.on_behalf_of == world.organisations["rebild"]


def test_the_matrix_keeps_the_partys_figure_beside_the_initiators(world: World) -> None:
    case = dialogue_case(world, "aalborg", "rebild", whole=True)
    answer(case, world, "aalborg", **ECONOMY, **PATIENTS)
    answer(case, world, "rebild", patients_kind="few", patients_number=None, economy_known="not_yet")
    rebild, aalborg = matrix(case, standing(again(case)))
    assert (aalborg.patients, aalborg.differing_guess) == ("35", "420")
    assert (rebild.patients, rebild.differing_guess) == ("1–4", "")
    assert aalborg.amounts == {"one_off_cost": "60.000 kr.", "annual_cost": "480.000 kr.", "annual_saving": ""}
    assert (aalborg.is_economy_open, rebild.is_economy_open) == (False, True)
    assert set(rebild.amounts.values()) == {""}


def test_the_initiators_figure_is_not_repeated_when_the_party_agrees(world: World) -> None:
    case = dialogue_case(world, "aalborg", whole=True)
    answer(case, world, "aalborg", patients_kind="number", patients_number=420)
    assert matrix(case, standing(again(case)))[0].differing_guess == ""


def test_one_to_four_patients_cannot_be_told_apart_even_in_the_database(world: World) -> None:
    case = dialogue_case(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        draft(case, world, "aalborg", patients_kind="number", patients_number=3)


def test_positions_are_counted_with_those_who_have_not_answered(world: World) -> None:
    case = dialogue_case(world, "aalborg", "rebild", "plo", "thisted")
    answer(case, world, "aalborg")
    answer(case, world, "plo")
    answer(case, world, "rebild", position="oppose")
    counts = [(label, number) for label, number, _ in position_counts(standing(again(case)))]
    assert counts == [("tilslutning", 2), ("kan ikke tilslutte sig", 1), ("mangler", 1)]


def test_a_response_reads_as_a_document_with_what_was_answered_only(world: World) -> None:
    case = dialogue_case(world)
    version = answer(case, world, "aalborg", **ECONOMY, **PATIENTS, shared_goals="Trygge patienter")
    parts = document(version, version.response.definition)
    said = {row["label"]: row["value"] for part in parts for row in part["rows"]}
    assert said["Hvad er jeres holdning?"] == "Tilslutning"
    assert said["Hvad er jeres årlige driftsudgift?"] == "480.000 kr."
    assert said["Hvilke fælles mål foreslår I?"] == "Trygge patienter"
    assert "Hvad er jeres årlige besparelse?" not in said
    assert "Har I kapaciteten?" not in said
