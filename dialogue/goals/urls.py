"""Addresses of the shared goals; Danish where users read them."""

from django.urls import path

from dialogue.goals import views
from transfers.enums import LookedAt
from transfers.looking import shown_as

urlpatterns = [
    path("sager/<str:number>/maal/", views.mark, name="mark_goals"),
    path("sager/<str:number>/maal/ret/", views.edit, name="edit_goals"),
    path("sager/<str:number>/maal/version/<int:version>/", views.version, name="goals_version"),
]
shown_as(LookedAt.PARTIES, "dialogue", urlpatterns)
