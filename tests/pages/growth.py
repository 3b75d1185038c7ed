"""Makes pages long: copies of rows, with all that hangs on them, put straight into the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db.models import ForeignKey, Model, QuerySet
from django.utils.timezone import now

from contacts.enums import ForumLevel, Function, OrganisationKind, Side
from contacts.models import Forum, Membership, Organisation
from core.models import User
from dialogue.models import BasisVersion, Comment, ResponseVersion
from minimtv.models import MiniMTVVersion
from notifications.models import Notice
from portfolio.models import AnnualStatus, ForumRequest
from tests.pages.region import Region
from tests.world import START
from transfers.models import JournalEntry, Party, Placement, TransferCase, TransferCaseGrant
from transfers.models.bound import CaseBound

STEP = 10**6
numbers = count(1)
AWAITED = (
    "screening", "draft", "submitted", "dialogue", "revised", "closing", "signing", "mini_mtv", "local_forum",
    "portfolio", "drafted",
)  # fmt: skip


def duplicate(root: Model, **changes: Any) -> int:
    """Copy a row and every case-bound row that hangs on it; returns the key of the copy."""
    offset = next(numbers) * STEP
    copied = {model: path for model in copied_with() if (path := path_to(model, type(root)))}
    for model, path in sorted(copied.items(), key=lambda item: item[0] is not type(root)):
        rows: list[Any] = [moved(row, offset, copied) for row in model._base_manager.filter(**{path: root.pk})]
        for row in rows if model is type(root) else ():
            vars(row).update(changes)
        unguarded: QuerySet[Any] = QuerySet(model)
        unguarded.bulk_create(rows)
    return int(root.pk) + offset


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


def moved(row: Model, offset: int, copied: Iterable[type[Model]]) -> Model:
    """The row under new keys, its links inside what is copied following along."""
    row.pk += offset
    for field in links(type(row)):
        value = getattr(row, field.attname)
        if value is not None and field.related_model in copied:
            setattr(row, field.attname, value + offset)
    return row


# --- A case -----------------------------------------------------------------------------------------


def lengthen(region: Region, case: TransferCase, times: int) -> None:
    """Give a case so many more of everything that its pages list."""
    for _ in range(times):
        add_party(region, case)
        add_comments(region, case)
        for model, within in ((JournalEntry, "case"), (BasisVersion, "basis__case"), (MiniMTVVersion, "case")):
            add_next(model, within, case)
        last = Placement.unscoped.filter(case=case).order_by("pk").first()
        if last is not None:
            duplicate(last, ended_at=now(), ended_by_act="adjourn")
    for party in Party.unscoped.filter(case=case).order_by("pk")[:1]:
        for version in ResponseVersion.unscoped.filter(response__party=party).order_by("pk")[:1]:
            for number in range(times):
                duplicate(version, number=next(numbers) + number)


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


def add_comments(region: Region, case: TransferCase) -> None:
    """A comment and an answer to it."""
    world = region.world
    said = {"case": case, "author": world.users["leader"], "organisation": world.organisations["hospital"]}
    first = Comment.unscoped.create(**said, audience="all", text="Hvornår begynder vi?")
    Comment.unscoped.create(**said, audience="all", text="Efter påske.", parent=first)


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


def add_edition(made: AnnualStatus) -> None:
    """One more edition of the annual status."""
    copy = AnnualStatus.objects.get(pk=made.pk)
    copy.pk, copy.edition, copy.request_key, copy.job = None, 100 + next(numbers), uuid4(), None
    copy._state.adding = True
    copy.save()


