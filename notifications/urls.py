"""Addresses of the inbox."""

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("beskeder/", views.inbox, name="inbox"),
    path("beskeder/laest/", views.read_all, name="read_all"),
]
