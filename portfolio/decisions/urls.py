"""Addresses of the treatment in forums and of the decisions."""

from django.urls import path

from portfolio.decisions import corrections, taking_up, views
from transfers.enums import LookedAt
from transfers.looking import shown_as

PLACE = "sager/<str:number>/behandling/"
urlpatterns = [
    path(PLACE, views.treatment, name="treatment"),
    path(f"{PLACE}beslut/", views.decide, name="decide"),
    path(f"{PLACE}offentliggoer/", views.publish, name="publish"),
    path(f"{PLACE}tag-op-igen/", taking_up.take_up, name="take_up_again"),
    path(f"{PLACE}<int:pk>/ret/", corrections.correct, name="correct"),
    path(f"{PLACE}<int:pk>/beslutning.pdf", corrections.decision_pdf, name="decision_pdf"),
]
shown_as(LookedAt.TREATMENT, "portfolio", urlpatterns, decision_pdf=LookedAt.DECISION_PDF)
