"""The steps of a meeting that are asked about once."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from contacts.http import Request
from core.forms import attempt
from portfolio.meetings.forms import StepForm
from portfolio.meetings.steps import STEPS, Step
from portfolio.meetings.views.shared import ABSENT, PAGE, meeting_or_404
from portfolio.models import Meeting


@require_http_methods(PAGE)
def meeting_step(request: Request, pk: int, code: str) -> HttpResponse:
    """Ask once, naming what the step does, and take it."""
    meeting = meeting_or_404(request, pk)
    step = STEPS.get(code)
    if step is None:
        raise Http404(ABSENT)
    if not step.open_to(meeting, request.viewer):
        raise PermissionDenied("Det kan ikke gøres med mødet nu, eller det er ikke dig, der gør det.")
    form = StepForm(request.POST or None, revision=meeting.minutes_revision)
    if form.is_bound and form.is_valid() and taken(request, meeting, step, form):
        messages.success(request, step.done)
        return redirect(meeting)
    return render(request, "portfolio/meetings/step.html", {"form": form, "meeting": meeting, "step": step})


def taken(request: Request, meeting: Meeting, step: Step, form: StepForm) -> bool:
    """Take the step; tells whether it was not refused."""
    attempt(form, lambda: step.carry_out(meeting, request.viewer, form.seen))
    return not form.errors
