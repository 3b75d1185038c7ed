"""What the database itself refuses: changing history, and changing what is published."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, migrations, transaction
from django.db.migrations.state import ProjectState
from django.db.models import Model

from core.enums import Document, QuestionKind, RequiredFor
from core.history import record_change
from core.models import FormDefinition, FormPart, FormQuestion
from core.triggers import frozen_when

pytestmark = pytest.mark.django_db
WHEN = datetime(2026, 1, 1, tzinfo=UTC)


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else TRUNCATE has waiting checks to trip on
        cursor.execute(sql)


@pytest.fixture
def published() -> FormDefinition:
    definition = FormDefinition.objects.create(document=Document.SCREENING, version=900, title="Skema")
    part = definition.parts.create(order=1, key="del", title="Del")
    part.questions.create(order=1, key="q", kind=QuestionKind.TEXT, label="Hvad?", required_for=RequiredFor.SUBMIT)
    FormDefinition.objects.filter(pk=definition.pk).update(published_at=WHEN)
    return definition


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE core_changeentry SET kind = 'x'",
        "UPDATE core_changeentry SET kind = kind",
        "DELETE FROM core_changeentry",
        "TRUNCATE core_changeentry",
        "TRUNCATE core_changeentry CASCADE",
    ],
)
def test_history_can_neither_be_changed_nor_removed(sql: str) -> None:
    record_change(subject_type="t", subject_id=1, kind="made", actor=None, facts={})
    with pytest.raises(IntegrityError, match="core_changeentry are kept as they were written"):
        run(sql)


@pytest.mark.parametrize("model", [FormDefinition, FormPart, FormQuestion])
def test_a_published_definition_is_neither_changed_nor_removed(published: FormDefinition, model: type[Model]) -> None:
    table = model._meta.db_table
    for sql in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        with pytest.raises(IntegrityError, match="is refused"):
            run(sql)


def test_nothing_is_added_to_a_published_definition(published: FormDefinition) -> None:
    with pytest.raises(IntegrityError, match="belongs to is frozen"), transaction.atomic():
        published.parts.create(order=2, key="ny", title="Ny del")
    part = published.parts.get()
    with pytest.raises(IntegrityError, match="belongs to is frozen"), transaction.atomic():
        part.questions.create(order=2, key="ny", kind=QuestionKind.TEXT, label="?", required_for="submit")


def test_nothing_is_moved_into_a_published_definition(published: FormDefinition) -> None:
    draft = FormDefinition.objects.create(document=Document.SCREENING, version=901, title="Udkast")
    part = draft.parts.create(order=5, key="ny", title="Ny del")
    with pytest.raises(IntegrityError, match="belongs to is frozen"), transaction.atomic():
        FormPart.objects.filter(pk=part.pk).update(definition=published)


def test_a_draft_definition_may_be_changed_and_removed() -> None:
    draft = FormDefinition.objects.create(document=Document.SCREENING, version=901, title="Udkast")
    draft.parts.create(order=1, key="del", title="Del")
    draft.title = "Nyt udkast"
    draft.save()
    draft.delete()
    assert not FormDefinition.objects.filter(version=901).exists()


@pytest.fixture
def trial_table() -> Iterator[str]:
    run("CREATE TABLE trial (id int, text text, closed boolean, seen boolean)")
    apply(frozen_when("trial", "OLD.closed", may_change=["seen"]))
    yield "trial"
    run("DROP TABLE trial; DROP FUNCTION trial_frozen()")


def apply(operation: migrations.RunSQL) -> None:
    with connection.schema_editor(atomic=False) as editor:
        operation.database_forwards("core", editor, ProjectState(), ProjectState())


def test_a_frozen_row_lets_the_open_columns_change_and_nothing_else(trial_table: str) -> None:
    run("INSERT INTO trial VALUES (1, 'a', true, false), (2, 'b', false, false)")
    run("UPDATE trial SET seen = true")
    run("UPDATE trial SET text = 'c' WHERE id = 2")
    with pytest.raises(IntegrityError, match="this row of trial is frozen"):
        run("UPDATE trial SET text = 'c', seen = false WHERE id = 1")
    with pytest.raises(IntegrityError, match="DELETE is refused"):
        run("DELETE FROM trial WHERE id = 1")


def test_the_operation_can_be_taken_back(trial_table: str) -> None:
    run("INSERT INTO trial VALUES (1, 'a', true, false)")
    operation = frozen_when("trial", "OLD.closed")
    run("DROP TRIGGER trial_frozen ON trial; DROP TRIGGER trial_no_truncate ON trial")
    apply(operation)
    with connection.schema_editor(atomic=False) as editor:
        operation.database_backwards("core", editor, ProjectState(), ProjectState())
    run("UPDATE trial SET text = 'd'")
    apply(frozen_when("trial", "OLD.closed"))
