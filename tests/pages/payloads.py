"""Texts that would do something if they were taken for anything but text, and planting them in the whole database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import CharField, JSONField, TextField

from core.models.guarded import GuardedModel

MARK = "planted"  # what every payload carries
MARKUP = (
    "<script data-planted>alert(1)</script>",
    '"><img data-planted src=/planted.png onerror=alert(1)>',
    "'><svg data-planted onload=alert(1)>",
    "</textarea></title></script><b data-planted>x</b>",
    '" data-planted autofocus onfocus="alert(1)',
    "' data-planted onmouseover='alert(1)",
    '<iframe data-planted srcdoc="<script>parent.alert(1)</script>"></iframe>',
    "<link data-planted rel=stylesheet href=/planted.css>",
    '<style data-planted>@import "/planted.css";</style>',
    "javascript:alert(1)//planted",
    '<a data-planted href="javascript:alert(1)">x</a>',
    "<meta data-planted http-equiv=refresh content=0;url=/planted>",
    "<base data-planted href=//planted.invalid/>",
    "<div data-planted hx-get=/planted hx-trigger=load></div>",
    "&lt;img data-planted src=x onerror=alert(1)&gt;",
    "<option data-planted selected></select><button data-planted>",
)
RUN = "864192"  # what the sums among the texts come to
TEMPLATES = (
    "{{123456*7}} {{ 123456|add:740736 }} planted",
    "{% debug %}{% include 'planted' %}",
    "${123456*7} #{123456*7} <%= 123456*7 %> planted",
    "{0.__class__.__mro__} {name!r} planted",
    "%(planted)s %s %d %%",
)
FORMULAS = (
    "=123456*7 planted", "+123456*7 planted", "-123456*7 planted", "@SUM(123456*7) planted",
    '=HYPERLINK("http://planted.invalid")', "\t=123456*7 planted",
)  # fmt: skip
PAYLOADS = (*MARKUP, *TEMPLATES, *FORMULAS)
KEPT = frozenset({"number", "email", "public_email", "municipality_code", "cvr", "sor_code", "key", "sort_key"})
PLANT = """
UPDATE "{table}" AS t SET "{column}" = left((%s::text[])[1 + mod(%s + n.row, %s)], %s) || ' ' || n.row
FROM (SELECT "{key}" AS id, row_number() OVER (ORDER BY "{key}") AS row FROM "{table}") AS n
WHERE t."{key}" = n.id AND t."{column}" <> ''
"""
SPARE = 12  # characters for the number that keeps two rows apart


def plant(payloads: tuple[str, ...] = PAYLOADS) -> int:
    """Write payloads over every text that people can write, frozen ones too; returns in how many fields."""
    places, turn = 0, count()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for model, field in text_fields():
            longest = (field.max_length or 4_000) - SPARE
            table, column, key = model._meta.db_table, field.column, model._meta.pk.column
            cursor.execute(
                PLANT.format(table=table, column=column, key=key), [list(payloads), next(turn), len(payloads), longest]
            )
            places += bool(cursor.rowcount)
        for model, field in json_fields():
            places += bool(plant_json(cursor, model, field, payloads))
        cursor.execute("SET LOCAL session_replication_role = origin")
    return places


def text_fields() -> Iterator[tuple[Any, Any]]:
    """Every field of the product that people write in."""
    for model, field in fields():
        if isinstance(field, CharField | TextField) and field.name not in KEPT | model.unguarded:
            yield model, field


def json_fields() -> Iterator[tuple[Any, Any]]:
    """Every field that keeps what people wrote together with other things."""
    return ((model, field) for model, field in fields() if isinstance(field, JSONField) and model.__name__ != "Job")


def fields() -> Iterator[tuple[type[GuardedModel], Any]]:
    """Every field without choices of the guarded models."""
    for model in apps.get_models():
        if issubclass(model, GuardedModel) and model._meta.managed:
            yield from ((model, field) for field in model._meta.concrete_fields if not field.choices)


def plant_json(cursor: Any, model: Any, field: Any, payloads: tuple[str, ...]) -> int:
    """Write payloads over the texts inside a JSON value; returns in how many rows."""
    turn = count()
    rows = list(model._base_manager.exclude(**{field.name: None}).values_list("pk", field.name))
    for key, value in rows:
        cursor.execute(
            f'UPDATE "{model._meta.db_table}" SET "{field.column}" = %s WHERE "{model._meta.pk.column}" = %s',
            [json.dumps(planted(value, payloads, turn)), key],
        )
    return len(rows)


def planted(value: Any, payloads: tuple[str, ...], turn: Iterator[int]) -> Any:
    """The same value with a payload for every text of more than a word."""
    if isinstance(value, dict):
        return {name: planted(item, payloads, turn) for name, item in value.items()}
    if isinstance(value, list):
        return [planted(item, payloads, turn) for item in value]
    is_text = isinstance(value, str) and " " in value.strip()
    return payloads[next(turn) % len(payloads)] if is_text else value
