"""Addresses of the portfolio; each room brings its own."""

from portfolio.annual.urls import urlpatterns as annual
from portfolio.decisions.urls import urlpatterns as decisions
from portfolio.routing.urls import urlpatterns as routing

app_name = "portfolio"
urlpatterns = [*routing, *decisions, *annual]
