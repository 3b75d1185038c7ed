"""Who may do what to a case now, and what is missing: decisions about people (design: access)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse

from contacts.enums import CONTACT_FUNCTIONS, ForumLevel, Function
from contacts.models import ContactPerson, Membership
from contacts.periods import in_force
from contacts.viewer import Viewer
from core.errors import Incomplete, NotAllowed
from transfers.enums import Result, Who
from transfers.models import Opinion, Party, Placement, TransferCase
from transfers.workflow import ACTS, BY_CODE, CHOICES, Act, acts_from

Requirement = Callable[[TransferCase], list[str]]
REQUIREMENTS: dict[str, Requirement] = {}


def requirement(name: str) -> Callable[[Requirement], Requirement]:
    """Register what must be true for acts that name it; the function returns what is missing, in Danish."""

    def register(check: Requirement) -> Requirement:
        REQUIREMENTS[name] = check
        return check

    return register


Homes = Callable[[TransferCase], set[int]]
ELSEWHERE: dict[Who, Homes] = {}


def relation(who: Who, homes: Homes) -> Callable[[Relation], Relation]:
    """Register who stands in a relation of an upper app, and in which organisations those people are found."""

    def register(holds: Relation) -> Relation:
        RELATIONS[who], ELSEWHERE[who] = holds, homes
        return holds

    return register


Fitting = Callable[[TransferCase, Membership], str]
FITTING: dict[str, Fitting] = {}


def fits_for(code: str) -> Callable[[Fitting], Fitting]:
    """Register for which of the people the table names an act is not, e.g. parties that have not answered.

    The function returns why it is not for this membership, in Danish, or an empty text.
    """

    def register(check: Fitting) -> Fitting:
        FITTING[code] = check
        return check

    return register


@dataclass(frozen=True)
class Circle:
    """The people around one case: looked up once, asked many times."""

    case: TransferCase

    @cached_property
    def parties(self) -> frozenset[int]:
        """Ids of the organisations that are affected parties."""
        return frozenset(Party.unscoped.filter(case=self.case).values_list("organisation_id", flat=True))

    @cached_property
    def lacks_contact(self) -> bool:
        """Whether the initiating organisation has no contact person in force."""
        people = ContactPerson.objects.filter(in_force(), organisation_id=self.case.initiator_id)
        return not people.exists()

    @cached_property
    def asked(self) -> frozenset[int]:
        """Ids of the forums that are asked for an opinion and have not given it."""
        return frozenset(Opinion.unscoped.filter(case=self.case, answer="").values_list("forum_id", flat=True))

    @cached_property
    def rejecting(self) -> int:
        """Id of the forum that may take a rejected case up again: the one that rejected it, or its successor."""
        if self.case.result != Result.REJECTED:
            return 0
        placements = Placement.unscoped.filter(case=self.case, ended_by_act="reject").select_related("forum")
        last = placements.order_by("-ended_at").first()
        return last.forum.heir.pk if last else 0

    def holds(self, who: Who, member: Membership) -> bool:
        """Tell whether a membership stands in that relation to the case."""
        return RELATIONS[who](self, member)

    def capacities(self, act: Act, viewer: Viewer) -> list[Membership]:
        """Return the viewer's memberships that may do the act now, in the order the table names them."""
        return [m for m in self.named(act, viewer) if not self.misfit(act, m)]

    def named(self, act: Act, viewer: Viewer) -> list[Membership]:
        """Return the viewer's memberships that the table names for the act."""
        return list(dict.fromkeys(m for who in act.who for m in viewer.memberships if self.holds(who, m)))

    def misfit(self, act: Act, member: Membership) -> str:
        """Return why the act is not for this membership now, in Danish; empty when it is."""
        fitting = FITTING.get(act.code)
        return fitting(self.case, member) if fitting else ""

    def people(self, whos: Iterable[Who]) -> list[Membership]:
        """Return everyone in force who stands in one of the relations; for messages."""
        wanted = list(whos)
        home = {self.case.initiator_id, self.case.department_id or self.case.initiator_id}
        home |= {pk for who in wanted if who in ELSEWHERE for pk in ELSEWHERE[who](self.case)}
        rows = Membership.objects.filter(in_force(), user__is_active=True)
        rows = rows.select_related("user", "organisation", "forum")
        forums = {self.case.current_forum_id or 0} | (self.asked if Who.ASKED_FORUM in wanted else set())
        near = rows.filter(organisation_id__in=home | self.parties) | rows.filter(forum_id__in=forums)
        if W_SECRETARIAT & set(wanted):
            near = near | rows.filter(function=Function.SECRETARIAT)
        return [m for m in near if any(self.holds(who, m) for who in wanted)]


W_SECRETARIAT = {Who.SECRETARIAT, Who.STAND_IN}


def in_organisation(member: Membership, organisation_id: int | None) -> bool:
    """Tell whether the membership is held in that organisation itself (not in a forum for it)."""
    return member.forum_id is None and organisation_id is not None and member.organisation_id == organisation_id


def at_home(circle: Circle, member: Membership) -> bool:
    """Tell whether the membership is held where the case began: the department, or the organisation."""
    case = circle.case
    return in_organisation(member, case.department_id) or in_organisation(member, case.initiator_id)


