"""Makes pages long: copies of rows, with all that hangs on them, put straight into the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db.models import ForeignKey, Model, QuerySet
from django.utils.timezone import localdate, now

from contacts.enums import ForumLevel, Function, OrganisationKind, Side
from contacts.models import Forum, Membership, Organisation
from core.models import User
from dialogue.models import Attachment, BasisVersion, Comment, GoalsVersion, ResponseVersion, SharedGoal
from minimtv.models import CoAuthor, MiniMTVVersion
from notifications.models import Notice
from portfolio.models import (
    AgendaItem,
    AgreementParty,
    AgreementVersion,
    AnnualStatus,
    Attendance,
    FollowUp,
    ForumRequest,
    Indicator,
    Meeting,
    Orientation,
    Survey,
    SurveyAnswer,
    SurveyScore,
)  # fmt: skip
from tests.pages.cases import make_report
from tests.pages.region import Region
from tests.world import START
from transfers.models import AccessEntry, JournalEntry, Party, Placement, TransferCase, TransferCaseGrant
from transfers.models.bound import CaseBound

numbers = count(1)
keys = count(10**9)  # far from those the database gives out
Copies = dict[tuple[type[Model], int], int]
NUMBERED: tuple[tuple[type[Any], str], ...] = (
    (JournalEntry, "case"), (BasisVersion, "basis__case"), (MiniMTVVersion, "case"), (GoalsVersion, "case"),
    (AgreementVersion, "agreement__case"),
)  # fmt: skip
AWAITED = (
    "screening", "draft", "submitted", "dialogue", "revised", "closing", "signing", "mini_mtv", "local_forum",
    "portfolio", "drafted", "written", "issued", "active", "not_needed", "voting", "consulted",
)  # fmt: skip


def duplicate(root: Model, **changes: Any) -> int:
    """Copy a row and every case-bound row that hangs on it; returns the key of the copy."""
    copies: Copies = {}
    copied = {model: path for model in copied_with() if (path := path_to(model, type(root)))}
    for model, path in sorted(copied.items(), key=lambda item: item[0] is not type(root)):
        rows: list[Any] = [moved(row, copies, copied) for row in model._base_manager.filter(**{path: root.pk})]
        for row in rows if model is type(root) else ():
            vars(row).update(changes)
        unguarded: QuerySet[Any] = QuerySet(model)
        unguarded.bulk_create(rows)
    return copy_of(copies, type(root), root.pk)


def copied_with() -> list[type[Model]]:
    """The models of which rows are copied."""
    return [TransferCaseGrant, *(model for model in apps.get_models() if issubclass(model, CaseBound))]


def path_to(model: type[Model], root: type[Model]) -> str:
    """The lookup that leads from rows of a model to the row they hang on; empty when there is none."""
    if model is root:
        return "pk"
    for field in links(model):
        if not field.null and field.related_model is not model:
            further = path_to(field.related_model, root)
            if further:
                return field.name if further == "pk" else f"{field.name}__{further}"
    return ""


def links(model: type[Model]) -> Iterator[Any]:
    """The keys by which a model points to rows that are copied."""
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.related_model in copied_with():
            yield field


def copy_of(copies: Copies, model: type[Model], key: int) -> int:
    """The key of a row's copy, the same each time."""
    return copies.setdefault((model, key), next(keys))


def moved(row: Model, copies: Copies, copied: Iterable[type[Model]]) -> Model:
    """The row under a new key, its links inside what is copied following along."""
    row.pk = copy_of(copies, type(row), row.pk)
    for field in links(type(row)):
        value = getattr(row, field.attname)
        if value is not None and field.related_model in copied:
            setattr(row, field.attname, copy_of(copies, field.related_model, value))
    return row


# --- A case -----------------------------------------------------------------------------------------


