"""Who is told that a decision was corrected: those who are told of the decision itself, as the case stands now."""

from portfolio.models import Decision
from transfers import notices
from transfers.models import JournalEntry
from transfers.workflow import BY_CODE


def tell_corrected(correction: Decision, entry: JournalEntry) -> None:
    """Put one notice per person in the outbox, except to the one who corrected; case number and title only."""
    act = BY_CODE[correction.kind]
    notices.queue(act, correction.case, entry, notices.addressees(act, correction.case))
