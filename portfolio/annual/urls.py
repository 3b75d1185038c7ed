"""Addresses of the annual status."""

from django.urls import path

from portfolio.annual import views

PLACE = "aarsstatus/<int:year>/<int:edition>/"
urlpatterns = [
    path("aarsstatus/", views.annual_list, name="annual_list"),
    path(PLACE, views.annual, name="annual"),
    path(f"{PLACE}fremdrift/", views.annual_progress, name="annual_progress"),
    path(f"{PLACE}bestil-igen/", views.annual_again, name="annual_again"),
    path(f"{PLACE}pdf/", views.annual_pdf, name="annual_pdf"),
]
