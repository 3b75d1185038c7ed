"""allauth's forms as they are here: no CPR numbers, Danish labels, and the same answer whether an account exists."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from config.throttle import CODE, too_many
from core.actions import mail_account
from core.forms import Guarded

LONGEST_NAME = 60
VALID_FOR = 120  # seconds: longer than an app's code is accepted (RFC 6238: never twice)


class ForgottenPasswordForm(ResetPasswordForm):  # type: ignore[misc]  # allauth has no type stubs
    """Orders the mail with the link, or nothing under the same name: both take as long."""

    def save(self, request: HttpRequest, **_: Any) -> str:
        """Order it; returns the typed address."""
        mail_account(template="account/email/password_reset_key", user=next(iter(self.users), None))
        typed: str = self.cleaned_data["email"]
        return typed


class _Code(Guarded):
    """A code of six figures, or a recovery code of eight; too many wrong ones are refused for a while."""

    user: Any
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Kode"
        attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "input-char-11"}
        self.fields["code"].widget = forms.TextInput(attributes)

    def clean_code(self) -> str:
        """Check the code. Raises ValidationError for a wrong one, and one that says when to try again."""
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError as refusal:
            if refusal.code in (CODE, "rate_limited"):
                raise too_many(context.request, f"mfa-auth-user-{self.user.pk}") from refusal
            raise
        if not cache.add(f"code-used:{self.user.pk}:{normalize_user_code(code)}", "used", timeout=VALID_FOR):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_Code, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class CodeAgainForm(_Code, ReauthenticateForm):  # type: ignore[misc]
    """The code once more, before something that matters."""


class ActivateAppForm(_Code, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app."""


class _Name(Guarded):
    """The name somebody gives a passkey."""

    unguarded = frozenset({"credential"})
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label="Navn", max_length=LONGEST_NAME, required=self.fields["name"].required,
            help_text="Fx “Min telefon”, så du kan kende den igen.",
        )  # fmt: skip


class AddPasskeyForm(_Name, AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey, which also signs in by itself unless its owner says otherwise."""

    passwordless = forms.BooleanField(
        label="Log ind med nøglen alene, uden adgangskode", required=False, initial=True,
        help_text="Enheden beder så om fingeraftryk, ansigt eller pinkode.",
    )  # fmt: skip


class RenamePasskeyForm(_Name, EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""
