"""What only the owner of the database server can do: change rows with every trigger switched off."""

from __future__ import annotations

from django.db import connection


def tamper(statement: str, *values: str | int) -> None:
    """Run a statement as a superuser who has switched the triggers off, within the test's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values or None)
        cursor.execute("SET LOCAL session_replication_role = origin")
