"""Addresses of the case's own pages; Danish where users read them."""

from django.urls import path

from transfers.views import cases, desk, screenings

app_name = "transfers"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("sager/", cases.case_list, name="list"),
    path("sager/excel/", cases.case_export, name="export"),
    path("indledende-vurdering/", screenings.new_screening, name="screening_new"),
    path("indledende-vurdering/betydning/", screenings.meaning, name="screening_meaning"),
    path("sager/<str:number>/", cases.overview, name="case"),
    path("sager/<str:number>/vurdering/", screenings.screening, name="screening"),
    path("sager/<str:number>/vurdering/ret/", screenings.edit_screening, name="screening_edit"),
    path("sager/<str:number>/historik/", cases.history, name="history"),
    path("sager/<str:number>/handling/<str:code>/", cases.act, name="act"),
]
