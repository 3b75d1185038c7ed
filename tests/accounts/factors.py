"""Second factors for tests: an app that shows codes, recovery codes, a passkey, and the sessions that showed them."""

from __future__ import annotations

import time
from hashlib import sha256
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from core.models import User
from core.second_factor import SHOWN

PERIOD = 30  # seconds
A_DAY = 24 * 60 * 60


def credential() -> dict[str, Any]:
    """What a browser sends when a passkey is made, without attestation."""
    public = ES256.from_cryptography_key(  # type: ignore[no-untyped-call]
        generate_private_key(SECP256R1()).public_key()
    )
    made = AttestedCredentialData.create(Aaguid.NONE, b"passkey-of-a-test", public)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    data = AuthenticatorData.create(sha256(b"testserver").digest(), flags, 1, made)
    response = {
        "clientDataJSON": websafe_encode(b'{"type": "webauthn.create", "challenge": "", "origin": "http://testserver"}'),
        "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
    }
    name = websafe_encode(made.credential_id)
    known = {"clientExtensionResults": {"credProps": {"rk": True}}, "type": "public-key"}
    return {"id": name, "rawId": name, "response": response, **known}


def code(secret: str, ahead: int = 0) -> str:
    """What the app shows now, or so many half minutes ahead."""
    counter = int(time.time()) // PERIOD + ahead
    return str(auth.format_hotp_value(auth.hotp_value(secret, counter)))


def give_app(user: User) -> str:
    """Set up an app with codes; returns its secret."""
    secret: str = auth.generate_totp_secret()
    auth.TOTP.activate(user, secret)
    return secret


def give_codes(user: User) -> list[str]:
    """Make recovery codes."""
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    return codes


def give_passkey(user: User) -> None:
    """Add a passkey."""
    WebAuthn.add(user, "Min telefon", credential())


def show_factor(client: Client, user: User) -> None:
    """Let a browser that is signed in have shown its second factor, and need not confirm for a day who it is."""
    session = client.session
    session[SHOWN] = user.pk
    confirmed = {"method": "password", "at": time.time() + A_DAY, "reauthenticated": True}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [confirmed]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
