"""A history somebody has tampered with behind the triggers is found."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.world import World, draft_case
from transfers.history import broken_links

pytestmark = pytest.mark.django_db


def tamper(statement: str, *values: int) -> None:
    """Run a statement as a superuser who has switched the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_an_untouched_history_holds(world: World) -> None:
    draft_case(world)
    call_command("verify_history")


def test_a_changed_fact_is_found(world: World) -> None:
    case = draft_case(world)
    tamper("UPDATE transfers_journalentry SET facts = '{}' WHERE case_id = %s AND number = 1", case.pk)
    assert broken_links(case) == [1]
    with pytest.raises(CommandError):
        call_command("verify_history")


def test_a_removed_entry_is_found(world: World) -> None:
    case = draft_case(world)
    tamper("DELETE FROM transfers_journalentry WHERE case_id = %s AND number = 1", case.pk)
    assert broken_links(case) == [2]
