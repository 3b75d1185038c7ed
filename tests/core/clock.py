"""A clock that tests set; the only thing they replace."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

Forward = Callable[[timedelta], None]


@pytest.fixture
def forward(monkeypatch: pytest.MonkeyPatch) -> Forward:
    """Move the clock forward."""
    real, ahead = timezone.now, [timedelta()]

    def now() -> datetime:
        return real() + ahead[0]

    monkeypatch.setattr(timezone, "now", now)

    def move(by: timedelta) -> None:
        ahead[0] += by

    return move
