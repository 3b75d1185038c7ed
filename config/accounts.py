"""How allauth behaves here: accounts are made by the secretariat, nobody signs up, secrets are kept sealed."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from config.throttle import too_many
from core.actions import mail_account
from core.cpr import MESSAGE, contains_cpr
from core.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no type stubs
    """Closes sign-up, says when to try again, and mails in the background."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always false: an unknown person is let in by the secretariat, never by a form."""
        return False

    def clean_email(self, email: str) -> str:
        """Give the address as it is kept. Raises ValidationError for one with a CPR number in it (rule 17)."""
        if contains_cpr(email):
            raise ValidationError(MESSAGE)
        return email

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try. Raises ValidationError that says when to try again, after too many that failed."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as refusal:
            raise too_many(request, self._get_login_attempts_cache_key(request, **credentials)) from refusal

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Order the mail that tells somebody of a change to their account; the change stands without it.

        One that holds addresses, as about a new address to the old one, is sent at once and stored nowhere.
        """
        if context or email:
            super().send_notification_mail(template_prefix, user, context, email)
        else:
            mail_account(template=template_prefix, user=user, address=self.get_client_ip(self.request))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Danish names, and secrets that a copy of the database does not give away."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Koden er forkert eller for gammel. Skriv den, der står i appen nu.",
        "cannot_generate_recovery_codes": "Sæt først en app eller en adgangsnøgle op.",
        "unverified_email": "Bekræft først din nye e-mailadresse.",
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret with a key made of SECRET_KEY."""
        return seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret; SECRET_KEY_FALLBACKS open what they sealed."""
        return seal().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        """Name a passkey by its number, until its owner names it."""
        return f"Adgangsnøgle {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the service to the device that keeps the passkey."""
        host = allauth_context.request.get_host().partition(":")[0]
        return {"id": host, "name": "Opgaveflytning"}


def seal() -> MultiFernet:
    """What seals and opens; the first key seals."""
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    digests = [hashlib.sha256(b"second factor:" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
