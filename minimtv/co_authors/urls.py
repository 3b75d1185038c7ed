"""The address of the choice of co-authors."""

from django.urls import path

from minimtv.co_authors import views

urlpatterns = [path("sager/<str:number>/mini-mtv/medforfattere/", views.co_authors, name="co_authors")]
