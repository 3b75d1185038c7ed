"""Loads the demonstration, or lists its accounts; bin/run calls it at every start."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.formats import date_format

from contacts.models import Organisation
from core.demo import DEMO_PASSWORD, DemoAccount
from core.models import User
from portfolio.demo.accounts import provide
from transfers.heads import keep_heads
from transfers.models import TransferCase


class Command(BaseCommand):
    """Load the demonstration."""

    help = "Loads the demonstration where it is missing; with --list it shows the accounts and their password."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --list and --all."""
        parser.add_argument("--list", action="store_true", help="show the accounts to begin with")
        parser.add_argument("--all", action="store_true", help="with --list: show every account")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load or list. Raises CommandError outside the demonstration, so that it never touches other data."""
        if not settings.DEMO:
            raise CommandError("load_demo kører kun i demonstrationen (DEMO er slået fra).")
        lines = listing(every=options["all"]) if options["list"] else loading()
        self.stdout.write("\n".join(lines))


def loading() -> list[str]:
    """Load what is missing, keep the head of its histories, and tell in three lines what was done."""
    from portfolio.demo.replay import load

    done = load()
    keep_heads()
    told = "Intet er ændret: Alle sager var der i forvejen."
    if done.first and done.last:
        days = f"{date_format(done.first, 'j. F Y')} til {date_format(done.last, 'j. F Y')}"
        told = f"Nyt: {done.cases} sager, spillet igennem med {done.acts} handlinger fra {days}."
    return [
        f"Demonstrationen har {TransferCase.unscoped.count()} sager, {User.objects.count()} konti og "
        f"{Organisation.objects.count()} organisationer.",
        told,
        "Se konti og adgangskode med: manage.py load_demo --list",
    ]


def listing(*, every: bool) -> list[str]:
    """Return the accounts as a table, and the password they share."""
    accounts = provide()
    shown = [account for account in accounts if every or account.waiting is not None]
    rows = [("E-mail", "Rolle", "Organisation"), *map(cells, shown)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    hidden = len(accounts) - len(shown)
    rest = [f"{hidden} andre konti: manage.py load_demo --list --all"] if hidden else []
    return [lines[0], "-" * max(map(len, lines)), *lines[1:], *rest, f"Adgangskode til alle: {DEMO_PASSWORD}"]


def cells(account: DemoAccount) -> tuple[str, str, str]:
    """Return one account as a line of the table."""
    return account.email, account.name, account.organisation
