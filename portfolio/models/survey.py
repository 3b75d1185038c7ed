"""The yearly survey of contact persons and leaders about the agreement itself (S1: anvendelsen skal evalueres).

An answer holds no person and no time, and its key is random, so that nobody can join it to who took part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate, now

from contacts.enums import CONTACT_FUNCTIONS, Function
from core.models import GuardedModel

if TYPE_CHECKING:
    from contacts.viewer import Viewer

ASKED = (*CONTACT_FUNCTIONS, Function.LEADER)
LOWEST, HIGHEST = 1, 5
FEWEST = 5  # below this many answers nothing is shown: a rule about privacy, and so not a parameter


class Group(models.TextChoices):
    """As what somebody answers."""

    CONTACT = "contact", "Kontaktpersoner og stedfortrædere"
    LEADER = "leader", "Ledere"


class Survey(GuardedModel):
    """Spørgeskema: asked once a year, open until a day or until the secretariat closes it."""

    year = models.PositiveSmallIntegerField("år", unique=True)
    closes_on = models.DateField("sidste svardag")
    opened_at = models.DateTimeField("åbnet", default=now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField("lukket", null=True, blank=True)
    invited = models.PositiveIntegerField("antal spurgte", default=0)

    class Meta:
        verbose_name = "spørgeskema"
        verbose_name_plural = "spørgeskemaer"
        ordering = ["-year"]

    def __str__(self) -> str:
        return f"Spørgeskema {self.year}"

    @property
    def is_open(self) -> bool:
        """Whether answers are taken."""
        return self.closed_at is None and localdate() <= self.closes_on

    @classmethod
    def visible_to(cls, viewer: Viewer) -> models.QuerySet[Survey]:
        """Return the surveys the viewer may know of: the secretariat, and those who are asked."""
        asked = viewer.is_secretariat or bool(viewer.holding(ASKED))
        return cls.objects.all() if asked else cls.objects.none()


class SurveyQuestion(GuardedModel):
    """Et spørgsmål, answered from 1 (helt uenig) to 5 (helt enig)."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="questions")
    order = models.PositiveSmallIntegerField("rækkefølge")
    text = models.CharField("spørgsmål", max_length=200)

    class Meta:
        verbose_name = "spørgsmål"
        verbose_name_plural = "spørgsmål"
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["survey", "order"], name="survey_question_once")]

    def __str__(self) -> str:
        return self.text


class SurveyParticipation(GuardedModel):
    """Deltagelse: that somebody has answered, so that it happens once; not what, and not when."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="participations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "deltagelse"
        verbose_name_plural = "deltagelser"
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "user"], name="survey_answered_once",
                violation_error_message="Du har allerede svaret på spørgeskemaet.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.user} har svaret på {self.survey}"


class SurveyAnswer(GuardedModel):
    """Et svar, anonymous: the group it comes from and what was written."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="answers")
    group = models.CharField("gruppe", max_length=8, choices=Group)
    text = models.TextField("bemærkninger", max_length=2000, blank=True)

    class Meta:
        verbose_name = "svar på spørgeskema"
        verbose_name_plural = "svar på spørgeskema"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Svar på {self.survey}"


class SurveyScore(GuardedModel):
    """Et tal fra 1 til 5 til et spørgsmål."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    answer = models.ForeignKey(SurveyAnswer, models.PROTECT, related_name="scores")
    question = models.ForeignKey(SurveyQuestion, models.PROTECT, related_name="scores")
    value = models.PositiveSmallIntegerField(
        "svar", validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)]
    )

    class Meta:
        verbose_name = "tal i svar"
        verbose_name_plural = "tal i svar"
        constraints = [
            models.UniqueConstraint(fields=["answer", "question"], name="survey_score_once"),
            models.CheckConstraint(
                name="survey_score_on_scale", condition=Q(value__gte=LOWEST, value__lte=HIGHEST)
            ),
        ]

    def __str__(self) -> str:
        return str(self.value)
