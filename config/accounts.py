"""How allauth behaves here: accounts are made by the secretariat, nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from core.cpr import MESSAGE, contains_cpr


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no type stubs
    """Closes sign-up; everything else is allauth's own behaviour under config.settings."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always false: an unknown person is let in by the secretariat, never by a form."""
        return False

    def clean_email(self, email: str) -> str:
        """Give the address as it is kept. Raises ValidationError for one with a CPR number in it (rule 17)."""
        if contains_cpr(email):
            raise ValidationError(MESSAGE)
        return email
