"""What must be true before the shared goals are marked."""

from __future__ import annotations

from dialogue.models import SharedGoal
from transfers.models import TransferCase
from transfers.rules import requirement


@requirement("goals_written")
def goals_written(case: TransferCase) -> list[str]:
    """There is a list to mark."""
    written = SharedGoal.unscoped.filter(case=case, dropped_at__isnull=True).exists()
    return [] if written else ["De fælles mål er ikke skrevet endnu"]
