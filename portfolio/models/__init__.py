"""Requests about the choice of forum, and what the forums decide."""

from portfolio.models.annual import AnnualStatus
from portfolio.models.decision import Decision, DecisionState, Procedure
from portfolio.models.routing import ForumRequest

__all__ = ["AnnualStatus", "Decision", "DecisionState", "ForumRequest", "Procedure"]
