"""Compares the grants with the parties and placements that should give them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from transfers.access import drift, repair


class Command(BaseCommand):
    """Verify access."""

    help = "Reports grants that are missing or unfounded; fails when there are any, or mends them with --repair."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the wish to have the drift mended."""
        parser.add_argument("--repair", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the drift; raises CommandError when it is not 0."""
        found = drift()
        for kind, pairs in found.items():
            for case_id, group_id in sorted(pairs):
                self.stdout.write(f"{kind}: case {case_id}, group {group_id}")
        total = sum(map(len, found.values()))
        if total and options["repair"]:
            self.stdout.write(f"Mended: {repair()}")
        elif total:
            raise CommandError(f"Drift: {total}")
        else:
            self.stdout.write("Drift: 0")
