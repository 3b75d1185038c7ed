"""Addresses of the opinions."""

from django.urls import path

from portfolio.opinions import views
from transfers.enums import LookedAt
from transfers.looking import shown_as

PLACE = "sager/<str:number>/behandling/udtalelse/"
urlpatterns = [
    path(f"{PLACE}bed-om/", views.ask, name="ask_opinion"),
    path(PLACE, views.give, name="give_opinion"),
]
shown_as(LookedAt.TREATMENT, "portfolio", urlpatterns)
