"""Who may know of what: written by hand from the rules of access, never worked out by the product."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.pages.places import Place
from tests.pages.region import MISSING, Region
from tests.pages.routes import all_routes

Roles = frozenset[str]
NOBODY: Roles = frozenset()


def roles(words: str) -> Roles:
    """The roles named in a line."""
    return frozenset(words.split())


HOME = roles("leader colleague double careful keyed contact deputy hospital_signatory")
AALBORG = roles("aalborg_contact aalborg_deputy aalborg_colleague aalborg_signatory")
PARTIES = AALBORG | roles("rebild_contact rebild_signatory plo_contact plo_signatory")
LOCAL = roles("local_chair local_secretary local_member keyless")
PSG = roles("psg_chair psg_secretary psg_member")
UPPER = PSG | roles("das_chair das_secretary das_member")
OFFICE = roles("secretariat")
AT_HOME = HOME | OFFICE
SENT = AT_HOME | UPPER
IN_DIALOGUE = SENT | PARTIES
LOCALLY = IN_DIALOGUE | LOCAL
SEE_CASE: dict[str, Roles] = {
    "attached": IN_DIALOGUE,
    "screening": AT_HOME,
    "draft": AT_HOME,
    "complete": AT_HOME,
    "merging": AT_HOME,
    "submitted": SENT,
    "dialogue": IN_DIALOGUE,
    "answered": IN_DIALOGUE,
    "changed": IN_DIALOGUE,
    "revised": IN_DIALOGUE,
    "unaffected": IN_DIALOGUE,
    "closing": IN_DIALOGUE,
    "signing": IN_DIALOGUE,
    "mini_mtv": IN_DIALOGUE,
    "local_forum": LOCALLY,
    "portfolio": IN_DIALOGUE,
    "drafted": IN_DIALOGUE,
    "administrative": IN_DIALOGUE,
    "agreement": IN_DIALOGUE,
    "written": IN_DIALOGUE,
    "issued": IN_DIALOGUE,
    "active": IN_DIALOGUE,
    "followed": IN_DIALOGUE,
    "closed": SENT,
    "consulted": LOCALLY | {"other_chair"},
    "voting": IN_DIALOGUE,
    "rejected": IN_DIALOGUE,
    "not_needed": AT_HOME,
    "stopped": LOCALLY,
}
PUBLISHED = ("adopted", "decided")


@dataclass(frozen=True)
class Bound:
    """What an address is bound to: how it begins, which value is the key, one nobody has, and who may know of it."""

    pattern: str
    kind: str
    position: int
    missing: str | int
    readers: Callable[[str], Roles]


NO_NUMBER = 99_999_999
BOUND: tuple[Bound, ...] = (
    Bound(r"sager/<str:number>/", "case", 0, MISSING, SEE_CASE.__getitem__),
    Bound(r"moeder/<int:pk>/", "meeting", 0, NO_NUMBER, lambda name: PSG | OFFICE),
    Bound(r"opgaveglidning/<int:pk>/", "report", 0, NO_NUMBER, lambda name: AALBORG | OFFICE | {"contact", "deputy"}),
    Bound(r"aarsstatus/<int:year>/<int:edition>/", "edition", 1, 99, lambda name: UPPER | OFFICE),
    Bound(r"organisationer/<int:pk>/", "organisation", 0, NO_NUMBER, lambda name: OFFICE),
    Bound(r"fora/<int:pk>/", "forum", 0, NO_NUMBER, lambda name: OFFICE),
    Bound(r"funktioner/<int:pk>/", "membership", 0, NO_NUMBER, lambda name: OFFICE),
    Bound(r"\^\(\?P<place>organisationer\|fora\)", "organisation", 1, NO_NUMBER, lambda name: OFFICE),
    Bound(r"admin/core/user/<path:object_id>/", "account", 0, NO_NUMBER, lambda name: frozenset({"administrator"})),
    Bound(r"admin/core/user/<id>/password/", "account", 0, NO_NUMBER, lambda name: frozenset({"administrator"})),
)


def bound(place: Place) -> Bound | None:
    """What an address is bound to; None where there is nothing, or something that all who are signed in may read."""
    found = next((one for one in BOUND if re.match(one.pattern, all_routes()[place.route])), None)
    return None if found is None or (found.kind == "edition" and called(place) in PUBLISHED) else found


def called(place: Place) -> str:
    """What the first value of an address is called in the region."""
    return str(getattr(place.args[0], "called", "")) if place.args else ""


def readers(place: Place) -> Roles:
    """The roles that may know of what an address is bound to, with the one that the catalogue lets in there."""
    found = bound(place)
    return found.readers(called(place)) | {place.role} if found else NOBODY


def everyone(region: Region) -> list[str]:
    """Every role there is, and the visitor."""
    return ["", *sorted(region.world.users)]
