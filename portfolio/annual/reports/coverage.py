"""Where each kind of step in the history is counted, so that a test can tell when a new one is forgotten.

A step that moves a case is counted by the stock and the handling times, whatever it is called, and every step by
»Alle trin i sagerne«. What else a kind means for the year stands here.
"""

from __future__ import annotations

from portfolio.annual.reports import agreed, conduct, lines, practice, results
from portfolio.annual.reports.flow import CLOSED, FILED, STARTED
from portfolio.models.decision import OUTCOMES
from transfers.workflow import ACTS

COUNTED = frozenset(
    {
        FILED, STARTED, CLOSED, "submit_basis", "issue_version", "respond", practice.REQUESTED, results.RECORDED,
        *OUTCOMES, *conduct.REPEATS, *conduct.ROUTES, *conduct.ENDED, *agreed.WHOSE, *lines.VOTING,
    }
)  # fmt: skip
ONLY_AS_STEPS = frozenset(
    {
        # What is written, and what is confirmed without changing where a case stands.
        "screening_changed", "note_screening", "request_reassessment", "reaffirm_response", "comment", "edit_goals",
        "mark_goal", "sign_off_mini_mtv", "mini_mtv_changed", "decision_corrected", "cast_vote", "note_orientation",
        "state_own_outcome", "ask_opinion", "give_opinion", "hand_over", "add_co_author", "remove_co_author",
        # A case that was joined with another is counted by where it went: out of the stock as »merged«.
        "propose_merge", "withdraw_merge", "decline_merge", "merge_received",
        # Whom the parties are and until when they answer is counted when the dialogue closes.
        "add_party", "extend_deadline",
        # Before a version holds and a receiver is live; both are counted per receiver.
        "issue_agreement", "await_political", "report_ready", "agreement_version_holds",
    }
)  # fmt: skip


def moving() -> set[str]:
    """Return the acts that take a case to another stage."""
    return {act.code for act in ACTS if act.target is not None}
