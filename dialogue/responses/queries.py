"""Facts about a case's parties: who has answered what, and for which version of the dialoggrundlag."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.timezone import localdate

from contacts.models import ContactPerson, Organisation
from contacts.periods import in_force
from contacts.viewer import Viewer
from core import parameters
from core.workdays import add_working_days
from dialogue.basis.queries import candidates, written
from dialogue.models import BasisVersion, Comment, PartyResponse, Position, ResponseVersion
from transfers.models import Party, TransferCase

AMOUNTS = ("one_off_cost", "annual_cost", "annual_saving")
PATIENTS = "patients_per_year"
GENERAL_PRACTICE = ("clinics_joined", "clinics_total", "fee", "hours_per_year")
DRAFT_COLUMNS = (
    "position", "economy_known", *AMOUNTS, "patients_kind", "patients_number", *GENERAL_PRACTICE,
)  # fmt: skip
MEMO = "_standing_of_parties"


@dataclass(frozen=True)
class PartyStanding:
    """One party as everybody sees it: its deadline, and the response it has submitted, if any."""

    party: Party
    version: ResponseVersion | None
    holds_for: int | None
    newest: int

    @property
    def organisation(self) -> Organisation:
        """The affected organisation."""
        return self.party.organisation

    @property
    def position(self) -> Position | None:
        """What it said last."""
        return self.version.position if self.version else None

    @property
    def is_older(self) -> bool:
        """Whether it answers an earlier dialoggrundlag and is not confirmed since: »ikke bekræftet« (rule 3)."""
        return self.holds_for is not None and self.holds_for < self.newest

    @property
    def is_late(self) -> bool:
        """Whether it was asked after the dialogue was closed, so that it answers outside it (rule 4)."""
        closed = self.party.case.dialogue_closed_at
        return closed is not None and self.party.added_at > closed

    def is_awaited_late(self, on: date | None = None) -> bool:
        """Whether a forum must wait for it: asked late, and neither answered nor past its own deadline."""
        return self.is_late and self.version is None and not self.is_overdue(on)

    def is_overdue(self, on: date | None = None) -> bool:
        """Whether the deadline is past without a response."""
        return self.version is None and self.party.deadline < (on or localdate())


@dataclass(frozen=True)
class Standing:
    """All parties of a case, in the order pages show them."""

    rows: tuple[PartyStanding, ...]

    @cached_property
    def answered(self) -> list[PartyStanding]:
        """Those who have submitted a response."""
        return [row for row in self.rows if row.version]

    @cached_property
    def missing(self) -> list[PartyStanding]:
        """Those who have not."""
        return [row for row in self.rows if not row.version]

    @cached_property
    def older(self) -> list[PartyStanding]:
        """Those whose response is to an older version."""
        return [row for row in self.rows if row.is_older]

    @property
    def counts(self) -> Counter[Position]:
        """How many parties hold each position."""
        return Counter(row.version.position for row in self.answered if row.version)

    @property
    def progress(self) -> str:
        """Answered of all, as »9/12«."""
        return f"{len(self.answered)}/{len(self.rows)}"

    def of(self, organisation_ids: Iterable[int]) -> list[PartyStanding]:
        """Return the parties among these organisations."""
        wanted = set(organisation_ids)
        return [row for row in self.rows if row.party.organisation_id in wanted]


def newest_version(case_field: str) -> Subquery:
    """Return a subquery: the number of the newest submitted dialoggrundlag of the case in that field."""
    versions = BasisVersion.unscoped.filter(basis__case=OuterRef(case_field))
    return Subquery(versions.order_by("-number").values("number")[:1])


def parties_with_responses() -> QuerySet[Party]:
    """Return parties with what they have submitted (not their drafts) and the newest version to answer."""
    hidden = [f"response__{name}" for name in DRAFT_COLUMNS]
    rows = Party.unscoped.select_related("case", "organisation", "response__latest").defer(*hidden)
    return rows.annotate(newest=newest_version("case"))


def standing_of(party: Any) -> PartyStanding:
    """Return the standing of one row of `parties_with_responses`."""
    response: PartyResponse | None = getattr(party, "response", None)
    latest = response.latest if response else None
    return PartyStanding(party, latest, response.basis_version if response else None, party.newest or 0)


def standing(case: TransferCase) -> Standing:
    """Return the standing of all parties; one query, remembered on this object until the case changes."""
    version, found = vars(case).get(MEMO, (None, None))
    if isinstance(found, Standing) and version == case.version:
        return found
    now = Standing(tuple(standing_of(party) for party in parties_with_responses().filter(case=case)))
    vars(case)[MEMO] = (case.version, now)
    return now


def late_answers(case: TransferCase) -> int:
    """Count the parties whose first response came after the deadline they had in the end."""
    first = ResponseVersion.unscoped.filter(response__party__case=case, number=1)
    answered = first.values_list("submitted_at", "response__party__deadline")
    return sum(localdate(moment) > deadline for moment, deadline in answered)


def forget(case: TransferCase) -> None:
    """Drop what is remembered of the parties, after a write that does not raise the case's version."""
    vars(case).pop(MEMO, None)


def not_yet_parties(case: TransferCase) -> QuerySet[Organisation]:
    """Return the organisations that can still be added."""
    return candidates(case).exclude(party_to__case=case)


def preselected(case: TransferCase) -> set[int]:
    """Return the organisations to preselect: those the dialoggrundlag proposes, and earlier parties."""
    earlier = Party.unscoped.filter(case=case).values_list("organisation_id", flat=True)
    return {pk for pk, _ in written(case).parties} | set(earlier)


def with_contact(organisations: Sequence[Organisation]) -> set[int]:
    """Return which of these organisations have a contact person or deputy in force."""
    people = ContactPerson.objects.filter(in_force(), organisation__in=organisations)
    return set(people.values_list("organisation_id", flat=True))


def default_deadline() -> date:
    """Return today plus the number of working days the parameter gives the parties."""
    return add_working_days(localdate(), parameters.whole("deadline.response_days"))


@dataclass(frozen=True)
class Thread:
    """A comment with its answers; who can read it follows from the first."""

    first: Comment
    replies: tuple[Comment, ...]


def threads(case: TransferCase, viewer: Viewer) -> list[Thread]:
    """Return the threads this viewer may read, oldest first; one query."""
    replies: dict[int, list[Comment]] = {}
    first: list[Comment] = []
    for comment in Comment.visible_within(case, viewer):
        if comment.parent_id is None:
            first.append(comment)
        else:
            replies.setdefault(comment.parent_id, []).append(comment)
    return [Thread(comment, tuple(replies.get(comment.pk, ()))) for comment in first]


def newest_number(case: TransferCase) -> int:
    """Return the number of the newest submitted dialoggrundlag; 0 when there is none."""
    versions = BasisVersion.unscoped.filter(basis__case=case).order_by("-number")
    return versions.values_list("number", flat=True).first() or 0


def content_of(response: PartyResponse) -> dict[str, Any]:
    """Return a response as it is frozen: the typed values by field name, the texts by question key."""
    return {
        "definition": response.definition.version,
        **{name: getattr(response, name) for name in DRAFT_COLUMNS},
        "answers": texts_of(response),
    }


def texts_of(response: PartyResponse) -> dict[str, str]:
    """Return the free texts of a draft that say something, by question key."""
    return dict(response.answers.exclude(text="").order_by("question_key").values_list("question_key", "text"))