def in_forum(circle: Circle, member: Membership) -> bool:
    """Tell whether the membership is in the forum that has the case now."""
    return member.forum_id is not None and member.forum_id == circle.case.current_forum_id


Relation = Callable[[Circle, Membership], bool]
RELATIONS: dict[Who, Relation] = {
    Who.LEADER: lambda c, m: m.function == Function.LEADER and at_home(c, m),
    Who.DEPARTMENT: lambda c, m: m.function == Function.COLLEAGUE and at_home(c, m),
    Who.INITIATOR_CONTACT: lambda c, m: m.function in CONTACT_FUNCTIONS
    and in_organisation(m, c.case.initiator_id),
    Who.STAND_IN: lambda c, m: m.function == Function.SECRETARIAT and c.lacks_contact,
    Who.PARTY_CONTACT: lambda c, m: m.function in CONTACT_FUNCTIONS
    and m.forum_id is None
    and m.organisation_id in c.parties,
    Who.PARTY_MEMBER: lambda c, m: m.function in (Function.LEADER, Function.COLLEAGUE)
    and m.forum_id is None
    and m.organisation_id in c.parties,
    Who.SIGNATORY: lambda c, m: m.function == Function.SIGNATORY
    and m.forum_id is None
    and m.organisation_id in c.parties | {c.case.initiator_id},
    Who.FORUM_CHAIR: lambda c, m: m.function == Function.CHAIR and in_forum(c, m),
    Who.FORUM_SECRETARY: lambda c, m: m.function == Function.SECRETARY and in_forum(c, m),
    Who.FORUM_MEMBER: lambda c, m: m.function == Function.MEMBER and in_forum(c, m),
    Who.ASKED_FORUM: lambda c, m: m.function in (Function.CHAIR, Function.SECRETARY)
    and m.forum is not None
    and m.forum.level == ForumLevel.LOCAL
    and m.forum_id in c.asked,
    Who.REJECTING_FORUM: lambda c, m: m.function in (Function.CHAIR, Function.SECRETARY)
    and m.forum_id is not None
    and m.forum_id == c.rejecting,
    Who.SECRETARIAT: lambda c, m: m.function == Function.SECRETARIAT,
}


@dataclass(frozen=True)
class Offer:
    """One act as a page shows it: a button, or greyed in words with what is missing."""

    act: Act
    case: TransferCase
    capacities: list[Membership] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def allowed(self) -> bool:
        """Whether the server would accept the act now."""
        return bool(self.capacities) and not self.missing

    @property
    def label(self) -> str:
        """What the button says: the act, or the choice between acts that share a page."""
        return CHOICES.get(self.act.page, self.act.label)

    @property
    def url(self) -> str:
        """The page where the act is done."""
        args = [self.case.number, self.act.code] if self.act.page == "transfers:act" else [self.case.number]
        return reverse(self.act.page, args=args)


def missing_for(act: Act, case: TransferCase) -> list[str]:
    """Return, item by item in Danish, what must still be true before the act."""
    return [item for name in act.requires for item in REQUIREMENTS[name](case)]


def offers(case: TransferCase, viewer: Viewer) -> list[Offer]:
    """Return the acts this viewer may do in the case's stage, blocked ones with their reasons."""
    return list(offers_of((act.code for act in acts_from(case.stage)), case, viewer).values())


def offers_of(codes: Iterable[str], case: TransferCase, viewer: Viewer) -> dict[str, Offer]:
    """Return some acts of the table as offered to the viewer, by code; others' acts are left out."""
    circle = Circle(case)
    acts = [BY_CODE[code] for code in codes if case.stage in BY_CODE[code].sources]
    held = {act: circle.capacities(act, viewer) for act in acts}
    return {act.code: Offer(act, case, able, missing_for(act, case)) for act, able in held.items() if able}


def offer(act: Act, case: TransferCase, viewer: Viewer) -> Offer:
    """Return one act as it stands for this viewer; without capacities where it is not theirs to do."""
    able = Circle(case).capacities(act, viewer) if case.stage in act.sources else []
    return Offer(act, case, able, missing_for(act, case) if able else [])


def require(act: Act, case: TransferCase, viewer: Viewer, capacity_id: int | None = None) -> Membership:
    """Return the membership the viewer acts by.

    Raises NotAllowed when the act is not theirs or not possible in this stage, Incomplete when something
    is missing; both carry the Danish sentence the page shows.
    """
    if case.stage not in act.sources:
        raise NotAllowed(f"Det kan ikke gøres nu. Sagen er i stadiet »{case.stage_label}«.")
    circle = Circle(case)
    named = [m for m in circle.named(act, viewer) if capacity_id is None or m.pk == capacity_id]
    chosen = [m for m in named if not circle.misfit(act, m)]
    if not chosen:
        reasons = [circle.misfit(act, m) for m in named]
        raise NotAllowed(reasons[0] if reasons else "Det har du ikke adgang til at gøre i denne sag.")
    missing = missing_for(act, case)
    if missing:
        raise Incomplete(f"»{act.label}« kan ikke gøres endnu.", missing)
    return chosen[0]


def undeclared() -> list[str]:
    """Return what the table names but nobody registered; the system check fails on it at start."""
    names = {name for act in ACTS for name in act.requires} - REQUIREMENTS.keys()
    return sorted(names) + sorted(who for act in ACTS for who in act.who if who not in RELATIONS)
