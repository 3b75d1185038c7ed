"""Addresses of the portfolio; each room brings its own."""

from portfolio.agreements.urls import urlpatterns as agreements
from portfolio.annual.urls import urlpatterns as annual
from portfolio.decisions.urls import urlpatterns as decisions
from portfolio.followup.urls import urlpatterns as followup
from portfolio.meetings.urls import urlpatterns as meetings
from portfolio.opinions.urls import urlpatterns as opinions
from portfolio.overview.urls import urlpatterns as overview
from portfolio.procedures.urls import urlpatterns as procedures
from portfolio.register.urls import urlpatterns as register
from portfolio.routing.urls import urlpatterns as routing

app_name = "portfolio"
urlpatterns = [
    *routing, *meetings, *decisions, *opinions, *procedures, *agreements, *followup, *annual, *overview, *register,
]  # fmt: skip
