"""Addresses of the follow-up."""

from django.urls import path

from portfolio.followup import views
from transfers.enums import LookedAt
from transfers.looking import shown_as

PLACE = "sager/<str:number>/opfoelgning/"
urlpatterns = [
    path(PLACE, views.follow_up, name="follow_up"),
    path(f"{PLACE}skriv/", views.edit, name="follow_up_edit"),
    path(f"{PLACE}egne-tal/", views.own, name="follow_up_own"),
]
shown_as(LookedAt.FOLLOW_UP, "portfolio", urlpatterns)
