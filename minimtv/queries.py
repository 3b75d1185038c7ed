"""Facts about mini-MTVs: how far one is, for one case or many at once, and the document to read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce, JSONObject

from contacts.enums import CONTACT_FUNCTIONS, Function
from contacts.viewer import Viewer
from core.models import FormDefinition, FormQuestion
from minimtv.document import Document, Given, Item, Rows, Section
from minimtv.enums import State
from minimtv.models import CoAuthor, MiniMTV, MiniMTVAnswer, MiniMTVVersion
from minimtv.models.co_author import MEMO as CO_AUTHORS
from minimtv.tables import ALL, Table
from transfers.enums import Stage
from transfers.models import TransferCase
from transfers.workflow import WRITING_MTV

FORM = "mini_mtv"
MEMO = "_standing_of_mini_mtv"
ANSWERED = Q(not_relevant=False) & ~Q(text="") | Q(not_relevant=True) & ~Q(not_relevant_reason="")


@dataclass(frozen=True)
class Standing:
    """How far a mini-MTV is; `version` is the newest signed-off one, `unanswered` holds question numbers.

    `is_returned` says that a forum has sent the case back since that version, to have the mini-MTV extended.
    """

    state: str
    total: int
    unanswered: tuple[int, ...]
    version: int | None
    is_returned: bool = False

    @property
    def is_begun(self) -> bool:
        """Whether anything was ever saved."""
        return self.state != ""

    @property
    def is_complete(self) -> bool:
        """Whether a version is signed off and nothing was changed after it (rule 7)."""
        return self.version is not None and self.state == State.COMPLETED

    @property
    def answered(self) -> int:
        """How many questions are answered."""
        return self.total - len(self.unanswered)


def facts() -> dict[str, Any]:
    """Return what `standing_of` reads, for a query of cases."""
    mine = MiniMTV.unscoped.filter(case=OuterRef("pk"))
    answers = MiniMTVAnswer.unscoped.filter(ANSWERED, document__case=OuterRef("pk"))
    versions = MiniMTVVersion.unscoped.filter(case=OuterRef("pk")).order_by("-number")
    beside = CoAuthor.unscoped.filter(case=OuterRef("pk"), ended_at__isnull=True)
    return {
        "mtv_state": Subquery(mine.values("state")),
        "mtv_keys": ArraySubquery(keys_asked()),
        "mtv_answered": ArraySubquery(answers.values("question_key")),
        "mtv_version": Subquery(versions.values("number")[:1]),
        "mtv_signed": Subquery(versions.values("signed_off_at")[:1]),
        "mtv_beside": ArraySubquery(beside.values(row=JSONObject(user="user_id", organisation="organisation_id"))),
    }


def in_force() -> QuerySet[FormDefinition]:
    """Return the newest published questions."""
    published = FormDefinition.objects.filter(document=FORM, published_at__isnull=False)
    return published.order_by("-version")[:1]


def keys_asked() -> QuerySet[FormQuestion, Any]:
    """Return a subquery: question keys in order, by the case's own definition, else by the one in force."""
    own = MiniMTV.unscoped.filter(case=OuterRef(OuterRef("pk"))).values("definition")
    chosen = Coalesce(Subquery(own), Subquery(in_force().values("pk")))
    rows = FormQuestion.objects.filter(part__definition=chosen)
    return rows.order_by("part__order", "order").values("key")


def standing_of(case: Any) -> Standing:
    """Return the standing of a case that was read with `facts`."""
    answered = set(case.mtv_answered)
    holes = tuple(number for number, key in enumerate(case.mtv_keys, start=1) if key not in answered)
    back = case.stage == Stage.MINI_MTV and case.returned_by_id is not None
    returned = back and (case.mtv_signed is None or case.mtv_signed < case.stage_since)
    return Standing(case.mtv_state or "", len(case.mtv_keys), holes, case.mtv_version, returned)


def standing(case: TransferCase) -> Standing:
    """Return how far the case's mini-MTV is; one query, remembered on this object until `forget`."""
    found: Standing | None = vars(case).get(MEMO)
    if found is None:
        found = standing_of(TransferCase.unscoped.annotate(**facts()).get(pk=case.pk))
        vars(case)[MEMO] = found
    return found


