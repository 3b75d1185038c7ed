"""Facts about many organisations and people: the public overview and the secretariat's lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, F, Max, OuterRef, Prefetch, Q, QuerySet
from django.utils.timezone import localdate

from contacts.enums import Function, OrganisationKind
from contacts.models import ContactPerson, Forum, Membership, Organisation
from contacts.periods import in_force
from core.models import User
from core.second_factor import factors

LISTED_KINDS = (
    OrganisationKind.HOSPITAL,
    OrganisationKind.PSYCHIATRY,
    OrganisationKind.MUNICIPALITY,
    OrganisationKind.GENERAL_PRACTICE,
)
KINDS_WITH_CONTACT = (*LISTED_KINDS, OrganisationKind.SPECIALIST_PRACTICE, OrganisationKind.REGION)


@dataclass(frozen=True)
class ContactLine:
    """One organisation in the public overview, with its contact person and deputies in force."""

    organisation: Organisation
    contact: ContactPerson | None
    deputies: list[ContactPerson] = field(default_factory=list)

    @property
    def is_missing(self) -> bool:
        """Whether an organisation that must have a contact person has none (S1)."""
        return self.contact is None and self.organisation.kind in LISTED_KINDS


def contact_overview(on: date | None = None) -> list[ContactLine]:
    """Return every organisation with its contact persons in force; two queries."""
    people = ContactPerson.objects.filter(in_force(on)).select_related("user").order_by("pk")
    rows = Organisation.objects.filter(active=True, kind__in=KINDS_WITH_CONTACT).prefetch_related(
        Prefetch("memberships", queryset=people, to_attr="contact_people")
    )
    lines = [contact_line(organisation) for organisation in sorted(rows, key=place_in_overview)]
    return [line for line in lines if line.contact or line.organisation.kind in LISTED_KINDS]


def place_in_overview(organisation: Organisation) -> tuple[int, str]:
    """Hospitals first, then municipalities and general practice; Danish order within each."""
    return KINDS_WITH_CONTACT.index(OrganisationKind(organisation.kind)), organisation.sort_key


def contact_line(organisation: Organisation) -> ContactLine:
    """Sort an organisation's prefetched people into contact and deputies."""
    people: list[ContactPerson] = organisation.contact_people  # type: ignore[attr-defined]
    contact = next((p for p in people if p.function == Function.CONTACT), None)
    return ContactLine(organisation, contact, [p for p in people if p.function == Function.DEPUTY])


def organisations_listed() -> QuerySet[Organisation]:
    """Return all organisations and departments, in Danish order, with what a line shows."""
    return Organisation.objects.select_related("parent").order_by("kind", "sort_key")


def members_of(place: Organisation | Forum) -> QuerySet[Membership]:
    """Return an organisation's or forum's memberships, those in force first, and who has a second factor."""
    rows = place.memberships.select_related("user", "organisation", "forum")
    rows = rows.annotate(has_second_factor=Exists(factors(OuterRef("user"))))
    if isinstance(place, Organisation):
        rows = rows.filter(forum__isnull=True)
    return rows.order_by("valid_to", "function", "pk")


def waiting_accounts() -> QuerySet[User]:
    """Return the accounts in use that wait for a function: those without one, unless they left and stayed away."""
    waiting = User.objects.filter(is_active=True, is_staff=False, is_superuser=False)
    ended = waiting.annotate(last_day=Max("memberships__valid_to"))
    never = Q(memberships__isnull=True)
    again = Q(last_day__lt=localdate(), last_login__date__gt=F("last_day"))
    current = Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=localdate()), user=OuterRef("pk"))
    return ended.filter(~Exists(current)).filter(never | again).distinct().order_by("date_joined")


def organisations_without_contact(on: date | None = None) -> list[Organisation]:
    """Return the organisations that must have a contact person (S1) and have none that day (today); one query."""
    people = ContactPerson.objects.filter(in_force(on), function=Function.CONTACT, organisation=OuterRef("pk"))
    rows = Organisation.objects.filter(~Exists(people), active=True, kind__in=LISTED_KINDS)
    return sorted(rows, key=place_in_overview)


def people_in(functions: Iterable[str], organisations: Iterable[int], on: date | None = None) -> dict[int, list[User]]:
    """Return who holds one of the functions in each organisation that day (today); one query."""
    rows = Membership.objects.filter(
        in_force(on), function__in=list(functions), organisation__in=set(organisations), forum__isnull=True,
        user__is_active=True,
    )  # fmt: skip
    found: dict[int, list[User]] = defaultdict(list)
    for row in rows.select_related("user").order_by("pk"):
        found[row.organisation_id or 0].append(row.user)
    return found


def people_in_forums(functions: Iterable[str], forums: Iterable[int], on: date | None = None) -> dict[int, list[User]]:
    """Return who holds one of the functions in each forum that day (today); one query."""
    rows = Membership.objects.filter(
        in_force(on), function__in=list(functions), forum__in=set(forums), user__is_active=True
    )
    found: dict[int, list[User]] = defaultdict(list)
    for row in rows.select_related("user").order_by("pk"):
        found[row.forum_id or 0].append(row.user)
    return found


def secretariat_users(on: date | None = None) -> list[User]:
    """Return the accounts of the secretariat that day (today)."""
    rows = Membership.objects.filter(in_force(on), function=Function.SECRETARIAT, user__is_active=True)
    return [row.user for row in rows.select_related("user").order_by("pk")]
