"""Addresses of the choice of forum."""

from django.urls import path

from portfolio.routing import views
from transfers.enums import LookedAt
from transfers.looking import shown_as

urlpatterns = [path("sager/<str:number>/valg-af-forum/", views.routing, name="routing")]
shown_as(LookedAt.TREATMENT, "portfolio", urlpatterns)
