"""Addresses of the choice of forum."""

from django.urls import path

from portfolio.routing import views

urlpatterns = [path("sager/<str:number>/valg-af-forum/", views.routing, name="routing")]
