"""Form definitions: the version in force, and the loader that migrations use."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.apps.registry import Apps
from django.utils import timezone

from core.enums import Document, QuestionKind, RequiredFor
from core.models import FormDefinition


def current(document: str, pk: int | None = None) -> FormDefinition:
    """Give the newest published definition of `document`, or the one with this `pk`, parts and all.

    Raises FormDefinition.DoesNotExist.
    """
    published = FormDefinition.objects.filter(document=document, published_at__isnull=False)
    chosen = published if pk is None else FormDefinition.objects.filter(document=document, pk=pk)
    definition: FormDefinition = chosen.prefetch_related("parts__questions").order_by("-version")[:1].get()
    return definition


@lru_cache(maxsize=64)
def by_key(document: str, pk: int) -> FormDefinition:
    """Give a published definition that a document was begun on; it never changes, so it is read once per process."""
    return current(document, pk)


def newest(document: str) -> FormDefinition:
    """Give the wording that a document begun now is begun on; one query. Raises FormDefinition.DoesNotExist."""
    published = FormDefinition.objects.filter(document=document, published_at__isnull=False)
    return by_key(document, published.order_by("-version").values_list("pk", flat=True)[:1].get())


def load_definition(apps: Apps, path: Path | str) -> None:
    """Store and publish the definition written in the TOML file at `path`; for RunPython in a migration.

    A version that is already there is left alone. Raises ValueError with every fault of the file.
    """
    store(apps, tomllib.loads(Path(path).read_text(encoding="utf-8")))


def store(apps: Apps, data: dict[str, Any]) -> None:
    """Store and publish one definition through the historical models of the migration."""
    if faults := find_faults(data):
        raise ValueError("; ".join(faults))
    model = apps.get_model("core", "FormDefinition")
    if model._default_manager.filter(document=data["document"], version=data["version"]).exists():
        return
    definition = model._default_manager.create(
        document=data["document"], version=data["version"], title=data["title"], intro=data.get("intro", "")
    )
    for order, part in enumerate(data["part"], start=1):
        _store_part(apps, definition, order, part)
    model._default_manager.filter(pk=definition.pk).update(published_at=timezone.now())


def _store_part(apps: Apps, definition: Any, order: int, data: dict[str, Any]) -> None:
    part = apps.get_model("core", "FormPart")._default_manager.create(
        definition=definition, order=order, key=data["key"], title=data["title"], intro=data.get("intro", "")
    )
    question = apps.get_model("core", "FormQuestion")
    question._default_manager.bulk_create(
        question(part=part, order=number, **fields) for number, fields in enumerate(data["question"], start=1)
    )


def find_faults(data: dict[str, Any]) -> list[str]:
    """List what is wrong with a definition before any of it is stored."""
    questions = [question for part in data["part"] for question in part.get("question", [])]
    keys = [question["key"] for question in questions]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    faults = [f"question {key} stands twice" for key in twice]
    if data["document"] not in Document.values:
        faults.append(f"unknown document {data['document']}")
    return faults + [fault for question in questions for fault in _question_faults(question)]


def _question_faults(question: dict[str, Any]) -> list[str]:
    key, kind, choices = question["key"], question["kind"], question.get("choices", [])
    faults = []
    if kind not in QuestionKind.values:
        faults.append(f"{key}: unknown kind {kind}")
    if question["required_for"] not in RequiredFor.values:
        faults.append(f"{key}: unknown required_for {question['required_for']}")
    if bool(choices) != (kind in (QuestionKind.CHOICE, QuestionKind.MULTICHOICE)):
        faults.append(f"{key}: choices belong to choice and multichoice")
    return faults


def published_versions() -> list[FormDefinition]:
    """Give the version in force of every form, in the order of their titles; one query."""
    rows = FormDefinition.objects.filter(published_at__isnull=False)
    return sorted(rows.order_by("document", "-version").distinct("document"), key=lambda found: found.title)
