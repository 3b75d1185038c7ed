"""The survey: the secretariat opens, follows and closes it; contact persons and leaders answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from contacts.http import Request
from core.forms import attempt
from portfolio.annual import actions
from portfolio.annual.forms import AnswerForm, SurveyForm
from portfolio.annual.queries import has_answered, last_questions, years_to_ask
from portfolio.annual.reports.practice import questions
from portfolio.annual.rules import group_of, may_order
from portfolio.annual.views.common import ABSENT, PAGE, require_orderer
from portfolio.models import Survey
from portfolio.models.survey import FEWEST


@require_http_methods(PAGE)
def surveys(request: Request) -> HttpResponse:
    """List the surveys and open the next one; for the secretariat."""
    require_orderer(request)
    form = SurveyForm(request.POST or None, years=years_to_ask(), earlier=last_questions())
    if form.is_bound and form.is_valid() and (opened := open_it(request, form)):
        messages.success(request, f"Spørgeskemaet er åbnet, og {opened.invited} har fået besked.")
        return redirect("portfolio:survey", opened.year)
    context = {"surveys": Survey.visible_to(request.viewer), "form": form}
    return render(request, "portfolio/annual/surveys.html", context)


def open_it(request: Request, form: SurveyForm) -> Survey | None:
    """Open the survey; None when it was refused."""
    data = form.cleaned_data
    return attempt(
        form,
        lambda: actions.open_survey(
            viewer=request.viewer, year=data["year"], closes_on=data["closes_on"], questions=form.questions
        ),
    )


@require_http_methods(PAGE)
def survey(request: Request, year: int) -> HttpResponse:
    """Answer a survey; the secretariat sees how many have, and what they said once it is closed."""
    found = Survey.visible_to(request.viewer).filter(year=year).first()
    if found is None:
        raise Http404(ABSENT)
    may_answer = group_of(request.viewer) is not None and found.is_open and not has_answered(found, request.viewer)
    form = AnswerForm(request.POST or None, survey=found) if may_answer or request.method == "POST" else None
    if form and form.is_bound and form.is_valid() and answered(request, form, found):
        messages.success(request, "Tak for dit svar.")
        return redirect("portfolio:survey", year)
    return render(request, "portfolio/annual/survey.html", page_of(request, found, form))


def page_of(request: Request, found: Survey, form: AnswerForm | None) -> dict[str, object]:
    """Return what the page of a survey shows: the form, or where it stands, and the answers to the secretariat."""
    context: dict[str, object] = {"survey": found, "form": form, "asked": group_of(request.viewer) is not None}
    if may_order(request.viewer):
        count = found.answers.count()
        told = count >= FEWEST and not found.is_open
        context |= {"follows": True, "count": count, "fewest": FEWEST, "told": told}
        if told:
            texts = found.answers.exclude(text="").values_list("text", flat=True)
            context |= {"questions": questions(found), "texts": texts}
    return context


def answered(request: Request, form: AnswerForm, found: Survey) -> bool:
    """Store the answer; false when it was refused."""
    data = form.cleaned_data
    attempt(
        form,
        lambda: actions.answer_survey(
            viewer=request.viewer, survey=found, scores=form.scores, text=data["text"]
        ),
    )
    return not form.errors


@require_POST
def survey_close(request: Request, year: int) -> HttpResponse:
    """Take no more answers."""
    require_orderer(request)
    found = get_object_or_404(Survey.visible_to(request.viewer), year=year)
    actions.close_survey(viewer=request.viewer, survey=found)
    messages.success(request, "Spørgeskemaet er lukket.")
    return redirect("portfolio:survey", year)
