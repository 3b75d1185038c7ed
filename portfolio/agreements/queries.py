"""Facts about a case's agreement: what is written, what was sent out, and where each party stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, JSONField, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, JSONObject
from django.utils.timezone import localdate

from contacts.enums import Function
from contacts.models import Membership
from contacts.periods import in_force
from contacts.viewer import Viewer
from core import definitions
from core.enums import Document
from portfolio.agreements.content import Content, Draft, content_of, needs
from portfolio.agreements.proposals import is_self_care, proposed_parties
from portfolio.models import (
    Agreement,
    AgreementAnswer,
    AgreementParty,
    AgreementVersion,
    Confirmation,
    ConfirmationKind,
    Indicator,
    PartyAnswer,
    PartyRole,
    Readiness,
    ReadinessItem,
)
from transfers.models import TransferCase

MEMO = "_written_agreement"
SENT = "_agreement_was_sent"
FIGURES = ("baseline", "expected")
INDICATOR = ("id", "order", "name", "unit", "aim", "measured_when", "source", *FIGURES)


@dataclass(frozen=True)
class Issued:
    """The newest version that was sent out: its number, its deadlines, its text, and whom it binds to what."""

    number: int
    sha256: str
    confirm_by: date
    ready_by: date
    content: Content

    @cached_property
    def parties(self) -> dict[int, dict[str, Any]]:
        """The parties as the version has them, by organisation."""
        return {party["organisation"]: party for party in self.content["parties"]}


@dataclass(frozen=True)
class PartyStanding:
    """Where one party stands: its role in the newest version (before the first, in the draft), and what is ready."""

    row: AgreementParty
    role: PartyRole
    is_responsible: bool
    needs: tuple[ReadinessItem, ...]
    ready: tuple[dict[str, Any], ...] = ()

    @property
    def is_included(self) -> bool:
        """Whether the agreement concerns it."""
        return self.role != PartyRole.NOT_INCLUDED

    @property
    def missing_items(self) -> list[ReadinessItem]:
        """What it has not reported ready yet."""
        done = {row["item"] for row in self.ready}
        return [item for item in self.needs if item not in done]

    @property
    def progress(self) -> str:
        """What is reported ready, as »3 af 5«; empty for a party that takes no task."""
        return f"{len(self.needs) - len(self.missing_items)} af {len(self.needs)}" if self.needs else ""

    @property
    def lacks_signatory(self) -> bool:
        """Whether nobody may bind it, so that its answer cannot come."""
        return self.is_included and not getattr(self.row, "can_sign", True)

    @property
    def is_needed_by_all(self) -> bool:
        """Whether no receiver can begin without it: who gives the task, and who is medically responsible (rule 12)."""
        return self.role == PartyRole.GIVER or self.is_responsible

    @property
    def has_confirmed(self) -> bool:
        """Whether it stands by the newest version."""
        return self.row.answer == PartyAnswer.CONFIRMED and not self.row.is_leaving

    @property
    def owes_answer(self) -> bool:
        """Whether it is asked and has not answered for good."""
        asked = self.row.answer in (PartyAnswer.ASKED, PartyAnswer.AWAITING_POLITICAL)
        return self.is_included and asked and not self.row.is_leaving

    @property
    def owes_readiness(self) -> bool:
        """Whether it takes the task, has not refused, and has not reported all ready."""
        refused = self.row.has_not_joined or self.row.is_leaving
        return bool(self.needs) and not self.row.is_live and not refused and bool(self.missing_items)


@dataclass(frozen=True)
class AnswerLine:
    """What a party said to a version: who, on whose behalf, when, and to which text."""

    on_behalf_of: str
    kind: ConfirmationKind
    awaits_until: date | None
    reason: str
    given_by: str
    given_at: datetime
    sha256: str


@dataclass(frozen=True)
class VersionLine:
    """A version that was sent out, without its text, with the answers to it, newest first."""

    number: int
    issued_at: datetime
    issued_by: str
    confirm_by: date
    ready_by: date
    notice_months: int | None
    answers: tuple[AnswerLine, ...]


@dataclass(frozen=True)
class Written:
    """The agreement as pages and rules read it; `versions` are those sent out, newest first."""

    draft: Draft
    issued: Issued | None
    rows: tuple[PartyStanding, ...]
    versions: tuple[VersionLine, ...] = ()

    @property
    def agreement(self) -> Agreement:
        """The agreement; not saved before anything was written."""
        return self.draft.agreement

    @cached_property
    def receivers(self) -> list[PartyStanding]:
        """Those that take the task, so that the agreement comes to hold for them one by one."""
        return [row for row in self.rows if row.needs]

    @property
    def needed_by_all(self) -> list[PartyStanding]:
        """Those no receiver can begin without."""
        return [row for row in self.rows if row.is_needed_by_all]

    def version(self, number: int | None) -> VersionLine | None:
        """Return one version that was sent out, or None."""
        return next((version for version in self.versions if version.number == number), None)

    def of(self, organisation_id: int | None) -> PartyStanding | None:
        """Return the party that is this organisation, or None."""
        return next((row for row in self.rows if row.row.organisation_id == organisation_id), None)


def with_everything() -> QuerySet[Agreement]:
    """Return agreements with their texts and what was sent out last; one query."""
    texts = AgreementAnswer.unscoped.filter(document=OuterRef("pk"))
    versions = AgreementVersion.unscoped.filter(agreement=OuterRef("pk")).order_by("-number")
    measured = Indicator.unscoped.filter(agreement=OuterRef("pk"), is_dropped=False).order_by("order", "pk")
    exact = {name: Cast(name, TextField()) if name in FIGURES else F(name) for name in INDICATOR}
    newest = JSONObject(
        number="number", sha256="sha256", confirm_by="confirm_by", ready_by="ready_by", content="content"
    )
    line = JSONObject(
        number="number", issued_at="issued_at", issued_by="issued_by__name", confirm_by="confirm_by",
        ready_by="ready_by", notice_months="content__notice_months",
    )  # fmt: skip
    said = Confirmation.unscoped.filter(party__agreement=OuterRef("pk")).order_by("-given_at", "-pk")
    answer = JSONObject(
        version="version__number", on_behalf_of="on_behalf_of__name", kind="kind", awaits_until="awaits_until",
        reason="reason", given_by="given_by__name", given_at="given_at", sha256="sha256",
    )  # fmt: skip
    return Agreement.unscoped.select_related("responsible", "updated_by").annotate(
        all_texts=ArraySubquery(texts.values(row=JSONObject(key="question_key", text="text"))),
        all_indicators=ArraySubquery(measured.values(row=JSONObject(**exact))),
        newest=Subquery(versions.values(row=newest)[:1], output_field=JSONField()),
        all_versions=ArraySubquery(versions.values(row=line)),
        all_answers=ArraySubquery(said.values(row=answer)),
    )


def parties_of(agreement: Agreement) -> list[Any]:
    """Return the parties with what each has reported ready; one query."""
    reported = Readiness.unscoped.filter(party=OuterRef("pk")).order_by("pk")
    row = JSONObject(item="item", ready_on="ready_on", by="reported_by__name")
    able = Membership.objects.filter(
        in_force(), organisation=OuterRef("organisation"), function=Function.SIGNATORY, forum__isnull=True
    )
    rows = AgreementParty.unscoped.filter(agreement=agreement).select_related("organisation", "leaving")
    return list(rows.annotate(reported=ArraySubquery(reported.values(row=row)), can_sign=Exists(able)))


def indicator_of(row: dict[str, Any], agreement: Agreement) -> Indicator:
    """Return an indicator from what the query gives of it."""
    figures = {name: Decimal(row[name]) if row[name] is not None else None for name in FIGURES}
    return Indicator(agreement=agreement, **row | figures)


def issued_of(stored: dict[str, Any] | None) -> Issued | None:
    """Return the newest version from what the query gives of it."""
    if stored is None:
        return None
    days = {name: date.fromisoformat(stored[name]) for name in ("confirm_by", "ready_by")}
    return Issued(number=stored["number"], sha256=stored["sha256"], content=stored["content"], **days)


def party_standing(row: Any, issued: Issued | None, agreement: Agreement, case: TransferCase) -> PartyStanding:
    """Return where a party stands: by what was sent out, else by what is written."""
    ready = tuple(item | {"ready_on": date.fromisoformat(item["ready_on"])} for item in getattr(row, "reported", []))
    bound = issued.parties.get(row.organisation_id) if issued else None
    if bound is not None:
        items = tuple(ReadinessItem(item) for item in bound["needs"])
        return PartyStanding(row, PartyRole(bound["role"]), bound["responsible"], items, ready)
    role = PartyRole.NOT_INCLUDED if issued else PartyRole(row.role)
    items = tuple(needs(role, row.organisation_id, agreement, case))
    return PartyStanding(row, role, row.organisation_id == agreement.responsible_id, items, ready)


def written(case: TransferCase) -> Written:
    """Return what is written; remembered on this object until the case changes or `forget` is called."""
    version, known = vars(case).get(MEMO, (None, None))
    if isinstance(known, Written) and version == case.version:
        return known
    found: Any = with_everything().filter(case=case).first()
    fresh = stored_agreement(found, case) if found else proposed_agreement(case)
    vars(case)[MEMO] = (case.version, fresh)
    return fresh


def whether_sent() -> dict[str, Any]:
    """Return, for a query of cases, whether an agreement was sent out."""
    return {"agreement_sent": Exists(AgreementVersion.unscoped.filter(agreement__case=OuterRef("pk")))}


def remember(case: Any) -> None:
    """Keep whether an agreement was sent out, for a case that was read with `whether_sent`, until it changes."""
    vars(case)[SENT] = case.version, case.agreement_sent


def was_sent(case: TransferCase) -> bool:
    """Tell whether an agreement was sent out; without what `remember` keeps, all that is written is read."""
    version, known = vars(case).get(SENT, (None, False))
    return known if version == case.version else written(case).issued is not None


def stored_agreement(found: Any, case: TransferCase) -> Written:
    """Return an agreement somebody has begun."""
    found.case = case
    rows, issued = parties_of(found), issued_of(found.newest)
    draft = Draft(
        agreement=found, definition=definitions.by_key(Document.AGREEMENT, found.definition_id),
        texts={row["key"]: row["text"] for row in found.all_texts}, parties=tuple(rows),
        indicators=tuple(indicator_of(row, found) for row in found.all_indicators),
    )  # fmt: skip
    standing = tuple(party_standing(row, issued, found, case) for row in rows)
    return Written(draft, issued, standing, tuple(version_line(row, found.all_answers) for row in found.all_versions))


def version_line(row: dict[str, Any], answers: list[dict[str, Any]]) -> VersionLine:
    """Return a version from what the query gives of it."""
    given = tuple(answer_line(answer) for answer in answers if answer["version"] == row["number"])
    days = {name: date.fromisoformat(row[name]) for name in ("confirm_by", "ready_by")}
    return VersionLine(**row | days | {"issued_at": datetime.fromisoformat(row["issued_at"]), "answers": given})


def answer_line(row: dict[str, Any]) -> AnswerLine:
    """Return an answer from what the query gives of it."""
    until = date.fromisoformat(row["awaits_until"]) if row["awaits_until"] else None
    return AnswerLine(
        on_behalf_of=row["on_behalf_of"], kind=ConfirmationKind(row["kind"]), awaits_until=until,
        reason=row["reason"], given_by=row["given_by"], given_at=datetime.fromisoformat(row["given_at"]),
        sha256=row["sha256"],
    )  # fmt: skip


def proposed_agreement(case: TransferCase) -> Written:
    """Return what an agreement would begin as: nothing saved."""
    agreement = Agreement(case=case, is_self_care=is_self_care(case))
    rows = proposed_parties(case)
    draft = Draft(agreement=agreement, definition=definitions.newest(Document.AGREEMENT), parties=tuple(rows))
    return Written(draft, None, tuple(party_standing(row, None, agreement, case) for row in rows))


def forget(case: TransferCase) -> None:
    """Drop what is remembered, after a write."""
    vars(case).pop(MEMO, None)


def live_content(case: TransferCase) -> Content:
    """Return what is written now as a content."""
    return content_of(written(case).draft, case)


def version_numbered(case: TransferCase, viewer: Viewer, number: int) -> AgreementVersion | None:
    """Return one version that was sent out, or None."""
    return AgreementVersion.visible_within(case, viewer).filter(number=number).first()


def answers_to(version: AgreementVersion, viewer: Viewer, case: TransferCase) -> list[Confirmation]:
    """Return the answers to one version, newest first."""
    return list(Confirmation.visible_within(case, viewer).filter(version=version).order_by("-given_at", "-pk"))


def live_since(rows: Iterable[PartyStanding], on: date | None = None) -> list[PartyStanding]:
    """Return those for whom the agreement holds on a day (today)."""
    day = on or localdate()
    return [r for r in rows if r.row.live_from and r.row.live_from <= day and not r.row.has_left(day)]
