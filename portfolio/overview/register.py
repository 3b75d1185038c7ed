"""What the overview brings to the menu."""

from core import navigation
from portfolio.overview.rules import reads_overview

navigation.add("Overblik", "portfolio:overview", 50, shown=reads_overview)
