"""Addresses of attachments."""

from django.urls import path

from dialogue.attachments import views
from transfers.enums import LookedAt
from transfers.looking import shown_as

CASE = "sager/<str:number>/"
urlpatterns = [
    path(f"{CASE}dialoggrundlag/bilag/", views.basis_attachments, name="basis_attachments"),
    path(f"{CASE}parter/<int:party>/bilag/", views.response_attachments, name="response_attachments"),
    path(f"{CASE}bilag/<uuid:key>/", views.attachment, name="attachment"),
]
shown_as(LookedAt.ATTACHMENT, "dialogue", urlpatterns)
