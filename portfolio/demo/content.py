"""Reading the demonstration's files, and turning their »so many days before the loading« into days at work."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from core.workdays import add_working_days

CONTENT = Path(__file__).parent
CASES = CONTENT / "cases"
NAMESPACE = UUID("6f0a1d52-4d0e-5c53-9b0e-0f2b7c1f4a10")


def read(path: Path) -> dict[str, Any]:
    """Return the content of a TOML file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def case_files() -> dict[UUID, Path]:
    """Return the files of the cases by the key that marks a case as loaded, whatever is changed in it since."""
    return {uuid5(NAMESPACE, path.stem): path for path in sorted(CASES.glob("*.toml"))}


@dataclass(frozen=True)
class Calendar:
    """The day of loading, and what the files' relative days are seen from it."""

    today: date

    def day(self, days_ago: int) -> date:
        """Return the day so many days ago, or the nearest working day: before it, for a day to come after it."""
        wanted = self.today - timedelta(days=days_ago)
        if days_ago < 0:
            return add_working_days(wanted, 0)
        return add_working_days(wanted + timedelta(days=1), -1)

    def month(self, told: str) -> date:
        """Return the first day of the month so many months away: »+5m« ahead, »-18m« back."""
        months = self.today.year * 12 + self.today.month - 1 + int(told.removesuffix("m"))
        return date(months // 12, months % 12 + 1, 1)
