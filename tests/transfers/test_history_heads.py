"""What the chains alone do not show is found by the heads that are kept outside the database."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.timezone import localdate, now
from pytest_django import Settings

from core.freeze import digest
from core.history import broken_entries, record_change
from tests.scenario import submitted_case
from tests.tampering import tamper
from tests.world import World, draft_case
from transfers.actions import do_plain
from transfers.heads import kept_text, place
from transfers.history import broken_links, hashed_part
from transfers.models import JournalEntry, TransferCase
from transfers.tasks import keep_history_heads

pytestmark = pytest.mark.django_db
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """A folder of its own for the heads, which is not there yet."""
    settings.HISTORY_ROOT = root = tmp_path / "history"
    return root


def found(output: Captured) -> list[str]:
    """What the command finds; AssertionError when it does not fail."""
    output.readouterr()
    with pytest.raises(CommandError) as refusal:
        call_command("verify_history")
    lines = output.readouterr().out.splitlines()
    assert str(refusal.value) == f"Findings: {len(lines)}"
    assert refusal.value.returncode != 0
    return lines


def tomorrow(days: int = 1) -> datetime:
    """The same hour on a later day."""
    return now() + timedelta(days=days)


def recompute(case: TransferCase) -> None:
    """Change the first entry of a case and recompute all its hashes, as somebody who knows the code can."""
    previous = ""
    for entry in JournalEntry.unscoped.filter(case=case).order_by("number"):
        entry.previous_hash = previous
        if entry.number == 1:
            entry.facts = {"change_kind": "capacity"}
        entry.entry_hash = previous = digest(hashed_part(entry))
        tamper(
            "UPDATE transfers_journalentry SET facts = %s, previous_hash = %s, entry_hash = %s WHERE id = %s",
            json.dumps(entry.facts), entry.previous_hash, entry.entry_hash, entry.pk,
        )  # fmt: skip


def remove_end(case: TransferCase, number: int = 1) -> None:
    """Remove the entries of a case from a number on."""
    tamper("DELETE FROM transfers_journalentry WHERE case_id = %s AND number >= %s", case.pk, number)


def test_histories_that_went_on_hold_against_the_days_that_were_kept(world: World, output: Captured) -> None:
    case = draft_case(world)
    assert keep_history_heads()
    do_plain("withdraw", case=case, viewer=world.viewer("leader"), seen=None, reason="Løst på anden vis.")
    draft_case(world)
    with time_machine.travel(tomorrow()):
        assert keep_history_heads()
        call_command("verify_history")
    assert "every chain holds" in output.readouterr().out


@pytest.fixture
def output(capsys: Captured) -> Captured:
    """What commands write."""
    return capsys


def test_a_tampered_row_is_found(world: World, output: Captured) -> None:
    case = draft_case(world)
    keep_history_heads()
    tamper("UPDATE transfers_journalentry SET happened_on = '2001-01-01' WHERE case_id = %s AND number = 1", case.pk)
    assert found(output) == [f"{case.number}: entry 1 was changed, or one before it is gone"]


def test_a_removed_last_entry_is_found(world: World, output: Captured) -> None:
    case = draft_case(world)
    keep_history_heads()
    last = JournalEntry.unscoped.filter(case=case).count()
    remove_end(case, last)
    assert broken_links(case) == []
    assert found(output) == [f"{case.number}: entry {last}, kept on {localdate()}, is gone"]


def test_a_recomputed_chain_is_found(world: World, output: Captured) -> None:
    case, other = draft_case(world), draft_case(world)
    keep_history_heads()
    recompute(case)
    assert broken_links(case) == broken_links(other) == []
    last = JournalEntry.unscoped.filter(case=case).count()
    assert found(output) == [f"{case.number}: the chain up to entry {last} is not the one kept on {localdate()}"]


def test_a_recomputed_chain_that_has_gone_on_since_is_found(world: World, output: Captured) -> None:
    case = submitted_case(world)
    keep_history_heads()
    do_plain("withdraw", case=case, viewer=world.viewer("leader"), seen=None, reason="Løst på anden vis.")
    recompute(case)
    assert broken_links(case) == []
    assert [line.split(":")[0] for line in found(output)] == [case.number]


def test_a_whole_history_that_is_removed_is_found(world: World, output: Captured) -> None:
    case = draft_case(world)
    keep_history_heads()
    remove_end(case)
    assert found(output) == [f"{case.number}: its whole history is gone"]


def test_a_case_that_is_removed_with_its_history_is_found(world: World, output: Captured) -> None:
    case = draft_case(world)
    keep_history_heads()
    remove_end(case)
    tamper("DELETE FROM transfers_transfercase WHERE id = %s", case.pk)
    assert found(output) == [f"case with id {case.pk}: its whole history is gone"]


def test_a_new_day_does_not_make_good_what_was_removed(world: World, output: Captured) -> None:
    case, other = draft_case(world), draft_case(world)
    keep_history_heads()
    remove_end(case, 2)
    recompute(other)
    with time_machine.travel(tomorrow()):
        keep_history_heads()
        assert {line.split(":")[0] for line in found(output)} == {case.number, other.number}


def test_a_removed_end_of_the_configurations_history_is_found(world: World, output: Captured) -> None:
    for number in (1, 2):
        record_change(subject_type="t", subject_id=number, kind="made", actor=None, facts={})
    keep_history_heads()
    tamper("DELETE FROM core_changeentry WHERE number = (SELECT max(number) FROM core_changeentry)")
    assert list(broken_entries()) == []
    assert [line.split(",")[1] for line in found(output)] == [f" kept on {localdate()}"]


# --- The file -----------------------------------------------------------------------------------------


def lines() -> list[dict[str, Any]]:
    """What was kept."""
    return [json.loads(row) for row in kept_text().splitlines()]


def test_one_line_a_day_is_added_and_nothing_before_it_changes(world: World) -> None:
    case = draft_case(world)
    assert (keep_history_heads(), keep_history_heads()) == (True, False)
    first = kept_text()
    later = draft_case(world)
    with time_machine.travel(tomorrow()):
        call_command("keep_history_heads")
    assert kept_text().startswith(first)
    one, two = lines()
    assert [(line["cases"], line["entries"]) for line in (one, two)] == [(1, 2), (2, 4)]
    assert [[case_id for case_id, _, _ in line["further"]] for line in (one, two)] == [[case.pk], [later.pk]]
    assert (one["previous"], two["previous"]) == ("", one["seal"])
    assert one["day"] == localdate().isoformat()


def test_others_on_the_machine_cannot_read_or_write_the_heads(world: World, folder: Path) -> None:
    keep_history_heads()
    assert (place().stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)


def three_days(world: World) -> list[str]:
    """The lines of three days."""
    for days in range(3):
        with time_machine.travel(tomorrow(days)):
            draft_case(world)
            keep_history_heads()
    return kept_text().splitlines(keepends=True)


def test_a_line_that_is_changed_is_found(world: World, output: Captured) -> None:
    rows = three_days(world)
    changed = rows[1].replace('"cases":2', '"cases":3')
    assert changed != rows[1]
    place().write_text("".join([rows[0], changed, rows[2]]))
    with time_machine.travel(tomorrow(3)):
        assert "heads: line 2 was changed, or lines before it were taken out" in found(output)


@pytest.mark.parametrize("gone", [0, 1])
def test_a_line_that_is_taken_out_is_found(world: World, output: Captured, gone: int) -> None:
    rows = three_days(world)
    del rows[gone]
    place().write_text("".join(rows))
    with time_machine.travel(tomorrow(3)):
        assert found(output) == [f"heads: line {gone + 1} was changed, or lines before it were taken out"]


def test_a_line_that_cannot_be_read_is_found(world: World, output: Captured) -> None:
    rows = three_days(world)
    place().write_text("".join([rows[0], rows[1], "???\n"]))
    with time_machine.travel(tomorrow(3)):
        assert found(output) == ["heads: line 3 was changed, or lines before it were taken out"]


@pytest.mark.parametrize("kept", [True, False])
def test_heads_that_are_no_longer_kept_are_found(world: World, output: Captured, kept: bool) -> None:
    draft_case(world)
    if kept:
        keep_history_heads()
    with time_machine.travel(tomorrow(1)):
        call_command("verify_history")
    with time_machine.travel(tomorrow(4)):
        (line,) = found(output)
        assert "has no line of the last days" in line
        keep_history_heads()
        call_command("verify_history")


def test_the_auditor_and_the_secretariat_fetch_the_heads_and_nobody_else(world: World, client: Client) -> None:
    draft_case(world)
    keep_history_heads()
    answers = {}
    for role in ("auditor", "secretariat", "leader", "psg_chair"):
        client.force_login(world.users[role])
        answers[role] = client.get("/opslag/kontrolsummer/")
    assert {role: answer.status_code for role, answer in answers.items()} == {
        "auditor": 200, "secretariat": 200, "leader": 403, "psg_chair": 403,
    }  # fmt: skip
    assert answers["auditor"].content.decode() == kept_text()