def lengthen(region: Region, case: TransferCase, times: int) -> None:
    """Give a case so many more of everything that its pages list."""
    for _ in range(times):
        add_party(region, case)
        add_member(next(numbers), Function.DEPUTY, organisation=case.initiator)
        add_comments(region, case)
        for model, within in NUMBERED:
            add_next(model, within, case)
        if SharedGoal.unscoped.filter(case=case).exists():
            add_goal(region, case)
        add_to_agreement(case)
        add_treatment(region, case)
        last = Placement.unscoped.filter(case=case).order_by("pk").first()
        if last is not None:
            duplicate(last, ended_at=now(), ended_by_act="adjourn")
        add_attachments(case)
        add_co_author(region, case)
    for party in Party.unscoped.filter(case=case).order_by("pk")[:1]:
        for version in ResponseVersion.unscoped.filter(response__party=party).order_by("pk")[:1]:
            for number in range(times):
                duplicate(version, number=next(numbers) + number)


def add_treatment(region: Region, case: TransferCase) -> None:
    """One more agenda with the case, and one more orientation where there is one."""
    AgendaItem(meeting=next_meeting(region), case=case, position=1, recommendation="Godkend.").save()
    for orientation in Orientation.unscoped.filter(case=case)[:1]:
        duplicate(orientation)


def next_meeting(region: Region) -> Meeting:
    """One more meeting of the Porteføljestyregruppe."""
    at, planner = now() + timedelta(days=1000 + next(numbers)), region.world.users["psg_secretary"]
    return Meeting.objects.create(forum=region.world.forums["psg"], starts_at=at, planned_by=planner)


def add_attachments(case: TransferCase) -> None:
    """One more attachment of each kind there is."""
    for attachment in Attachment.unscoped.filter(case=case).order_by("pk")[:2]:
        duplicate(attachment)


def add_co_author(region: Region, case: TransferCase) -> None:
    """One more person at Aalborg Kommune, who writes the mini-MTV along where somebody does."""
    add_member(next(numbers), Function.COLLEAGUE, organisation=region.world.organisations["aalborg"])
    row = CoAuthor.unscoped.filter(case=case).order_by("pk").first()
    add_alone(row, user_id=User.objects.latest("pk").pk)


def add_next(model: type[Any], within: str, case: TransferCase) -> None:
    """One more of a numbered series, where there is one at all."""
    first = model.unscoped.filter(**{within: case}).order_by("number").first()
    if first is not None:
        duplicate(first, number=next(numbers) + 100)


def add_party(region: Region, case: TransferCase) -> None:
    """One more party that has answered as the first one did, and has asked for the Porteføljestyregruppe."""
    first = Party.unscoped.filter(case=case).order_by("pk").first()
    if first is None:
        return
    organisation = municipality()
    duplicate(first, organisation_id=organisation.pk)
    asker = region.world.users["aalborg_contact"]
    ForumRequest(case=case, organisation=organisation, reason="Det er bredt.", requested_by=asker).save()


def add_to_agreement(case: TransferCase) -> None:
    """One more party to the agreement, which has answered as the first one did, one more indicator and follow-up."""
    first = AgreementParty.unscoped.filter(agreement__case=case).order_by("pk").first()
    if first is not None:
        duplicate(first, organisation_id=municipality().pk)
    add_alone(Indicator.unscoped.filter(agreement__case=case).order_by("pk").first())
    followed = FollowUp.unscoped.filter(case=case, recorded_at__isnull=False)
    add_alone(followed.order_by("pk").first(), number=next(numbers) + 100)


def add_alone(row: Any, **changes: Any) -> None:
    """One more row like this one, without what hangs on it: what belongs to a frozen whole cannot be added to it."""
    if row is not None:
        vars(row).update(changes, pk=None, id=None)
        row._state.adding = True
        row.save()


def add_comments(region: Region, case: TransferCase) -> None:
    """A comment and an answer to it."""
    world = region.world
    said = {"case": case, "author": world.users["leader"], "organisation": world.organisations["hospital"]}
    first = Comment.unscoped.create(**said, audience="all", text="Hvornår begynder vi?")
    Comment.unscoped.create(**said, audience="all", text="Efter påske.", parent=first)


def add_goal(region: Region, case: TransferCase) -> None:
    """One more shared goal, which nobody has marked."""
    number = next(numbers)
    SharedGoal(case=case, order=number, text=f"Mål {number}", written_by=region.world.users["leader"]).save()


def municipality() -> Organisation:
    """One more municipality."""
    return Organisation.objects.create(name=f"Kommune {next(numbers)}", kind=OrganisationKind.MUNICIPALITY)


# --- What is not in one case ------------------------------------------------------------------------


