"""Addresses of the dialogue; each room brings its own."""

from dialogue.attachments.urls import urlpatterns as attachments
from dialogue.basis.urls import urlpatterns as basis
from dialogue.goals.urls import urlpatterns as goals
from dialogue.merging.urls import urlpatterns as merging
from dialogue.reports.urls import urlpatterns as reports
from dialogue.responses.urls import urlpatterns as responses

app_name = "dialogue"
urlpatterns = [*attachments, *basis, *goals, *merging, *reports, *responses]
