"""At the meeting: who takes part, the minutes, and orientations taken note of."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from contacts.http import Request
from core.forms import attempt
from portfolio.meetings import actions, queries, rules
from portfolio.meetings.forms import AttendanceForm, MinutesForm
from portfolio.meetings.reports import reading_of
from portfolio.meetings.views.shared import PAGE, meeting_or_404, told
from portfolio.models import Meeting, MeetingState
from transfers.looking import shows


def require_keeper(request: Request, meeting: Meeting) -> None:
    """Raise PermissionDenied for everybody but the forum's chair and secretary."""
    if not rules.may_keep(meeting.forum_id, request.viewer):
        raise PermissionDenied("Kun forummets formand og sekretær fører deltagere og referat.")


@require_http_methods(PAGE)
def attendance(request: Request, pk: int) -> HttpResponse:
    """Ask who takes part."""
    meeting = meeting_or_404(request, pk)
    require_keeper(request, meeting)
    form = attendance_form(request.POST or None, meeting)
    if form.is_bound and form.is_valid() and attended(request, meeting, form):
        messages.success(request, "Deltagerne er gemt.")
        return redirect(meeting)
    context = {"form": form, "meeting": meeting, "quorum": queries.quorum(meeting)}
    return render(request, "portfolio/meetings/attendance.html", context)


def attendance_form(data: QueryDict | None, meeting: Meeting) -> AttendanceForm:
    """Return the form, with what is known."""
    known = {row.membership_id: row.status for row in queries.attendance(meeting)}
    return AttendanceForm(
        data, members=list(queries.roster(meeting)), known=known, revision=meeting.revision,
        initial={"guests": meeting.guests},
    )  # fmt: skip


def attended(request: Request, meeting: Meeting, form: AttendanceForm) -> Meeting | None:
    """Keep who takes part; None when it was refused."""

    def act() -> Meeting:
        return actions.record_attendance(
            meeting=meeting, viewer=request.viewer, statuses=form.statuses, guests=form.cleaned_data["guests"],
            revision=form.seen,
        )  # fmt: skip

    def newest() -> tuple[AttendanceForm, Meeting]:
        meeting.refresh_from_db()
        return attendance_form(None, meeting), meeting

    return attempt(form, act, newest)


@require_http_methods(PAGE)
def minutes(request: Request, pk: int) -> HttpResponse:
    """Write the minutes; go on to send them when asked to."""
    meeting = meeting_or_404(request, pk)
    require_keeper(request, meeting)
    if meeting.state != MeetingState.HELD:
        raise PermissionDenied("Referatet skrives, når deltagerne er ført på, og til det er sendt til godkendelse.")
    reading = reading_of(meeting, request.viewer)
    shows(request, reading.case_ids)
    lines = [*reading.matters, *reading.orientations]
    form = MinutesForm(request.POST or None, items=[line.item for line in lines], meeting=meeting)
    if form.is_bound and form.is_valid() and kept(request, meeting, form):
        if "send" in request.POST:
            return redirect("portfolio:meeting_step", pk, "send-referat")
        messages.success(request, "Referatet er gemt.")
        return redirect(meeting)
    fields = [(line, form[f"item_{line.item.pk}"]) for line in lines]
    context = {"form": form, "meeting": meeting, "fields": fields, "paper": reading}
    return render(request, "portfolio/meetings/minutes.html", context)


def kept(request: Request, meeting: Meeting, form: MinutesForm) -> Meeting | None:
    """Keep what is written; None when it was refused."""
    words = {name: form.cleaned_data[name] for name in ("agenda_note", "other_business")}

    def act() -> Meeting:
        return actions.write_minutes(
            meeting=meeting, viewer=request.viewer, texts=form.texts, revision=form.seen, **words
        )

    def newest() -> tuple[MinutesForm, Meeting]:
        meeting.refresh_from_db()
        asked = {item.pk for item in form.items}
        items = [item for item in queries.agenda(meeting, request.viewer) if item.pk in asked]
        return MinutesForm(None, items=items, meeting=meeting), meeting

    return attempt(form, act, newest)


@require_POST
def note_orientations(request: Request, pk: int) -> HttpResponse:
    """Take note of one orientation on the agenda, or of all."""
    meeting = meeting_or_404(request, pk)
    require_keeper(request, meeting)
    wanted = request.POST.get("item", "")
    items = queries.agenda(meeting, request.viewer)
    chosen = [item for item in items if str(item.pk) == wanted] if wanted else None
    if chosen == []:
        messages.error(request, "Punktet står ikke på dagsordenen. Intet er taget til efterretning.")
        return redirect(meeting)
    told(
        request,
        lambda: actions.note_orientations(meeting=meeting, viewer=request.viewer, items=chosen),
        "Taget til efterretning. Det står i sagernes historik.",
    )
    return redirect(meeting)