def enlarge(region: Region, times: int) -> None:
    """So many more of everything that pages outside a case list."""
    for _ in range(times):
        for name in AWAITED:
            duplicate(region.cases[name], number=f"OF-1998-{next(numbers):04d}", request_key=uuid4())
        add_place(region)
        add_edition(region.editions["made"])
        add_edition(region.editions["adopted"])
        make_report(region.world)
        add_items(region)
        add_survey(region)
        add_look(region)
    for user in region.world.users.values():
        found = (Notice(user=user, key=uuid4().hex, subject="Nyt i sagen", path="/") for _ in range(times))
        Notice.objects.bulk_create(found)


def add_place(region: Region) -> None:
    """A municipality in the catchment, a department, a forum, people in each kind, and an account that waits."""
    world, number = region.world, next(numbers)
    hospital, local = world.organisations["hospital"], world.forums["local"]
    served = municipality()
    hospital.catchment.add(served)
    Organisation.objects.create(name=f"Afdeling {number}", kind=OrganisationKind.DEPARTMENT, parent=hospital)
    name = f"Forum {number}"
    Forum.objects.create(
        name=name, short_name=name, level=ForumLevel.LOCAL, organisation=hospital, valid_from=START, successor=local
    )
    add_member(number, Function.DEPUTY, organisation=hospital)
    add_member(number, Function.CONTACT, organisation=served)
    add_member(number, Function.MEMBER, organisation=served, forum=local, side=Side.MUNICIPALITIES)
    User.objects.create(email=f"venter.{number}@test.invalid", name=f"Venter {number}")


def add_member(number: int, function: str, **place: Any) -> None:
    """A new person with one function."""
    user = User.objects.create(email=f"{function}.{number}@test.invalid", name=f"Person {number}")
    Membership.objects.create(user=user, function=function, valid_from=START, **place)


def add_items(region: Region) -> None:
    """One more member of the Porteføljestyregruppe, meeting, and of each kind of item on every agenda that is open."""
    psg, secretary, number = region.world.forums["psg"], region.world.users["psg_secretary"], next(numbers)
    add_member(number, Function.MEMBER, organisation=region.world.organisations["aalborg"], forum=psg, side="region")
    member = Membership.objects.latest("pk")
    stopped = duplicate(region.cases["stopped"], number=f"OF-1996-{number:04d}", request_key=uuid4())
    told = Orientation.unscoped.get(case_id=stopped)
    for name in ("planned", "held", "minutes"):
        meeting, more = region.meetings[name], {"position": 100 + number}
        AgendaItem(meeting=meeting, title=f"Punkt {number}", **more).save()
        AgendaItem(meeting=meeting, case_id=stopped, basis_version=1, recommendation="Godkend.", **more).save()
        AgendaItem(meeting=meeting, case_id=stopped, orientation=told, kind="orientation", **more).save()
        Attendance(
            meeting=meeting, membership=member, user=member.user, side="region", function="member", status="present"
        ).save()
    for state in ("planned", "cancelled"):
        at = now() + timedelta(days=30 + number)
        Meeting(forum=psg, starts_at=at, state=state, planned_by=secretary).save()


def add_edition(made: AnnualStatus) -> None:
    """One more edition of the annual status."""
    copy = AnnualStatus.objects.get(pk=made.pk)
    copy.pk, copy.edition, copy.request_key, copy.job = None, 100 + next(numbers), uuid4(), None
    copy._state.adding = True
    copy.save()


def add_look(region: Region) -> None:
    """One more look at a case, by the auditor, who looks at few as the pages are visited."""
    AccessEntry.unscoped.create(
        case=region.cases["draft"], user=region.world.users["auditor"], kind="history", window=next(numbers)
    )


def add_survey(region: Region) -> None:
    """One more survey, and one more answer to the open one."""
    secretariat = region.world.users["secretariat"]
    Survey.objects.create(year=1000 + next(numbers), closes_on=START, opened_by=secretariat)
    survey = Survey.objects.get(year=localdate().year)
    answer = SurveyAnswer.objects.create(survey=survey, group="leader", text="Det går godt.")
    for question in survey.questions.all():
        SurveyScore.objects.create(answer=answer, question=question, value=4)
