"""How allauth behaves here: accounts are made by the secretariat, nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no type stubs
    """Closes sign-up; everything else is allauth's own behaviour under config.settings."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always false: an unknown person is let in by the secretariat, never by a form."""
        return False
