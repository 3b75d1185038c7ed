"""Checks that nobody has changed the history: chains against themselves, and against the heads kept outside."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from transfers.heads import findings
from transfers.models import TransferCase


class Command(BaseCommand):
    """Verify history."""

    help = (
        "Recomputes the hash chains of all cases and of the configuration and compares them with the daily heads "
        "kept outside the database; fails with a line for each that does not hold."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what does not hold; raises CommandError when anything does not."""
        found = 0
        for line in findings():
            self.stdout.write(line)
            found += 1
        if found:
            raise CommandError(f"Findings: {found}")
        self.stdout.write(f"{TransferCase.unscoped.count()} cases: every chain holds, and is the one that was kept")
