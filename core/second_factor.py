"""Log ind i to trin: the second factor of an account – an app's codes or a passkey – as allauth keeps it."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_used
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest

from core.actions import mail_account
from core.errors import DomainError, NotAllowed
from core.history import record_change
from core.models import User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
SHOWN = "second_factor"  # in a session: whose second factor was shown in it


def factors(user: Any) -> Any:
    """The rows of an account's second factors (of an OuterRef's, too); recovery codes are none by themselves."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS)


def note(request: HttpRequest, user: User, **_: object) -> None:
    """Note in the session that the second factor was shown. For allauth's signals.

    That the account has one is not enough: somebody who knew the password may have signed in before it was set up.
    """
    request.session[SHOWN] = user.pk


def was_shown(session: SessionBase, user: User) -> bool:
    """Whether the account showed a second factor in this session."""
    return bool(session.get(SHOWN) == user.pk)


authenticator_used.connect(note, dispatch_uid="core.second_factor.used")
authenticator_added.connect(note, dispatch_uid="core.second_factor.added")


@transaction.atomic
def reset_second_factor(*, user: User, by: User) -> None:
    """Take away an account's second factors and recovery codes, as when a phone is lost; its owner is told by mail.

    Who may do it is asked by the caller. Raises NotAllowed for one's own account, DomainError when there is none.
    """
    if user == by:
        raise NotAllowed("Dit eget log ind i to trin ændrer du selv på siden om din konto.")
    rows = Authenticator.objects.select_for_update().filter(user=user)
    kinds = sorted(row.type for row in rows)
    if not kinds:
        raise DomainError(f"{user} har ikke sat log ind i to trin op.")
    rows.delete()
    record_change(
        subject_type="core.user", subject_id=user.pk, kind="second_factor_reset", actor=by, facts={"kinds": kinds}
    )
    mail_account(template="mfa/email/second_factor_reset", user=user)
