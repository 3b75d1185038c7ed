"""Addresses of opgaveglidning; Danish where users read them."""

from django.urls import path

from dialogue.reports import views

urlpatterns = [
    path("opgaveglidning/", views.reports, name="reports"),
    path("opgaveglidning/meld/", views.new, name="report_new"),
    path("opgaveglidning/<int:pk>/", views.report, name="report"),
    path("opgaveglidning/<int:pk>/kvittering/", views.receipt, name="report_receipt"),
    path("opgaveglidning/<int:pk>/svar/", views.answer, name="report_answer"),
    path("opgaveglidning/<int:pk>/sag/", views.make_case, name="report_case"),
    path("opgaveglidning/<int:pk>/afslut/", views.close, name="report_close"),
]
