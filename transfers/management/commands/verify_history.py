"""Checks that nobody has changed the history: every entry's hash and place in its chain."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.history import broken_entries
from transfers.history import broken_links
from transfers.models import TransferCase


class Command(BaseCommand):
    """Verify history."""

    help = "Recomputes the hash chains of all cases and of the configuration; fails where one does not hold."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what is broken; raises CommandError when anything is."""
        cases = TransferCase.unscoped.order_by("pk")
        found = [f"{case.number}: {number}" for case in cases.iterator() for number in broken_links(case)]
        found += [f"configuration: {entry}" for entry in broken_entries()]
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(f"Broken entries: {len(found)}")
        self.stdout.write(f"{cases.count()} cases: every chain holds")
