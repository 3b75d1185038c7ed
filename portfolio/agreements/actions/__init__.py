"""What people do to an agreement."""

from portfolio.agreements.actions.answering import await_political, confirm_agreement, decline_agreement
from portfolio.agreements.actions.drafting import save_agreement_part, save_own_part
from portfolio.agreements.actions.ending import leave_agreement, return_to_deciding_forum
from portfolio.agreements.actions.issuing import default_deadlines, issue_agreement
from portfolio.agreements.actions.readiness import report_ready

__all__ = [
    "await_political", "confirm_agreement", "decline_agreement", "default_deadlines", "issue_agreement",
    "leave_agreement", "report_ready", "return_to_deciding_forum", "save_agreement_part", "save_own_part",
]  # fmt: skip
