"""Forms as data: definition (document, version) → parts → questions. A published definition never changes."""

from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models

from core.enums import Document, QuestionKind, RequiredFor
from core.models.guarded import GuardedModel


class FormDefinition(GuardedModel):
    """Skemadefinition: one version of a form. New wording means a new version; a case keeps its own."""

    document = models.CharField("skema", max_length=20, choices=Document.choices)
    version = models.PositiveIntegerField("version")
    title = models.CharField("titel", max_length=200)
    intro = models.TextField("indledning", blank=True)
    published_at = models.DateTimeField("offentliggjort", null=True, blank=True)

    class Meta:
        verbose_name = "skemadefinition"
        verbose_name_plural = "skemadefinitioner"
        ordering = ("document", "-version")
        constraints = (
            models.UniqueConstraint(fields=("document", "version"), name="core_formdefinition_version"),
        )

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"

    @property
    def questions(self) -> "list[FormQuestion]":
        """All questions of all parts, in the order they are asked."""
        return [question for part in self.parts.all() for question in part.questions.all()]

    def question(self, key: str) -> "FormQuestion":
        """Give the question with this key; raises KeyError."""
        return {question.key: question for question in self.questions}[key]


class FormPart(GuardedModel):
    """Skemadel: one step or section of a form."""

    unguarded: ClassVar[frozenset[str]] = frozenset({"key"})

    definition = models.ForeignKey(FormDefinition, models.CASCADE, related_name="parts", verbose_name="skema")
    order = models.PositiveSmallIntegerField("rækkefølge")
    key = models.SlugField("nøgle", max_length=50)
    title = models.CharField("titel", max_length=200)
    intro = models.TextField("indledning", blank=True)

    class Meta:
        verbose_name = "skemadel"
        verbose_name_plural = "skemadele"
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(fields=("definition", "key"), name="core_formpart_key"),
            models.UniqueConstraint(fields=("definition", "order"), name="core_formpart_order"),
        )

    def __str__(self) -> str:
        return self.title


class FormQuestion(GuardedModel):
    """Spørgsmål: wording, kind and the step it is required for."""

    unguarded: ClassVar[frozenset[str]] = frozenset({"key"})

    part = models.ForeignKey(FormPart, models.CASCADE, related_name="questions", verbose_name="skemadel")
    order = models.PositiveSmallIntegerField("rækkefølge")
    key = models.SlugField("nøgle", max_length=50)
    kind = models.CharField("svartype", max_length=12, choices=QuestionKind.choices)
    label = models.TextField("spørgsmål")
    hint = models.TextField("hjælpetekst", blank=True)
    example = models.TextField("eksempel", blank=True)
    required_for = models.CharField("skal udfyldes", max_length=8, choices=RequiredFor.choices)
    choices = models.JSONField("svarmuligheder", default=list, blank=True)
    source = models.CharField("kilde", max_length=200, blank=True)

    class Meta:
        verbose_name = "spørgsmål"
        verbose_name_plural = "spørgsmål"
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(fields=("part", "key"), name="core_formquestion_key"),
            models.UniqueConstraint(fields=("part", "order"), name="core_formquestion_order"),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def is_required(self) -> bool:
        """Whether it must be answered before some step; others carry "(frivilligt)"."""
        return self.required_for != RequiredFor.OPTIONAL


class Answer(GuardedModel):
    """Svar: free text to one question. A concrete model adds `document`, unique with `question_key`."""

    unguarded: ClassVar[frozenset[str]] = frozenset({"question_key"})

    question_key = models.SlugField("spørgsmål", max_length=50)
    text = models.TextField("svar", max_length=20_000, blank=True)
    updated_at = models.DateTimeField("ændret", auto_now=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.question_key

    @classmethod
    def keep(cls, rows: Iterable[Self]) -> None:
        """Store answers in the place of what stood for the same questions; one query. Raises TextRefused."""
        once = ["document", "question_key"]
        written = {field.name for field in cls._meta.concrete_fields} - {"id", *once}
        cls._default_manager.bulk_create(
            rows, update_conflicts=True, unique_fields=once, update_fields=sorted(written)
        )
