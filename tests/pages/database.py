"""Looks for a text in everything that the database and the outbox hold."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection

COLUMNS = """
SELECT table_name, array_agg(quote_ident(column_name)) FROM information_schema.columns
JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
  AND data_type IN ('text', 'character varying', 'character', 'jsonb', 'json', 'ARRAY', 'uuid', 'bytea')
GROUP BY table_name ORDER BY table_name
"""


def tables() -> dict[str, list[str]]:
    """The columns that may hold text, by table."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        return dict(cursor.fetchall())


def holders(pattern: str) -> list[str]:
    """The tables, sessions and mails in which a regular expression of PostgreSQL is found."""
    found = [table for table, columns in tables().items() if holds(table, columns, pattern)]
    return found + in_sessions(pattern) + in_mails(pattern)


def holds(table: str, columns: list[str], pattern: str) -> bool:
    """Whether a table holds it."""
    parts = ", ".join(f"{column}::text" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT 1 FROM public.{table} WHERE concat_ws(' ', {parts}) ~ %s)", [pattern])
        return bool(cursor.fetchone()[0])


def in_sessions(pattern: str) -> list[str]:
    """Sessions are kept encoded."""
    return [f"session {row.pk}" for row in Session.objects.all() if matches(pattern, str(row.get_decoded()))]


def in_mails(pattern: str) -> list[str]:
    """Mails that were sent."""
    return [f"mail »{sent.subject}«" for sent in mail.outbox if matches(pattern, f"{sent.subject} {sent.body}")]


def matches(pattern: str, text: str) -> bool:
    """Whether a text holds it, as the database sees it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s ~ %s", [text.replace("\x00", ""), pattern])
        return bool(cursor.fetchone()[0])
