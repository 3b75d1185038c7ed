"""Memberships: who acts for what, from when to when. The only source of roles."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value

from contacts.enums import CONTACT_FUNCTIONS, FORUM_FUNCTIONS, FREE_FUNCTIONS, Function, Side
from contacts.models.forum import Forum
from contacts.models.organisation import Organisation
from contacts.periods import Period, ordered_period
from core.models import GuardedManager, GuardedModel


class Membership(GuardedModel, Period):
    """Medlemskab: a user's function in an organisation or a forum for a period."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    forum = models.ForeignKey(Forum, models.PROTECT, null=True, blank=True, related_name="memberships")
    function = models.CharField("funktion", max_length=16, choices=Function)
    side = models.CharField("side", max_length=20, choices=Side, blank=True)
    public_name = models.CharField("navn i kontaktoversigten", max_length=200, blank=True)
    public_email = models.EmailField("e-mail i kontaktoversigten", blank=True)
    public_phone = models.CharField("telefon i kontaktoversigten", max_length=30, blank=True)

    class Meta:
        verbose_name = "medlemskab"
        verbose_name_plural = "medlemskaber"
        constraints = [
            ordered_period("membership_period_ordered"),
            models.CheckConstraint(
                name="membership_belongs_somewhere",
                condition=Q(function__in=FORUM_FUNCTIONS, forum__isnull=False, organisation__isnull=False)
                & ~Q(side="")
                | Q(function__in=FREE_FUNCTIONS, forum__isnull=True)
                | ~Q(function__in=[*FORUM_FUNCTIONS, *FREE_FUNCTIONS])
                & Q(forum__isnull=True, organisation__isnull=False),
                violation_error_message="Vælg det forum eller den organisation, som funktionen hører til.",
            ),
            ExclusionConstraint(
                name="membership_one_contact_at_a_time",
                expressions=[
                    (
                        Func(
                            F("organisation"), F("organisation"), Value("[]"),
                            function="int8range", output_field=BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        Func(
                            F("valid_from"), F("valid_to"), Value("[]"),
                            function="daterange", output_field=DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                condition=Q(function=Function.CONTACT),
                violation_error_message="Organisationen har allerede en kontaktperson i den periode.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_function_display()}, {self.place}"

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Check the row as Django does, once its function is known: the condition of a constraint asks for it."""
        if "function" not in (exclude or ()):
            super().validate_constraints(exclude)

    @property
    def place(self) -> str:
        """The name of the forum or organisation this function is held in."""
        return str(self.forum or self.organisation or "alle organisationer")

    @property
    def group_id(self) -> int | None:
        """The group whose grants this membership gives a share in."""
        holder = self.forum or self.organisation
        return holder.group_id if holder else None


class ContactPersonManager(GuardedManager["ContactPerson"]):
    """Only contact persons and their deputies."""

    def get_queryset(self) -> models.QuerySet[ContactPerson]:
        """Only rows with the function of contact person or deputy."""
        return super().get_queryset().filter(function__in=CONTACT_FUNCTIONS)


class ContactPerson(Membership):
    """Kontaktperson (or stedfortræder) as the public overview shows it (S1)."""

    objects: ClassVar[ContactPersonManager] = ContactPersonManager()

    class Meta:
        proxy = True
        verbose_name = "kontaktperson"
        verbose_name_plural = "kontaktpersoner"

    @property
    def shown_name(self) -> str:
        """The name for the public: the one stated for it, else the account's."""
        return self.public_name or self.user.name

    @property
    def shown_email(self) -> str:
        """The address for the public: the one stated for it, else the account's."""
        return self.public_email or self.user.email
