"""Ordlyd: rewording a form as its next version. Keys and kinds stay; a document keeps the version it was begun on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from core.definitions import current
from core.errors import DomainError
from core.history import record_change
from core.models import FormDefinition, FormPart, FormQuestion, User

SUBJECT = "core.formdefinition"


@dataclass(frozen=True)
class Wording:
    """What of a question is words: the rest is what the software counts and checks by."""

    label: str
    hint: str = ""
    example: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reworded:
    """A question whose words differ between two versions."""

    before: FormQuestion
    after: FormQuestion


def draft_of(document: str) -> FormDefinition | None:
    """Return the version that is being worded and is not published yet, parts and all."""
    rows = FormDefinition.objects.filter(document=document, published_at__isnull=True)
    return rows.prefetch_related("parts__questions").order_by("-version").first()


def worded(question: FormQuestion) -> Wording:
    """Return the words of a question."""
    labels = tuple(label for _, label in question.choices)
    return Wording(question.label, question.hint, question.example, labels)


def changes(published: FormDefinition, draft: FormDefinition | None) -> list[Reworded]:
    """Return what a draft says differently from the version in force; nothing where there is no draft."""
    if draft is None:
        return []
    before = {question.key: question for question in published.questions}
    pairs = ((before[question.key], question) for question in draft.questions)
    return [Reworded(old, new) for old, new in pairs if worded(old) != worded(new)]


@transaction.atomic
def reword(*, document: str, key: str, wording: Wording, by: User) -> FormDefinition:
    """Give a question other words in the draft of the next version, which is made when there is none.

    Raises FormDefinition.DoesNotExist and KeyError for what does not exist, DomainError when the number of choices
    is another, TextRefused for a CPR number.
    """
    draft = locked_draft(document)
    question = draft.question(key)
    if len(wording.choices) != len(question.choices):
        raise DomainError("Svarmulighederne kan omformuleres, men ikke tilføjes eller fjernes.")
    question.label, question.hint, question.example = wording.label, wording.hint, wording.example
    values = [value for value, _ in question.choices]
    question.choices = [list(pair) for pair in zip(values, wording.choices, strict=True)]
    question.save()
    remember(draft, "question_reworded", by, question=question.pk)
    return draft


@transaction.atomic
def publish(*, document: str, by: User) -> FormDefinition:
    """Put the draft in force for every document begun from now on. Raises DomainError when nothing is reworded."""
    draft = locked_draft(document)
    reworded = changes(current(document), draft)
    if not reworded:
        raise DomainError("Der er ikke ændret noget i skemaet.")
    draft.published_at = timezone.now()
    draft.save()
    remember(draft, "published", by, questions=len(reworded))
    return draft


@transaction.atomic
def discard(*, document: str, by: User) -> None:
    """Throw the draft away. Raises DomainError when there is none."""
    draft = draft_of(document)
    if draft is None:
        raise DomainError("Der er ingen kladde at kassere.")
    remember(draft, "draft_discarded", by)
    draft.delete()


def locked_draft(document: str) -> FormDefinition:
    """Return the draft, made from the version in force when there is none; others wait until this is stored."""
    FormDefinition.objects.select_for_update().get(pk=current(document).pk)
    return draft_of(document) or copied(current(document))


def copied(definition: FormDefinition) -> FormDefinition:
    """Return an unpublished copy of a version under the next number."""
    newest = FormDefinition.objects.filter(document=definition.document).order_by("-version")[0]
    copy = FormDefinition.objects.create(
        document=definition.document, version=newest.version + 1, title=definition.title, intro=definition.intro
    )
    for part in definition.parts.all():
        copy_part(part, copy)
    return FormDefinition.objects.prefetch_related("parts__questions").get(pk=copy.pk)


def copy_part(part: FormPart, into: FormDefinition) -> None:
    """Copy a part and its questions into another version."""
    made = FormPart.objects.create(
        definition=into, order=part.order, key=part.key, title=part.title, intro=part.intro
    )
    FormQuestion.objects.bulk_create(copies(part.questions.all(), made))


def copies(questions: Iterable[FormQuestion], part: FormPart) -> list[FormQuestion]:
    """Return new questions with the same words in another part."""
    kept = ("order", "key", "kind", "label", "hint", "example", "required_for", "choices", "source")
    return [FormQuestion(part=part, **{name: getattr(question, name) for name in kept}) for question in questions]


def remember(definition: FormDefinition, kind: str, by: User, **facts: int) -> None:
    """Put a step into the history of configuration; the words themselves stand in the versions."""
    told = {"document": str(definition.document), "version": definition.version, **facts}
    record_change(subject_type=SUBJECT, subject_id=definition.pk, kind=kind, actor=by, facts=told)
