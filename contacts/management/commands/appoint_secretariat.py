"""Gives an account its place in the secretariat: the first step in a new installation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contacts.enums import Function, OrganisationKind
from contacts.models import Membership, Organisation
from core.models import User


class Command(BaseCommand):
    """Appoint to the secretariat."""

    help = "Makes an account a member of the secretariat; the region is made when it is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the account's address and the region's name."""
        parser.add_argument("email")
        parser.add_argument("--region", default="Region Nordjylland")

    def handle(self, *args: Any, **options: Any) -> None:
        """Store the membership; raises CommandError for an unknown account."""
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError("Der er ingen konto med den adresse.")
        region = Organisation.objects.filter(kind=OrganisationKind.REGION, name=options["region"]).first()
        region = region or Organisation.objects.create(kind=OrganisationKind.REGION, name=options["region"])
        Membership.objects.get_or_create(user=user, organisation=region, function=Function.SECRETARIAT)
        self.stdout.write(f"{user} is in the secretariat of {region}.")
