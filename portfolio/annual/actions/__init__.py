"""What people do with the annual status: order and word it, send and adopt it, decide on it, ask by survey."""

from portfolio.annual.actions.editions import (
    KIND,
    freeze_figures,
    keep_report,
    order_again,
    order_annual_status,
    order_due_status,
)
from portfolio.annual.actions.forums import adopt_annual_status, decide_action_plan, send_to_portfolio
from portfolio.annual.actions.survey import answer_survey, close_survey, open_survey
from portfolio.annual.actions.words import reword_annual_status, save_words

__all__ = [
    "KIND", "adopt_annual_status", "answer_survey", "close_survey", "decide_action_plan", "freeze_figures",
    "keep_report", "open_survey", "order_again", "order_annual_status", "order_due_status", "reword_annual_status",
    "save_words", "send_to_portfolio",
]  # fmt: skip
