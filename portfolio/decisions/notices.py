"""Who is told that a decision was corrected: those who were told of it, as the case stands now."""

from notifications.actions import queue_notice
from portfolio.models import Decision
from transfers.models import JournalEntry
from transfers.notices import addressees
from transfers.workflow import BY_CODE


def tell_corrected(decision: Decision, entry: JournalEntry) -> None:
    """Put one notice per person in the outbox, except to the one who corrected; case number and title only."""
    case, act = decision.case, BY_CODE[decision.kind]
    for user in {m.user_id: m.user for m in addressees(act, case) if m.user_id != entry.actor_id}.values():
        queue_notice(
            user=user,
            key=f"{case.number}:{entry.number}:{user.pk}",
            subject=f"{case.number} {case.title}: Rettet beslutning – {act.label}",
            path=decision.get_absolute_url(),
        )
