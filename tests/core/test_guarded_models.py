"""No way in to the database takes a CPR number: saving, creating, updating, in bulk or alone."""

from collections.abc import Callable

import pytest
from django.db import transaction

from core.enums import Document
from core.errors import TextRefused
from core.models import FormDefinition, FormPart, Job, User

CPR = "010190-1234"
pytestmark = pytest.mark.django_db


def definition(title: str = "Skema") -> FormDefinition:
    return FormDefinition(document=Document.SCREENING, version=900, title=title)


@pytest.mark.parametrize(
    "write",
    [
        lambda: definition(CPR).save(),
        lambda: FormDefinition.objects.create(document=Document.SCREENING, version=901, title=CPR),
        lambda: FormDefinition.objects.bulk_create([definition(), definition(CPR)]),
        lambda: FormDefinition.objects.update(title=CPR),
        lambda: FormDefinition.objects.all().update(title=CPR),
        lambda: FormDefinition.objects.get_or_create(document=Document.SCREENING, version=902, defaults={"title": CPR}),
        lambda: FormDefinition.objects.update_or_create(
            document=Document.SCREENING, version=902, defaults={"intro": CPR}
        ),
    ],
)
def test_every_write_is_refused(write: Callable[[], object]) -> None:
    before = FormDefinition.objects.count()
    with pytest.raises(TextRefused) as refused:
        write()
    assert refused.value.fields in (["title"], ["intro"])
    assert CPR not in refused.value.message
    assert FormDefinition.objects.count() == before


def test_bulk_update_is_refused() -> None:
    row = definition()
    row.save()
    row.title = CPR
    with pytest.raises(TextRefused), transaction.atomic():
        FormDefinition.objects.bulk_update([row], ["title"])
    row.refresh_from_db()
    assert row.title == "Skema"


def test_texts_inside_json_are_refused() -> None:
    with pytest.raises(TextRefused) as refused:
        Job.objects.create(kind="x", key="x", arguments={"why": ["fordi", CPR]})
    assert refused.value.fields == ["arguments"]


def test_a_write_through_a_relation_is_refused() -> None:
    row = definition()
    row.save()
    with pytest.raises(TextRefused):
        row.parts.create(order=1, key="a", title=CPR)


def test_fields_with_keys_and_choices_are_left_alone() -> None:
    row = definition()
    row.save()
    FormPart.objects.create(definition=row, order=1, key="010190-1234", title="Del")
    Job.objects.create(kind="x", key="0101901234")
    assert Job.objects.get().key == "0101901234"


def test_saving_some_fields_looks_at_those_alone() -> None:
    row = definition()
    row.save()
    row.title = CPR
    row.intro = "Ny indledning"
    row.save(update_fields=["intro"])
    with pytest.raises(TextRefused):
        row.save(update_fields=["title"])


def test_a_users_name_is_guarded_too() -> None:
    with pytest.raises(TextRefused):
        User.objects.create_user("a@example.dk", name=f"Peter {CPR}")
