"""What the annual status brings to the menu, to Mine opgaver and to the worker."""

from core import navigation
from portfolio.annual import tasks  # noqa: F401 – declares the job
from portfolio.annual.todos import editions_to_carry_on, survey_to_answer
from transfers.rooms import todo_provider

navigation.add("Årlig status", "portfolio:annual_list", 60, shown=lambda viewer: bool(viewer.memberships))
todo_provider(editions_to_carry_on)
todo_provider(survey_to_answer)
