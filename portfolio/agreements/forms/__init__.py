"""The forms of an agreement."""

from portfolio.agreements.forms.answering import AnswerForm, LeaveForm, ReadyForm
from portfolio.agreements.forms.writing import IssueForm, OwnForm, PartForm

__all__ = ["AnswerForm", "IssueForm", "LeaveForm", "OwnForm", "PartForm", "ReadyForm"]
