"""Facts about mini-MTVs: how far one is, for one case or many at once, and the document to read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from contacts.enums import CONTACT_FUNCTIONS, Function
from contacts.viewer import Viewer
from core.models import FormDefinition, FormQuestion
from minimtv.document import Document, Given, Item, Section
from minimtv.enums import State
from minimtv.models import MiniMTV, MiniMTVAnswer, MiniMTVVersion
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


def with_standing(cases: QuerySet[TransferCase]) -> QuerySet[TransferCase]:
    """Add to each case what `standing_of` reads."""
    mine = MiniMTV.unscoped.filter(case=OuterRef("pk"))
    answers = MiniMTVAnswer.unscoped.filter(ANSWERED, document__case=OuterRef("pk"))
    versions = MiniMTVVersion.unscoped.filter(case=OuterRef("pk")).order_by("-number")
    return cases.annotate(
        mtv_state=Subquery(mine.values("state")),
        mtv_keys=ArraySubquery(keys_asked()),
        mtv_answered=ArraySubquery(answers.values("question_key")),
        mtv_version=Subquery(versions.values("number")[:1]),
        mtv_signed=Subquery(versions.values("signed_off_at")[:1]),
    )


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
    """Return the standing of one row of `with_standing`."""
    answered = set(case.mtv_answered)
    holes = tuple(number for number, key in enumerate(case.mtv_keys, start=1) if key not in answered)
    back = case.stage == Stage.MINI_MTV and case.returned_by_id is not None
    returned = back and (case.mtv_signed is None or case.mtv_signed < case.stage_since)
    return Standing(case.mtv_state or "", len(case.mtv_keys), holes, case.mtv_version, returned)


def standing(case: TransferCase) -> Standing:
    """Return how far the case's mini-MTV is; one query, remembered on this object until `forget`."""
    found: Standing | None = vars(case).get(MEMO)
    if found is None:
        found = standing_of(with_standing(TransferCase.unscoped.filter(pk=case.pk)).get())
        vars(case)[MEMO] = found
    return found


def forget(case: TransferCase) -> None:
    """Drop what is remembered, after a write."""
    vars(case).pop(MEMO, None)


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


def awaiting(viewer: Viewer) -> list[tuple[TransferCase, Standing]]:
    """Return the cases whose mini-MTV may wait for the viewer as leader or contact; one query."""
    contact_of = [m.organisation_id for m in viewer.holding(CONTACT_FUNCTIONS)]
    leader_of = [m.organisation_id for m in viewer.holding([Function.LEADER])]
    if not contact_of and not leader_of:
        return []
    mine = Q(initiator__in=contact_of, stage__in=WRITING_MTV)
    led = Q(initiator__in=leader_of) | Q(department__in=leader_of)
    mine |= led & Q(stage=Stage.MINI_MTV)
    rows = with_standing(TransferCase.visible_to(viewer).filter(mine)).order_by("number")
    return [(row, standing_of(row)) for row in rows]
