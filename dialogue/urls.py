"""Addresses of the dialogue; each room brings its own."""

from dialogue.basis.urls import urlpatterns as basis
from dialogue.responses.urls import urlpatterns as responses

app_name = "dialogue"
urlpatterns = [*basis, *responses]
