"""Loads the demonstration's organisations, forums and accounts. A second run changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils.timezone import localdate

from contacts.enums import Function
from contacts.models import Forum, ForumQuorum, Membership, Organisation
from core.demo import DEMO_PASSWORD
from core.models import User
from portfolio.demo.content import CONTENT, read

DOMAIN = "demo.invalid"


@dataclass(frozen=True)
class Region:
    """What the cases refer to by key."""

    organisations: dict[str, Organisation]
    forums: dict[str, Forum]
    accounts: dict[str, User]


def months_ago(months: int) -> date:
    """Return the day so many months (of 30.5 days) before today."""
    return localdate() - timedelta(days=round(30.5 * months))


def load_region() -> Region:
    """Store the region where it is missing and return its rows by key."""
    data = read(CONTENT / "region.toml")
    organisations = load_organisations(data["organisation"])
    forums = {row["key"]: load_forum(row, organisations) for row in data["forum"]}
    password = make_password(DEMO_PASSWORD)
    accounts = {row["key"]: load_account(row, password, organisations, forums) for row in data["account"]}
    return Region(organisations, forums, accounts)


def load_organisations(rows: list[dict[str, Any]]) -> dict[str, Organisation]:
    """Store organisations, then the catchments, which refer to them."""
    found: dict[str, Organisation] = {}
    for row in rows:
        parent = found.get(row.get("parent", ""))
        found[row["key"]], _ = Organisation.objects.get_or_create(
            name=row["name"], parent=parent,
            defaults={"kind": row["kind"], "municipality_code": row.get("municipality_code", "")},
        )  # fmt: skip
    for row in rows:
        found[row["key"]].catchment.add(*[found[key] for key in row.get("catchment", [])])
    return found


def load_forum(row: dict[str, Any], organisations: dict[str, Organisation]) -> Forum:
    """Store one forum and its quorum."""
    forum, made = Forum.objects.get_or_create(
        name=row["name"],
        defaults={
            "short_name": row["short_name"],
            "level": row["level"],
            "organisation": organisations.get(row.get("organisation", "")),
            "may_agree_locally": row.get("may_agree_locally", False),
            "valid_from": months_ago(row["from_months_ago"]),
        },
    )
    if made:
        for side, minimum in row["quorum"].items():
            ForumQuorum.objects.create(forum=forum, side=side, minimum=minimum)
    return forum


def load_account(
    row: dict[str, Any], password: str, organisations: dict[str, Organisation], forums: dict[str, Forum]
) -> User:
    """Store one role account with its memberships; all share the demonstration's password."""
    held = row.get("membership", [])
    technical = any(told["function"] == Function.ADMINISTRATOR for told in held)
    user, made = User.objects.get_or_create(
        email=address(row["key"]),
        defaults={"name": row["name"], "password": password, "is_staff": technical, "is_superuser": technical},
    )
    if made:
        Membership.objects.bulk_create(membership(user, told, organisations, forums) for told in held)
    return user


def address(key: str) -> str:
    """Return the sign-in of the account with a key of region.toml."""
    return f"{key}@{DOMAIN}"


def membership(
    user: User, told: dict[str, Any], organisations: dict[str, Organisation], forums: dict[str, Forum]
) -> Membership:
    """Return one membership as the file tells it, not stored."""
    return Membership(
        user=user,
        function=told["function"],
        organisation=organisations.get(told.get("organisation", "")),
        forum=forums.get(told.get("forum", "")),
        side=told.get("side", ""),
        valid_from=months_ago(told["from_months_ago"]),
        valid_to=months_ago(told["to_months_ago"]) if "to_months_ago" in told else None,
        public_name=told.get("public_name", ""),
    )
