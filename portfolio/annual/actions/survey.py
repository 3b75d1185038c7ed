"""The yearly survey: the secretariat opens and closes it, each contact person and leader answers once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate, now

from contacts.viewer import Viewer
from core.errors import DomainError, NotAllowed
from core.history import record_change
from portfolio.annual import notices
from portfolio.annual.queries import asked_people
from portfolio.annual.rules import group_of, require_order
from portfolio.models import Survey, SurveyAnswer, SurveyParticipation, SurveyQuestion, SurveyScore

ANSWERED = "Du har allerede svaret på spørgeskemaet. Tak for det."


@transaction.atomic
def open_survey(*, viewer: Viewer, year: int, closes_on: date, questions: Sequence[str]) -> Survey:
    """Open the survey of a year with its questions and tell all who are asked.

    Raises NotAllowed for others than the secretariat, DomainError when the year has one, without questions, or for
    a last day in the past, TextRefused.
    """
    require_order(viewer)
    texts = [text.strip() for text in questions if text.strip()]
    if not texts:
        raise DomainError("Skriv mindst ét spørgsmål.")
    if closes_on < localdate():
        raise DomainError("Sidste svardag ligger tilbage i tiden. Vælg i dag eller en senere dag.")
    if Survey.objects.filter(year=year).exists():
        raise DomainError(f"Der er allerede et spørgeskema for {year}.")
    people = asked_people()
    survey = Survey(year=year, closes_on=closes_on, opened_by=viewer.user, invited=len(people))
    survey.save()
    for order, text in enumerate(texts, start=1):
        SurveyQuestion(survey=survey, order=order, text=text).save()
    recorded(survey, viewer, "opened", {"year": year, "closes_on": closes_on, "invited": len(people)})
    notices.survey_opened(survey, people)
    return survey


@transaction.atomic
def close_survey(*, viewer: Viewer, survey: Survey) -> Survey:
    """Take no more answers; closing twice changes nothing. Raises NotAllowed."""
    require_order(viewer)
    row = Survey.objects.select_for_update().get(pk=survey.pk)
    if row.closed_at is None:
        row.closed_at = now()
        row.save()
        recorded(row, viewer, "closed", {"year": row.year})
    return row


@transaction.atomic
def answer_survey(*, viewer: Viewer, survey: Survey, scores: Mapping[int, int], text: str) -> None:
    """Store one answer, by question key from 1 to 5; who answered is kept apart from what was answered.

    Raises NotAllowed for those who are not asked, DomainError when it is closed, answered already or not whole,
    TextRefused.
    """
    group = group_of(viewer)
    if group is None:
        raise NotAllowed("Spørgeskemaet er til kontaktpersoner, stedfortrædere og ledere.")
    row = Survey.objects.select_for_update().get(pk=survey.pk)
    if not row.is_open:
        raise DomainError("Spørgeskemaet er lukket og tager ikke imod flere svar.")
    if SurveyParticipation.objects.filter(survey=row, user=viewer.user).exists():
        raise DomainError(ANSWERED)
    questions = list(row.questions.all())
    if {question.pk for question in questions} != set(scores):
        raise DomainError("Svar på alle spørgsmål.")
    SurveyParticipation(survey=row, user=viewer.user).save()
    answer = SurveyAnswer(survey=row, group=group, text=text)
    answer.save()
    for question in questions:
        SurveyScore(answer=answer, question=question, value=scores[question.pk]).save()


def recorded(survey: Survey, viewer: Viewer, kind: str, facts: dict[str, object]) -> None:
    """Keep in the history of configuration that the survey was opened or closed."""
    record_change(subject_type="portfolio.survey", subject_id=survey.pk, kind=kind, actor=viewer.user, facts=facts)
