"""Addresses of merging; Danish where users read them."""

from django.urls import path

from dialogue.merging import views
from transfers.enums import LookedAt
from transfers.looking import shown_as

urlpatterns = [path("sager/<str:number>/sammenlaegning/", views.merge, name="merge")]
shown_as(LookedAt.ACT, "dialogue", urlpatterns)
