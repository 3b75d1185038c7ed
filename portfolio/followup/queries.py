"""Facts about the follow-up of a case: what is recorded, what is under way, and when the next one is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, DateField, F, Func, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, JSONObject, NullIf

from contacts.models import Organisation
from core import definitions
from core.enums import Document
from core.models import FormDefinition
from portfolio.agreements.queries import written
from portfolio.models import AgreementParty, FollowUp, Indicator, Measurement, PartyOutcome, PartyRole
from transfers.enums import Stage
from transfers.models import TransferCase

MEMO = "_follow_ups"
FIGURES = ("measured", "expected", "baseline")
STATED = (
    "economy_known", "one_off_cost", "annual_cost", "annual_saving", "patients_kind", "patients_number", "note",
    "stated_at",
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One follow-up with what was measured and what each party has stated in it."""

    row: FollowUp
    measurements: tuple[Measurement, ...]
    outcomes: tuple[PartyOutcome, ...]

    @property
    def measured(self) -> dict[int, Decimal | None]:
        """The measured values by indicator."""
        return {m.indicator_id: m.measured for m in self.measurements}

    def outcome_of(self, party_id: int) -> PartyOutcome | None:
        """Return what a party has stated, or None."""
        return next((outcome for outcome in self.outcomes if outcome.party_id == party_id), None)


def told(case: TransferCase) -> list[Told]:
    """Return all follow-ups of a case, newest first, the draft too; one query, remembered until the case changes.

    Everyone who sees the case reads them; `case` must come from `visible_to`.
    """
    version, known = vars(case).get(MEMO, (None, None))
    if isinstance(known, list) and version == case.version:
        return known
    fresh = [whole(row) for row in with_everything().filter(case=case).order_by("-number")]
    vars(case)[MEMO] = (case.version, fresh)
    return fresh


def forget(case: TransferCase) -> None:
    """Drop what is remembered, after a write."""
    vars(case).pop(MEMO, None)


def with_everything() -> QuerySet[Any]:
    """Return follow-ups with their measurements and the parties' figures; one query."""
    texts = {name: Cast(name, CharField()) for name in FIGURES}  # decimals survive JSON as text only
    measured = Measurement.unscoped.filter(follow_up=OuterRef("pk")).order_by("indicator__order", "indicator")
    stated = PartyOutcome.unscoped.filter(follow_up=OuterRef("pk")).order_by("party__organisation__sort_key")
    found = JSONObject(indicator="indicator_id", name="indicator__name", unit="indicator__unit", aim="aim", **texts)
    own = JSONObject(party="party_id", name="party__organisation__name", **{name: name for name in STATED})
    return FollowUp.unscoped.annotate(
        all_measured=ArraySubquery(measured.values(row=found)), all_stated=ArraySubquery(stated.values(row=own))
    )


def whole(row: Any) -> Told:
    """Return a row of `with_everything` as its parts."""
    return Told(row, tuple(map(measurement, row.all_measured)), tuple(map(outcome, row.all_stated)))


def measurement(stored: dict[str, Any]) -> Measurement:
    """Return a measurement from what the query gives of it."""
    figures = {name: Decimal(stored[name]) if stored[name] is not None else None for name in FIGURES}
    indicator = Indicator(pk=stored["indicator"], name=stored["name"], unit=stored["unit"])
    return Measurement(indicator=indicator, aim=stored["aim"], **figures)


def outcome(stored: dict[str, Any]) -> PartyOutcome:
    """Return a party's figures from what the query gives of them."""
    party = AgreementParty(pk=stored["party"], organisation=Organisation(name=stored["name"]))
    given = {name: stored[name] for name in STATED}
    return PartyOutcome(party=party, **given | {"stated_at": datetime.fromisoformat(given["stated_at"])})


def draft_told(case: TransferCase) -> Told | None:
    """Return the follow-up under way, or None."""
    return next((one for one in told(case) if not one.row.is_recorded), None)


def newest(case: TransferCase) -> FollowUp | None:
    """Return the follow-up that was recorded last, or None."""
    return next((one.row for one in told(case) if one.row.is_recorded), None)


def wording_of(row: FollowUp | None) -> FormDefinition:
    """Return the wording a follow-up was begun on, the one in force for a new one; at most one query."""
    if row is None:
        return definitions.newest(Document.FOLLOW_UP)
    return definitions.by_key(Document.FOLLOW_UP, row.definition_id) if row.definition_id else first_wording()


@lru_cache(maxsize=1)
def first_wording() -> FormDefinition:
    """Return the wording of follow-ups that were begun before their wording was data."""
    return FormDefinition.objects.prefetch_related("parts__questions").get(document=Document.FOLLOW_UP, version=1)


def draft_of(case: TransferCase) -> FollowUp | None:
    """Return the follow-up under way as it stands in the database now, or None."""
    return FollowUp.unscoped.filter(case=case, recorded_at__isnull=True).first()


def indicators_of(case: TransferCase) -> list[Indicator]:
    """Return what is to be measured now."""
    return list(written(case).draft.indicators)


def parties_of(case: TransferCase) -> list[AgreementParty]:
    """Return the parties that have figures to state: who the agreement holds for, gives the task, or contributes."""
    rows = (standing for standing in written(case).rows if standing.is_included)
    return [r.row for r in rows if r.role != PartyRole.RECEIVER or r.row.holds_version is not None]


def party_of(case: TransferCase, organisation_id: int | None) -> AgreementParty | None:
    """Return the party an organisation is, or None when it has no figures to state."""
    return next((party for party in parties_of(case) if party.organisation_id == organisation_id), None)


@dataclass(frozen=True)
class Stated:
    """A party and what it has stated for the follow-up under way, if anything yet."""

    party: AgreementParty
    outcome: PartyOutcome | None


def stated_in(case: TransferCase, draft: Told) -> list[Stated]:
    """Return every party with its figures in the draft."""
    return [Stated(party, draft.outcome_of(party.pk)) for party in parties_of(case)]


def next_day() -> NullIf:
    """Return when a case is to be followed up next: as the last follow-up says, else the first day agreed on.

    A follow-up that names no next day ends the row of days. The expression is for queries of cases.
    """
    last = FollowUp.unscoped.filter(case=OuterRef("pk"), recorded_at__isnull=False).order_by("-number")
    agreed = Func(
        F("agreement__review_dates"), template="(SELECT min(day) FROM unnest(%(expressions)s) AS day)",
        output_field=DateField(),
    )  # fmt: skip
    ended = Subquery(last.values(day=Coalesce("next_on", date.max))[:1], output_field=DateField())
    return NullIf(Coalesce(ended, agreed, output_field=DateField()), Value(date.max, output_field=DateField()))


def to_follow_up(cases: QuerySet[TransferCase], until: date) -> QuerySet[Any]:
    """Return the cases whose agreement holds and is to be followed up by that day, with `follow_up_on`."""
    rows: QuerySet[Any] = cases.filter(stage=Stage.ACTIVE).annotate(follow_up_on=next_day())
    return rows.filter(follow_up_on__lte=until).order_by("follow_up_on", "pk")


def due_on(case: TransferCase) -> date | None:
    """Return the day of the case's next follow-up, or None when none is agreed on; as `next_day` says it."""
    last = newest(case)
    return last.next_on if last else min(written(case).agreement.review_dates, default=None)
