"""Addresses of the dialoggrundlag."""

from django.urls import path

from dialogue.basis import views
from transfers.enums import LookedAt
from transfers.looking import shown_as

PLACE = "sager/<str:number>/dialoggrundlag/"
urlpatterns = [
    path(PLACE, views.basis, name="basis"),
    path(f"{PLACE}trin/<slug:step>/", views.basis_step, name="basis_step"),
    path(f"{PLACE}tjek/", views.basis_check, name="basis_check"),
    path(f"{PLACE}indsend/", views.submit, name="submit"),
    path(f"{PLACE}kvittering/", views.receipt, name="receipt"),
    path(f"{PLACE}version/<int:version>/", views.version, name="version"),
    path(f"{PLACE}version/<int:version>/pdf/", views.version_pdf, name="version_pdf"),
    path(f"{PLACE}version/<int:version>/mod/<int:other>/", views.compare, name="compare"),
]
shown_as(LookedAt.BASIS, "dialogue", urlpatterns, version_pdf=LookedAt.BASIS_PDF)
