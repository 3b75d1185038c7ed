"""Addresses of the mini-MTV."""

from django.urls import path

from minimtv import views
from minimtv.co_authors.urls import urlpatterns as co_authors
from transfers.enums import LookedAt
from transfers.looking import shown_as

app_name = "minimtv"
urlpatterns = [
    path("sager/<str:number>/mini-mtv/", views.overview, name="overview"),
    path("sager/<str:number>/mini-mtv/udfyld/", views.edit, name="edit"),
    path("sager/<str:number>/mini-mtv/udfyld/<int:part>/", views.edit_part, name="edit_part"),
    path("sager/<str:number>/mini-mtv/godkend/", views.sign, name="sign_off"),
    path("sager/<str:number>/mini-mtv/version/<int:version>/", views.version, name="version"),
    path("sager/<str:number>/mini-mtv/version/<int:version>/pdf/", views.version_pdf, name="version_pdf"),
    *co_authors,
]
shown_as(LookedAt.MINI_MTV, "minimtv", urlpatterns, version_pdf=LookedAt.MINI_MTV_PDF)
