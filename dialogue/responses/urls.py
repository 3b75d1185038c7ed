"""Addresses of the parties, their responses and the comments; Danish where users read them."""

from django.urls import path

from dialogue.responses.views import answers, asking, parties
from transfers.enums import LookedAt
from transfers.looking import shown_as

urlpatterns = [
    path("sager/<str:number>/aabn-dialog/", asking.open_dialogue, name="open"),
    path("sager/<str:number>/parter/", parties.parties, name="parties"),
    path("sager/<str:number>/parter/tilfoej/", asking.add_party, name="add_party"),
    path("sager/<str:number>/parter/forlaeng/", asking.extend, name="extend"),
    path("sager/<str:number>/svar/", answers.respond, name="respond"),
    path("sager/<str:number>/svar/<int:party_id>/", answers.response, name="response"),
]
shown_as(LookedAt.PARTIES, "dialogue", urlpatterns)
