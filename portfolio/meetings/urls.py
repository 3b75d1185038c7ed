"""Addresses of the meetings."""

from django.urls import path

from portfolio.meetings.views import agenda, holding, meetings, papers, steps
from transfers.enums import LookedAt
from transfers.looking import shown_as

ONE = "moeder/<int:pk>/"
ITEM = f"{ONE}punkt/<int:item>/"
urlpatterns = [
    path("moeder/", meetings.meetings, name="meetings"),
    path("moeder/nyt/", meetings.meeting_add, name="meeting_add"),
    path(ONE, meetings.meeting, name="meeting"),
    path(f"{ONE}ret/", meetings.meeting_edit, name="meeting_edit"),
    path(f"{ONE}punkt/", agenda.item_add, name="item_add"),
    path(ITEM, agenda.item_edit, name="item_edit"),
    path(f"{ITEM}flyt/", agenda.item_move, name="item_move"),
    path(f"{ONE}optag/", agenda.take_up, name="meeting_take_up"),
    path(f"{ONE}deltagere/", holding.attendance, name="attendance"),
    path(f"{ONE}referat/", holding.minutes, name="minutes"),
    path(f"{ONE}orienteringer/", holding.note_orientations, name="note_orientations"),
    path(f"{ONE}dagsorden.pdf", papers.agenda_pdf, name="agenda_pdf"),
    path(f"{ONE}referat.pdf", papers.minutes_pdf, name="minutes_pdf"),
    path(f"{ONE}trin/<slug:code>/", steps.meeting_step, name="meeting_step"),
]
shown_as(LookedAt.MEETING, "portfolio", urlpatterns, agenda_pdf=LookedAt.MEETING_PDF, minutes_pdf=LookedAt.MEETING_PDF)
