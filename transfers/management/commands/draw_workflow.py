"""Writes docs/workflow.md from the workflow table."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from transfers.diagram import page


class Command(BaseCommand):
    """Draw the workflow."""

    help = "Writes docs/workflow.md from transfers/workflow.py."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page."""
        target = Path(settings.BASE_DIR) / "docs" / "workflow.md"
        target.write_text(page(), encoding="utf-8")
        self.stdout.write(f"{target.relative_to(settings.BASE_DIR)} written")
