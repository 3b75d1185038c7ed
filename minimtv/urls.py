"""Addresses of the mini-MTV."""

from django.urls import path

from minimtv import views

app_name = "minimtv"
urlpatterns = [
    path("sager/<str:number>/mini-mtv/", views.overview, name="overview"),
    path("sager/<str:number>/mini-mtv/udfyld/", views.edit, name="edit"),
    path("sager/<str:number>/mini-mtv/udfyld/<int:part>/", views.edit_part, name="edit_part"),
    path("sager/<str:number>/mini-mtv/godkend/", views.sign, name="sign_off"),
    path("sager/<str:number>/mini-mtv/version/<int:version>/", views.version, name="version"),
]
