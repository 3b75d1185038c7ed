"""Compares the grants with the parties and placements that should give them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from transfers.access import drift


class Command(BaseCommand):
    """Verify access."""

    help = "Reports grants that are missing or unfounded; fails when there are any."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the drift; raises CommandError when it is not 0."""
        found = drift()
        for kind, pairs in found.items():
            for case_id, group_id in sorted(pairs):
                self.stdout.write(f"{kind}: case {case_id}, group {group_id}")
        total = sum(map(len, found.values()))
        if total:
            raise CommandError(f"Drift: {total}")
        self.stdout.write("Drift: 0")