def remember(case: Any) -> None:
    """Keep the standing and the co-authors of a case that was read with `facts`."""
    vars(case)[MEMO] = standing_of(case)
    vars(case)[CO_AUTHORS] = frozenset((row["user"], row["organisation"]) for row in case.mtv_beside)


def forget(case: TransferCase) -> None:
    """Drop what is remembered, after a write."""
    for name in (MEMO, CO_AUTHORS):
        vars(case).pop(name, None)


def questions_for(sheet: MiniMTV | None) -> list[FormQuestion]:
    """Return the questions in order: those the mini-MTV was begun on, else those in force."""
    return list(wording(sheet.definition_id if sheet else in_force().values_list("pk", flat=True).get()))


@lru_cache(maxsize=32)
def wording(definition: int) -> tuple[FormQuestion, ...]:
    """Return the questions of a definition with their parts; published wording never changes, so read once."""
    rows = FormQuestion.objects.filter(part__definition=definition).select_related("part__definition")
    return tuple(rows.order_by("part__order", "order"))


def answers_in(sheet: MiniMTV | None) -> dict[str, Given]:
    """Return the stored answers by question key."""
    rows = MiniMTVAnswer.unscoped.filter(document=sheet) if sheet else MiniMTVAnswer.unscoped.none()
    return {row.question_key: row.given for row in rows}


def rows_in(sheet: MiniMTV | None) -> dict[str, Rows]:
    """Return the tables that have rows, by key; one query for all of them."""
    if sheet is None:
        return {}
    found = MiniMTV.unscoped.filter(pk=sheet.pk).annotate(**{f"rows_{t.key}": rows_of(t) for t in ALL})
    stored = found.values(*(f"rows_{table.key}" for table in ALL)).get()
    read = {table.key: read_rows(table, stored[f"rows_{table.key}"]) for table in ALL}
    return {key: rows for key, rows in read.items() if rows.rows}


def rows_of(table: Table) -> ArraySubquery:
    """Return a subquery: the rows of one table in order, every column as text."""
    columns = {name: Cast(name, TextField()) for column in table.columns for name in column.fields}
    rows = table.model.unscoped.filter(document=OuterRef("pk")).order_by("order")
    return ArraySubquery(rows.values(row=JSONObject(**columns)))


def read_rows(table: Table, stored: list[dict[str, str | None]]) -> Rows:
    """Read the rows of one table back."""
    return Rows(tuple({column.name: column.read(row) for column in table.columns} for row in stored))


def document_of(questions: list[FormQuestion], answers: dict[str, Given]) -> Document:
    """Put questions and answers together, numbered 1 to 26 through all parts."""
    items = {
        question.key: Item(number, question.key, question.label, answers.get(question.key, Given()))
        for number, question in enumerate(questions, start=1)
    }
    sections = (section_of(list(asked), items) for _, asked in groupby(questions, key=lambda q: q.part_id))
    return Document(questions[0].part.definition.title, tuple(sections))


def section_of(questions: list[FormQuestion], items: dict[str, Item]) -> Section:
    """Return one part with its questions and answers."""
    part = questions[0].part
    return Section(part.order, part.key, part.title, part.intro, tuple(items[q.key] for q in questions))


def versions_of(case: TransferCase, viewer: Viewer) -> list[MiniMTVVersion]:
    """Return the signed-off versions, newest first, without their content."""
    return list(MiniMTVVersion.visible_within(case, viewer).defer("content").order_by("-number"))


def awaits(viewer: Viewer) -> Q | None:
    """Return the cases whose mini-MTV may wait for the viewer as leader or contact; None for others."""
    contact_of = [m.organisation_id for m in viewer.holding(CONTACT_FUNCTIONS)]
    leader_of = [m.organisation_id for m in viewer.holding([Function.LEADER])]
    if not contact_of and not leader_of:
        return None
    mine = Q(initiator__in=contact_of, stage__in=WRITING_MTV)
    led = Q(initiator__in=leader_of) | Q(department__in=leader_of)
    return mine | led & Q(stage=Stage.MINI_MTV)
