"""`manage.py check_files`: does every stored file lie where it should, unchanged, and nothing beside it?"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.models import StoredFile
from core.models.file import private_storage


class Command(BaseCommand):
    """Compares rows and files, after a restore or whenever in doubt."""

    help = "Sammenligner gemte filer med databasen: mangler, ændringer og filer uden række."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the one option there is."""
        parser.add_argument("--remove-leftovers", action="store_true", help="Slet filer, som ingen række hører til.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each fault; CommandError when there is one."""
        faults = [*self._faulty_rows(), *self._leftovers(remove=options["remove_leftovers"])]
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} fejl i de gemte filer.")
        self.stdout.write("Alle gemte filer er på plads.")

    def _faulty_rows(self) -> Iterator[str]:
        for stored in StoredFile.objects.order_by("created_at").iterator():
            try:
                with stored.content.open("rb") as content:
                    same = hashlib.file_digest(content, "sha256").hexdigest() == stored.sha256
            except OSError:
                yield f"{stored.key}: mangler"
                continue
            if not same:
                yield f"{stored.key}: ændret"

    def _leftovers(self, *, remove: bool) -> Iterator[str]:
        storage = private_storage()
        known = set(StoredFile.objects.values_list("content", flat=True))
        root = Path(storage.path(""))
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            name = str(path.relative_to(root))
            if name in known:
                continue
            if remove:
                storage.delete(name)
            else:
                yield f"{name}: uden række"
