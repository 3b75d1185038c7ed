"""Addresses of the annual status and its survey."""

from django.urls import path

from portfolio.annual import views

PLACE = "aarsstatus/<int:year>/<int:edition>/"
ASKED = "aarsstatus/spoergeskema/"
PDF, EXCEL = {"kind": "pdf"}, {"kind": "excel"}
urlpatterns = [
    path("aarsstatus/", views.annual_list, name="annual_list"),
    path(PLACE, views.annual, name="annual"),
    path(f"{PLACE}fremdrift/", views.annual_progress, name="annual_progress"),
    path(f"{PLACE}bestil-igen/", views.annual_again, name="annual_again"),
    path(f"{PLACE}send/", views.annual_send, name="annual_send"),
    path(f"{PLACE}vedtag/", views.annual_adopt, name="annual_adopt"),
    path(f"{PLACE}handleplan/", views.annual_decide, name="annual_decide"),
    path(f"{PLACE}pdf/", views.annual_file, PDF, name="annual_pdf"),
    path(f"{PLACE}excel/", views.annual_file, EXCEL, name="annual_excel"),
    path(f"{PLACE}offentlig/pdf/", views.annual_file, PDF | {"public": True}, name="annual_public_pdf"),
    path(f"{PLACE}offentlig/excel/", views.annual_file, EXCEL | {"public": True}, name="annual_public_excel"),
    path(ASKED, views.surveys, name="surveys"),
    path(f"{ASKED}<int:year>/", views.survey, name="survey"),
    path(f"{ASKED}<int:year>/luk/", views.survey_close, name="survey_close"),
]
