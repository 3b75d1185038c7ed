"""Addresses of the written procedure."""

from django.urls import path

from portfolio.procedures import views
from transfers.enums import LookedAt
from transfers.looking import shown_as

PLACE = "sager/<str:number>/skriftlig-procedure/"
urlpatterns = [
    path(PLACE, views.vote, name="vote"),
    path(f"{PLACE}start/", views.start, name="open_vote"),
]
shown_as(LookedAt.TREATMENT, "portfolio", urlpatterns)
