"""Bruger: an account. What a user may do follows from memberships in `contacts`, never from this table."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from core.models.guarded import GuardedManager, GuardedModel


class AddressField(models.EmailField):  # type: ignore[type-arg]
    """An e-mail address, stored and looked up in lower case however it is typed."""

    def get_prep_value(self, value: object) -> object:
        """Give the address as it is stored."""
        stored = super().get_prep_value(value)
        return stored.strip().lower() if isinstance(stored, str) else stored


class UserManager(GuardedManager["User"], BaseUserManager["User"]):
    """Makes accounts; the address is the login."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Make and save an account; without a password it cannot sign in with one."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Make a technical administrator: the Django admin for accounts, and nothing of the business data."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(GuardedModel, AbstractBaseUser, PermissionsMixin):
    """Bruger: signs in with an e-mail address; `name` is the name and post people see."""

    unguarded = frozenset({"password"})

    email = AddressField("e-mailadresse", unique=True)
    name = models.CharField("navn", max_length=150, help_text="Fx “Afdelingsleder, Lungemedicin”.")
    is_active = models.BooleanField(
        "aktiv", default=True, help_text="Fjern markeringen i stedet for at slette kontoen."
    )
    is_staff = models.BooleanField("teknisk administrator", default=False)
    date_joined = models.DateTimeField("oprettet", default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "bruger"
        verbose_name_plural = "brugere"
        ordering = ("name", "pk")
        constraints = (
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="core_user_email_lower"),
        )

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name people see."""
        return self.name

    def get_short_name(self) -> str:
        """The name people see."""
        return self.name
