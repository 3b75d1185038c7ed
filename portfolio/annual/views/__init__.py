"""The pages of the annual status: editions, what the forums did with them, their files, and the survey."""

from portfolio.annual.views.editions import annual, annual_again, annual_file, annual_list, annual_progress
from portfolio.annual.views.forums import annual_adopt, annual_decide, annual_send
from portfolio.annual.views.survey import survey, survey_close, surveys

__all__ = [
    "annual", "annual_adopt", "annual_again", "annual_decide", "annual_file", "annual_list", "annual_progress",
    "annual_send", "survey", "survey_close", "surveys",
]  # fmt: skip
