"""The accounts the demonstration shows at sign-in. Nothing of it answers outside the demonstration."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings

DEMO_PASSWORD = "Demo-2026-opgaveflytning"  # noqa: S105 - shown on the sign-in page of the demonstration


@dataclass(frozen=True)
class DemoAccount:
    """One fictitious account: role title, organisation, sign-in, what waits for it, and its group.

    `waiting` is None for the many accounts that are not among the first a visitor tries.
    """

    name: str
    organisation: str
    email: str
    waiting: int | None
    group: str

    @property
    def is_first(self) -> bool:
        """Whether it is among the accounts a visitor tries first."""
        return self.waiting is not None


Provider = Callable[[], Iterable[DemoAccount]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Name the function that lists the accounts; an upper app does so, and the last one counts."""
    _providers[:] = [provider]


def accounts() -> list[DemoAccount]:
    """The accounts to show, in the provider's order; none unless settings.DEMO is on."""
    if not settings.DEMO or not _providers:
        return []
    return list(_providers[0]())
