"""What the catalogue is made of: kinds of pages, and addresses with a role that may be there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.urls import reverse

from dialogue.models import Attachment
from tests.pages.region import Region

Value = str | int | Callable[[Region], Any]


class Kind(Enum):
    """What a page is for."""

    PUBLIC = "for everybody, without sign-in"
    ACCOUNT = "signing in and one's own account, by allauth"
    ADMIN = "the technical administrator's pages about accounts"
    LIST = "many rows"
    DETAIL = "one thing"
    FORM = "asks for something and stores it"
    ACT = "asks once, and moves a case or a job"
    FRAGMENT = "a part of a page"
    DOWNLOAD = "a file"
    HEALTH = "for the machine that watches the service"


@dataclass(frozen=True)
class Place:
    """One address of a route, and a role that may be there; "" is a visitor who is not signed in."""

    route: str
    role: str
    args: tuple[Value, ...]
    query: str
    status: int

    def values(self, region: Region) -> list[Any]:
        """The values in the address; what a page is bound to stands first."""
        return [value(region) if callable(value) else value for value in self.args]

    def url(self, region: Region, *instead: Any) -> str:
        """The address; `instead` takes the place of as many of its first values."""
        return reverse(self.route, args=[*instead, *self.values(region)[len(instead) :]]) + self.query

    def __str__(self) -> str:
        shown = [str(getattr(value, "called", value)) for value in self.args]
        return " ".join(filter(None, [self.route, *shown, self.query, f"as {self.role or 'visitor'}"]))


@dataclass(frozen=True)
class Page:
    """A route, what it is for, and where to find it."""

    route: str
    kind: Kind
    places: tuple[Place, ...]
    posts_only: bool

    @property
    def is_public(self) -> bool:
        """Whether visitors who are not signed in may be there."""
        return all(place.role == "" for place in self.places)


Given = tuple[str, tuple[Value, ...], str, int]


def page(route: str, kind: Kind, *given: Given, posts_only: bool = False) -> Page:
    """One line of the catalogue; without an address the page is the same as another, or nobody gets there."""
    return Page(route, kind, tuple(Place(route, *one) for one in given), posts_only)


def at(role: str, *args: Value, query: str = "", status: int = 200) -> Given:
    """An address by its values, a role that may be there, and how a GET is answered."""
    return role, args, query, status


def case(role: str, name: str, *args: Value, query: str = "", status: int = 200) -> Given:
    """An address below a case of the region."""
    return at(role, named(name, lambda region: region.number(name)), *args, query=query, status=status)


def cases(role: str, *names: str) -> list[Given]:
    """The same page for several cases."""
    return [case(role, name) for name in names]


def act(role: str, name: str, code: str) -> Given:
    """The page of a plain act."""
    return case(role, name, code)


def annual(role: str, name: str, status: int = 200) -> Given:
    """An address of an edition of the annual status."""
    year = named(name, lambda region: region.editions[name].year)
    return at(role, year, named("edition", lambda region: region.editions[name].edition), status=status)


# --- Values in addresses --------------------------------------------------------------------------------


def named(name: str, value: Callable[[Region], Any]) -> Callable[[Region], Any]:
    """A value that is called something where a test tells of it."""
    value.called = name  # type: ignore[attr-defined]
    return value


def organisation(key: str) -> Value:
    """An organisation of the world."""
    return named(key, lambda region: region.world.organisations[key].pk)


def forum(key: str) -> Value:
    """A forum of the world."""
    return named(key, lambda region: region.world.forums[key].pk)


def account(role: str) -> Value:
    """An account."""
    return named(role, lambda region: region.world.users[role].pk)


def membership(role: str) -> Value:
    """The membership of a role."""
    return named(role, lambda region: region.membership(role))


def passkey(role: str) -> Value:
    """The passkey of an account."""
    rows = Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN)
    return named("passkey", lambda region: rows.get(user=region.world.users[role]).pk)


def party(name: str, key: str) -> Value:
    """The party that an organisation is in a case."""
    return named(key, lambda region: region.party(name, key))


def attachment(name: str) -> Value:
    """The first attachment of a case."""
    rows = Attachment.unscoped.order_by("pk")
    return named("attachment", lambda region: rows.filter(case=region.cases[name])[0].file_id)


def decision(name: str) -> Value:
    """The newest decision of a case."""
    return named("decision", lambda region: region.decision(name))


def report(name: str) -> Value:
    """A report of opgaveglidning."""
    return named(f"{name} report", lambda region: region.reports[name].pk)


def meeting(name: str) -> Value:
    """A meeting of the region."""
    return named(name, lambda region: region.meetings[name].pk)


def item(name: str, about: str) -> Value:
    """An item of a meeting."""
    return named(about, lambda region: region.item(name, about))


def agreement(name: str) -> Value:
    """The agreement of a case."""
    return named("agreement", lambda region: region.agreement(name))


def forgotten(role: str) -> tuple[Value, Value]:
    """The two values in a mail about a forgotten password."""
    uid = named("uid", lambda region: user_pk_to_url_str(region.world.users[role]))
    return uid, named("key", lambda region: default_token_generator.make_token(region.world.users[role]))
