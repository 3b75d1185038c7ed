"""Dagsorden and referat as PDF."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from contacts.http import Request
from core.papers import paper_response
from portfolio.meetings import queries
from portfolio.meetings.reports import AGENDA, MINUTES, paper_of, reading_of
from portfolio.meetings.views.shared import ABSENT, meeting_or_404
from portfolio.models import Meeting
from transfers.looking import shows


@require_safe
def agenda_pdf(request: Request, pk: int) -> HttpResponse:
    """Give the agenda as PDF."""
    return answer(request, meeting_or_404(request, pk), AGENDA)


@require_safe
def minutes_pdf(request: Request, pk: int) -> HttpResponse:
    """Give the minutes as PDF, from the day the meeting was held."""
    meeting = meeting_or_404(request, pk)
    if meeting.is_ahead:
        raise Http404(ABSENT)
    return answer(request, meeting, MINUTES)


def answer(request: Request, meeting: Meeting, kind: str) -> HttpResponse:
    """Answer with one of the two papers of a meeting."""
    reading = reading_of(meeting, request.viewer)
    shows(request, reading.case_ids)
    context = {
        "meeting": meeting, "read": reading, "following": queries.following(meeting),
        "minuted": kind == MINUTES,
    }  # fmt: skip
    return paper_response("portfolio/meetings/paper.html", paper_of(meeting, kind), context)
