"""Signing in: the account comes with its memberships in force today, in the one query every page needs."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from contacts.viewer import bring_memberships, memberships_of
from core.models import User


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]
    """Accounts by their address and password; a deactivated one is nobody from the next request."""

    def get_user(self, user_id: int) -> User | None:
        """Return the signed-in account, None when it is gone or deactivated; one query for whoever has a membership."""
        rows = memberships_of(user_id)
        if not rows:
            found: User | None = super().get_user(user_id)
            return found
        user = rows[0].user
        bring_memberships(user, rows)
        return user if self.user_can_authenticate(user) else None
