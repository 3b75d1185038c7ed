"""Addresses of the treatment in forums and of the decisions."""

from django.urls import path

from portfolio.decisions import views

PLACE = "sager/<str:number>/behandling/"
urlpatterns = [
    path(PLACE, views.treatment, name="treatment"),
    path(f"{PLACE}beslut/", views.decide, name="decide"),
    path(f"{PLACE}offentliggoer/", views.publish, name="publish"),
    path(f"{PLACE}<int:pk>/ret/", views.correct, name="correct"),
]
