"""What the annual status brings to the menu and to the worker."""

from core import navigation
from portfolio.annual import tasks  # noqa: F401 – declares the job
from portfolio.models.annual import reads_annual_status

navigation.add("Årlig status", "portfolio:annual_list", 60, shown=reads_annual_status)
