"""Address of the overview."""

from django.urls import path

from portfolio.overview import views

urlpatterns = [path("overblik/", views.overview, name="overview")]
