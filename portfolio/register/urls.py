"""Addresses of the register."""

from django.urls import path

from portfolio.register import views

urlpatterns = [
    path("aftaler/", views.register, name="register"),
    path("aftaler/excel/", views.register_xlsx, name="register_xlsx"),
    path("aftaler/csv/", views.register_csv, name="register_csv"),
    path("aftaler/<int:pk>/", views.registered, name="registered"),
]
