"""The dialoggrundlag as actions: saving a step, what submitting needs, frozen versions (rule 3)."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localdate

from core.errors import Incomplete, NotAllowed, Stale, TextRefused
from core.freeze import digest
from core.workdays import add_working_days
from dialogue.basis.actions import ChangedMeanwhile, save_step, submit_dialogue_basis
from dialogue.basis.content import answers
from dialogue.basis.findings import changes
from dialogue.basis.progress import sum_warning
from dialogue.basis.queries import live_content, municipalities, visible_content, written
from dialogue.models import BasisVersion, DialogueBasis, PatientCount, ProposedParty
from tests.dialogue.basis_answers import fill, fill_for_forum, open_to_parties, reissue, save, submit
from tests.world import World, draft_case, screened_case
from transfers import access, rules
from transfers.actions import do_plain
from transfers.models import JournalEntry, TransferCase
from transfers.workflow import BY_CODE

pytestmark = pytest.mark.django_db


def missing(code: str, case: TransferCase) -> list[str]:
    return rules.missing_for(BY_CODE[code], case)


def test_a_step_is_saved_and_read_back_in_every_kind_of_answer(world: World) -> None:
    case = draft_case(world)
    said: dict[str, Any] = {"what_happens": "Ny\nopgave", "from_sector": "hospital", "to_sectors": ["citizen"]}
    save(case, world.viewer("leader"), "task", **said)
    save(case, world.viewer("colleague"), "economy", one_off_cost=0)
    save(case, world.viewer("contact"), "timeline", start_date=date(2031, 2, 1))
    found = written(TransferCase.unscoped.get(pk=case.pk))
    assert {key: found.value(key) for key in said} == said
    assert (found.value("one_off_cost"), found.value("start_date")) == (0, date(2031, 2, 1))
    shown = {key: answer["shown"] for key, answer in answers(live_content(case)).items()}
    assert (shown["one_off_cost"], shown["start_date"]) == ("0 kr.", "1. februar 2031")
    assert (shown["from_sector"], shown["to_sectors"]) == ("Sygehus", "Borgeren selv")


def test_saving_demands_nothing_and_leaves_other_answers_alone(world: World) -> None:
    case = draft_case(world)
    save(case, world.viewer("leader"), "task", why="Fordi")
    save(case, world.viewer("leader"), "task", what_happens="")
    assert written(case).texts["why"] == "Fordi"


@pytest.mark.parametrize("role", ["other_leader", "aalborg_contact", "secretariat", "psg_chair"])
def test_only_the_department_and_its_contact_write(world: World, role: str) -> None:
    case = draft_case(world)
    with pytest.raises(NotAllowed):
        save(case, world.viewer(role), "task", why="Nej")
    assert not DialogueBasis.unscoped.filter(case=case).exists()


def test_it_cannot_be_written_before_the_screening_says_so_or_while_the_contact_person_has_it(world: World) -> None:
    screening = screened_case(world)
    with pytest.raises(NotAllowed):
        save(screening, world.viewer("leader"), "task", why="For tidligt")
    case = draft_case(world)
    fill(world, case)
    submit(world, case)
    with pytest.raises(NotAllowed):
        save(case, world.viewer("leader"), "task", why="For sent")


def test_a_cpr_number_is_refused_by_the_name_of_its_question(world: World) -> None:
    case = draft_case(world)
    with pytest.raises(TextRefused) as refusal:
        save(case, world.viewer("leader"), "task", why="Patienten 010190-1234", what_happens="Godt")
    assert refusal.value.fields == ["why"]
    assert "010190" not in refusal.value.message
    assert written(case).texts == {}


def test_parties_are_proposed_from_the_screening_and_the_catchment(world: World) -> None:
    case = draft_case(world)
    case.screening.affected = ["municipalities", "general_practice"]
    case.screening.save()
    save(case, world.viewer("leader"), "task", why="Fordi")
    assert {name for _, name in written(case).parties} == {
        "Aalborg Kommune", "Rebild Kommune", "Thisted Kommune", "PLO Nordjylland",
    }  # fmt: skip


def test_a_municipality_with_patients_is_proposed_once_and_can_be_removed(world: World) -> None:
    case, leader = draft_case(world), world.viewer("leader")
    rebild = world.organisations["rebild"].pk
    few = [{"organisation": rebild, "kind": "few", "number": None}]
    save(case, leader, "patients", patients_by_municipality=few)
    assert [pk for pk, _ in written(case).parties] == [rebild]
    save(case, leader, "dialogue", proposed_parties=[])
    many = [{"organisation": rebild, "kind": "number", "number": 12}]
    save(case, leader, "patients", patients_by_municipality=many)
    assert written(case).parties == ()
    assert written(case).counts[0].shown == "12"


def test_one_to_four_patients_cannot_be_told_apart_even_in_the_database(world: World) -> None:
    case = draft_case(world)
    save(case, world.viewer("leader"), "task", why="Fordi")
    basis = DialogueBasis.unscoped.get(case=case)
    with pytest.raises(IntegrityError), transaction.atomic():
        PatientCount.unscoped.create(basis=basis, municipality=world.organisations["rebild"], kind="number", number=3)


def test_medical_responsibility_never_lies_with_a_municipality(world: World) -> None:
    case = draft_case(world)
    save(case, world.viewer("leader"), "task", why="Fordi")
    with pytest.raises(IntegrityError), transaction.atomic():
        DialogueBasis.unscoped.filter(case=case).update(medical_responsibility="municipality")


def test_the_patient_table_has_the_catchment_of_a_hospital_and_every_municipality_for_others(world: World) -> None:
    case = draft_case(world)
    world.organisation("far", "Skive Kommune", "municipality")
    assert "Skive Kommune" not in [name for _, name in municipalities(case)]
    case.initiator = world.organisations["plo"]
    assert "Skive Kommune" in [name for _, name in municipalities(case)]


@pytest.mark.parametrize(
    ("total", "rows", "warned"),
    [
        (24, [("number", 20), ("few", None)], False),
        (25, [("number", 20), ("few", None)], True),
        (20, [("number", 20), ("few", None)], True),
        (90, [("number", 20), ("unknown", None)], False),
        (19, [("number", 20), ("unknown", None)], True),
        (None, [("number", 20)], False),
    ],
)
def test_municipalities_that_cannot_add_up_give_a_warning(
    world: World, total: int | None, rows: list[tuple[str, int | None]], warned: bool
) -> None:
    case, keys = draft_case(world), ["aalborg", "rebild"]
    counts = [
        {"organisation": world.organisations[key].pk, "kind": kind, "number": number}
        for key, (kind, number) in zip(keys, rows, strict=False)
    ]
    save(case, world.viewer("leader"), "patients", patients_total=total, patients_by_municipality=counts)
    assert bool(sum_warning(live_content(case))) is warned


def test_submitting_names_what_is_missing(world: World) -> None:
    case = draft_case(world)
    save(case, world.viewer("leader"), "task", why="Fordi", what_happens="Noget")
    with pytest.raises(Incomplete) as refusal:
        submit(world, case)
    assert "Trin 2: Hvilken målgruppe gælder det?" in refusal.value.missing
    assert not any("Hvorfor skal det ske" in item for item in refusal.value.missing)
    assert not any("LEON" in item or "laveste effektive" in item for item in refusal.value.missing)
    assert TransferCase.unscoped.get(pk=case.pk).stage == "draft"


def test_a_light_first_step_can_be_submitted_but_is_not_ready_for_a_forum(world: World) -> None:
    case = draft_case(world)
    assert rules.REQUIREMENTS["basis_ready_for_forum"](case) == ["Dialoggrundlaget er ikke indsendt"]
    fill(world, case)
    version = submit(world, case)
    assert (case.stage, version.number) == ("submitted", 1)
    lacking = rules.REQUIREMENTS["basis_ready_for_forum"](case)
    assert "Trin 1: Hvordan løses opgaven i dag?" in lacking
    assert not any(item.startswith("Trin 5: Hvad er jeres årlige driftsudgift") for item in lacking)


def test_a_full_dialoggrundlag_is_ready_for_a_forum(world: World) -> None:
    case = draft_case(world)
    fill_for_forum(world, case)
    submit(world, case)
    assert rules.REQUIREMENTS["basis_ready_for_forum"](case) == []


def test_submitting_sets_the_deadline_opens_the_case_and_tells_the_history(world: World) -> None:
    case = draft_case(world)
    fill(world, case)
    save(case, world.viewer("leader"), "patients", target_group="Voksne med KNOGLEinfektion")
    submit(world, case)
    assert case.contact_deadline is not None
    assert case.contact_deadline > add_working_days(localdate(), 1)
    assert "knogleinfektion" in case.search_text
    assert TransferCase.visible_to(world.viewer("psg_member")).filter(pk=case.pk).exists()
    assert access.drift() == {"missing": set(), "unfounded": set()}
    entry = JournalEntry.unscoped.filter(case=case).latest("number")
    assert entry.kind == "submit_basis"
    assert (entry.facts["version"], entry.facts["patients"], entry.facts["from_sector"]) == (1, 420, "hospital")


@pytest.mark.parametrize("role", ["colleague", "contact", "deputy", "secretariat"])
def test_only_the_leader_submits(world: World, role: str) -> None:
    case = draft_case(world)
    fill(world, case)
    with pytest.raises(NotAllowed):
        submit_dialogue_basis(case=case, viewer=world.viewer(role), seen=case.version)


def test_what_was_changed_after_the_leader_read_it_is_not_submitted(world: World) -> None:
    case = draft_case(world)
    fill(world, case)
    read = DialogueBasis.unscoped.get(case=case).revision
    save(case, world.viewer("colleague"), "task", why="Noget helt andet")
    with pytest.raises(Stale):
        submit_dialogue_basis(case=case, viewer=world.viewer("leader"), seen=case.version, revision=read)
    assert not BasisVersion.unscoped.exists()


def test_a_version_is_frozen_with_its_checksum_and_the_database_refuses_changes(world: World) -> None:
    case = draft_case(world)
    fill(world, case)
    version = submit(world, case)
    stored = BasisVersion.unscoped.get(pk=version.pk)
    assert stored.is_intact
    assert stored.sha256 == digest(stored.content)
    table = BasisVersion._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for verb in ("UPDATE {} SET content = '{{}}'", "DELETE FROM {}", "TRUNCATE {} CASCADE"):
        statement = verb.format(table)
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_renamed_organisation_is_no_change_of_the_dialoggrundlag(world: World) -> None:
    case = in_dialogue(world)
    world.organisations["aalborg"].name = "Åbning Kommune"
    world.organisations["aalborg"].save()
    again = TransferCase.unscoped.get(pk=case.pk)
    assert missing("issue_version", again) == ["Der er ikke ændret noget siden version 1"]


def in_dialogue(world: World) -> TransferCase:
    case = draft_case(world)
    fill(world, case)
    submit(world, case)
    open_to_parties(world, case)
    return case


def test_a_new_version_during_the_dialogue_holds_only_what_was_changed_since(world: World) -> None:
    case = in_dialogue(world)
    save(case, world.viewer("leader"), "economy", annual_cost=2_400_000)
    assert missing("issue_version", case) == []
    second = reissue(world, case)
    first = BasisVersion.unscoped.get(basis__case=case, number=1)
    assert second.number == 2
    assert [(c.label, c.old, c.new) for c in changes(first.content, second.content)] == [
        ("Hvad er jeres årlige driftsudgift?", "0 kr.", "2.400.000 kr.")
    ]


def test_two_people_on_two_steps_do_not_disturb_each_other(world: World) -> None:
    case = draft_case(world)
    opened = save(case, world.viewer("leader"), "task", why="Første")
    save(case, world.viewer("colleague"), "patients", seen=opened, target_group="Voksne")
    save(case, world.viewer("leader"), "task", seen=opened, why="Anden")
    assert written(case).texts == {"why": "Anden", "target_group": "Voksne"}


def test_a_step_changed_meanwhile_is_refused_with_the_questions_that_differ(world: World) -> None:
    case = draft_case(world)
    opened = save(case, world.viewer("leader"), "task", why="Første", what_happens="Ens")
    save(case, world.viewer("colleague"), "task", why="Kollegaens")
    with pytest.raises(ChangedMeanwhile) as conflict:
        save(case, world.viewer("leader"), "task", seen=opened, why="Lederens", what_happens="Ens")
    assert conflict.value.keys == ["why"]
    assert written(case).texts["why"] == "Kollegaens"


def test_saving_the_same_answers_twice_is_no_conflict(world: World) -> None:
    case = draft_case(world)
    opened = save(case, world.viewer("leader"), "task", why="Samme")
    save_step(case=case, viewer=world.viewer("leader"), part="task", values={"why": "Samme"}, seen=opened - 1)
    assert DialogueBasis.unscoped.get(case=case).revision == opened


@pytest.mark.parametrize(
    ("role", "reads"),
    [
        ("leader", True), ("colleague", True), ("contact", True), ("deputy", True), ("other_leader", False),
        ("secretariat", False), ("psg_member", False), ("aalborg_contact", False), ("auditor", False),
    ],
)  # fmt: skip
def test_a_draft_is_read_only_by_those_who_write_it(world: World, role: str, reads: bool) -> None:
    case = draft_case(world)
    fill(world, case)
    viewer = world.viewer(role)
    assert DialogueBasis.visible_within(case, viewer).exists() is reads
    assert ProposedParty.visible_within(case, viewer).exists() is reads
    assert (visible_content(case, viewer) is not None) is reads


def test_others_go_on_reading_the_submitted_version_while_the_next_is_written(world: World) -> None:
    case = in_dialogue(world)
    save(case, world.viewer("leader"), "task", why="Endnu ikke sendt")
    content = visible_content(case, world.viewer("psg_member"))
    assert content is not None
    assert answers(content)["why"]["shown"] == "Svar på why"


def test_a_returned_dialoggrundlag_is_corrected_and_submitted_as_the_next_version(world: World) -> None:
    case = draft_case(world)
    fill(world, case)
    submit(world, case)
    do_plain("return_to_leader", case=case, viewer=world.viewer("contact"), seen=None, reason="Uklart hvorfor")
    save(case, world.viewer("colleague"), "task", why="Tydeligere")
    assert submit(world, case).number == 2
