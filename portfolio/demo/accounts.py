"""The accounts of the demonstration as the sign-in page and `load_demo --list` show them."""

from __future__ import annotations

from collections import defaultdict

from django.core.cache import cache
from django.utils.timezone import localdate

from contacts.enums import FORUM_FUNCTIONS, Function, OrganisationKind
from contacts.models import Membership
from contacts.periods import in_force
from contacts.viewer import Viewer
from core.demo import DemoAccount
from core.models import User
from portfolio.demo.region import DOMAIN, address
from transfers.models import JournalEntry
from transfers.rooms import TODO_PROVIDERS

HOSPITALS, MUNICIPALITIES, PRACTICE, FORUMS, OFFICE, OTHERS = GROUPS = (
    "Sygehuse", "Kommuner", "Almen praksis", "Fora", "Sekretariat", "Andre",
)  # fmt: skip
# The roles that show most, in the order a visitor meets them; the others can be unfolded.
FIRST = [
    address(key)
    for key in (
        "kontakt.auh", "leder.neurologi", "leder.onkologi", "stedfortraeder.auh",
        "kontakt.hjoerring", "kontakt.rebild", "kontakt.jammerbugt", "kontakt.aalborg", "kontakt.plo",
        "psg.formand", "psg.sekretaer", "forum.rhn.formand", "das.formand", "sekretariat.leder",
    )
]  # fmt: skip
GROUP_OF = {
    OrganisationKind.HOSPITAL: HOSPITALS,
    OrganisationKind.PSYCHIATRY: HOSPITALS,
    OrganisationKind.MUNICIPALITY: MUNICIPALITIES,
    OrganisationKind.GENERAL_PRACTICE: PRACTICE,
}
KEPT_FOR = 60


def provide() -> list[DemoAccount]:
    """Return every account: first the telling ones, with the number of tasks that wait for each, then the rest."""
    viewers = everybody()
    counts = waiting([viewer for viewer in viewers if viewer.user.email in FIRST])
    return sorted((account(viewer, counts.get(viewer.user.email)) for viewer in viewers), key=place)


def place(account: DemoAccount) -> tuple[bool, int, int, str]:
    """Return where an account stands: counted ones first, group by group, in the order of FIRST, then by name."""
    order = FIRST.index(account.email) if account.email in FIRST else len(FIRST)
    return account.waiting is None, GROUPS.index(account.group), order, account.name


def everybody() -> list[Viewer]:
    """Return the demonstration's accounts with their memberships in force today; two queries."""
    rows = Membership.objects.filter(in_force(), user__email__endswith=f"@{DOMAIN}").order_by("pk")
    held: dict[int, list[Membership]] = defaultdict(list)
    for row in rows.select_related("organisation__parent", "forum", "user"):
        held[row.user_id].append(row)
    users = User.objects.filter(email__endswith=f"@{DOMAIN}", is_active=True)
    return [Viewer(user, tuple(held[user.pk]), localdate()) for user in users]


def account(viewer: Viewer, waiting: int | None) -> DemoAccount:
    """Return an account as a line of the table."""
    place = next((m.organisation.whole.name for m in viewer.memberships if m.organisation), "")
    return DemoAccount(viewer.user.name, place, viewer.user.email, waiting, group_of(viewer))


def group_of(viewer: Viewer) -> str:
    """Return the heading an account stands under, by its first membership."""
    first = next(iter(viewer.memberships), None)
    if first is None or first.organisation is None:
        return OTHERS
    if first.function in FORUM_FUNCTIONS:
        return FORUMS
    if first.function == Function.SECRETARIAT:
        return OFFICE
    return GROUP_OF.get(OrganisationKind(first.organisation.whole.kind), OTHERS)


def waiting(viewers: list[Viewer]) -> dict[str, int]:
    """Return by address how many tasks wait; counted anew after the next step of a case, or after a minute."""
    newest = JournalEntry.unscoped.order_by("-pk").values_list("pk", flat=True).first()
    key = f"demo-waiting:{localdate()}:{newest}"
    counts: dict[str, int] | None = cache.get(key)
    if counts is None:
        counts = {viewer.user.email: count(viewer) for viewer in viewers}
        cache.set(key, counts, KEPT_FOR)
    return counts


def count(viewer: Viewer) -> int:
    """Return how many lines Mine opgaver has for a viewer."""
    return sum(len(provide(viewer)) for provide in TODO_PROVIDERS)
