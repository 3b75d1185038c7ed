"""Keeps today's head of all histories outside the database."""

from typing import Any

from django.core.management.base import BaseCommand

from transfers.heads import keep_heads, place


class Command(BaseCommand):
    """Keep the heads."""

    help = "Appends today's line to the file of heads, once a day; beat does the same every night."

    def handle(self, *args: Any, **options: Any) -> None:
        """Append the line and tell where."""
        self.stdout.write(f"{place()}: {'a line was added' if keep_heads() else 'today stands there already'}")
