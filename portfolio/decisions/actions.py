"""Chair and secretary record what the forum decided: a draft, its publication, a correction (rules 8 to 10)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, now

from contacts.models import Forum
from contacts.viewer import Viewer
from core.errors import DomainError, NotAllowed, Stale
from portfolio.decisions.notices import tell_corrected
from portfolio.decisions.queries import draft_of, rejected_in
from portfolio.decisions.rules import (
    decision_acts,
    require_corrector,
    require_quorate,
    require_recorder,
    require_whole,
)
from portfolio.meetings.actions import carry_over, put
from portfolio.models import Decision, DecisionState, Meeting, OrientationKind, Procedure
from portfolio.orientations.actions import orient
from portfolio.routing.actions import chosen_forum
from transfers import history
from transfers.actions import Step, locked_case, perform
from transfers.enums import Stage
from transfers.models import Placement, TransferCase

CHANGED = "Kladden er ændret af en anden, siden du åbnede siden."
ASKED = {"asked_by_deadline", "target_forum"}
WRITABLE = frozenset({"kind", "text", "reason", "decided_on", "procedure", "meeting", "conflict_note"} | ASKED)
ORIENTED = {"local_stop": OrientationKind.LOCAL_STOP, "local_agree": OrientationKind.LOCAL_AGREEMENT}


@transaction.atomic
def save_decision(*, case: TransferCase, viewer: Viewer, revision: int | None = None, **values: Any) -> Decision:
    """Keep what is written as the forum's one draft; no history entry, and only chair and secretary see it.

    `values` are fields of the decision by name, `revision` the one the user saw (0 before the first). Raises
    NotAllowed, Stale when somebody saved since, DomainError for a decision this forum cannot take, TextRefused.
    """
    if values.get("procedure") == Procedure.WRITTEN:
        raise DomainError("En skriftlig beslutning kræver en afstemning. Start en skriftlig procedure i sagen.")
    locked = locked_case(case.pk)
    require_recorder(locked, viewer)
    draft = draft_of(locked) or new_draft(locked)
    if revision is not None and revision != draft.revision:
        raise Stale(CHANGED)
    if values.get("kind") and values["kind"] not in {act.code for act in decision_acts(locked)}:
        raise DomainError("Forummet kan ikke træffe den beslutning om sagen nu.")
    for name in values.keys() & WRITABLE:
        setattr(draft, name, values[name])
    draft.revision, draft.drafted_by = draft.revision + 1, viewer.user
    draft.save()
    return draft


def new_draft(case: TransferCase) -> Decision:
    """Return an empty draft, not saved, for the forum that has the case."""
    placement = Placement.unscoped.get(case=case, ended_at__isnull=True)
    return Decision(case=case, forum_id=placement.forum_id, placement=placement, revision=0)


def publish_decision(
    *,
    case: TransferCase,
    viewer: Viewer,
    decision: Decision,
    seen: int | None = None,
    revision: int | None = None,
    capacity_id: int | None = None,
) -> Decision:
    """Publish a draft and carry out what it says; from then on the row is frozen.

    Raises Incomplete when something is missing, Stale when the draft changed, DomainError for a day to come or
    a forum that cannot have the case; else as `perform`. At a meeting the forum must be quorate (rule 9).
    """
    require_whole(decision)
    with perform(
        decision.kind, case=case, viewer=viewer, seen=seen, capacity_id=capacity_id, reason=decision.reason,
        happened_on=decision.decided_on,
    ) as step:  # fmt: skip
        draft = draft_of(step.case)
        if draft is None or draft.pk != decision.pk or draft.revision != (revision or decision.revision):
            raise Stale(CHANGED)
        require_quorate(draft)
        carry(step, draft)
        publish(draft, viewer)
        minute(draft)
        step.facts = draft.facts
    decision.refresh_from_db()
    return decision


def record_decision(
    *, case: TransferCase, viewer: Viewer, placement: Placement, forum: Forum, kind: str,
    seen: int | None = None, capacity_id: int | None = None, **values: Any,
) -> Decision:  # fmt: skip
    """Publish a decision that was never a draft: from a vote, or to take a rejected case up again.

    `values` are fields of the decision by name. Raises Incomplete (also without quorum, rule 9), DomainError for a
    day to come; else as `perform`.
    """
    with perform(
        kind, case=case, viewer=viewer, seen=seen, capacity_id=capacity_id, reason=values["reason"],
        happened_on=values["decided_on"],
    ) as step:  # fmt: skip
        decision = Decision(
            case=step.case, forum=forum, placement=placement, kind=kind, drafted_by=viewer.user, revision=0, **values
        )
        require_whole(decision)
        require_quorate(decision)
        carry(step, decision)
        publish(decision, viewer)
        minute(decision)
        step.facts = decision.facts
    return decision


def take_up_again(
    *, case: TransferCase, viewer: Viewer, text: str, reason: str, decided_on: date, meeting: Meeting | None = None,
    seen: int | None = None, capacity_id: int | None = None,
) -> Decision:  # fmt: skip
    """Publish the forum's new decision to take up a case it rejected (or its predecessor did); it becomes a draft.

    Raises DomainError for a day before the case was rejected; else as `record_decision`.
    """
    placement = rejected_in(case)
    if placement is None:
        raise NotAllowed("Sagen er ikke afvist af et forum.")
    if placement.ended_at and decided_on < localdate(placement.ended_at):
        raise DomainError("Sagen kan ikke være taget op igen, før den blev afvist. Ret datoen.")
    return record_decision(
        case=case, viewer=viewer, placement=placement, forum=placement.forum.heir, kind="take_up_again", text=text,
        reason=reason, decided_on=decided_on, meeting=meeting, seen=seen, capacity_id=capacity_id,
    )  # fmt: skip


def minute(decision: Decision) -> None:
    """Let the case stand on the agenda of the meeting that decided, and adjourned on the forum's next one too."""
    if decision.meeting:
        put(decision.meeting, decision.case)
    if decision.kind == "adjourn":
        carry_over(decision.forum)


def carry(step: Step, draft: Decision) -> None:
    """Do what the decision means besides its stage: a forum to go to, a dialogue to open again, an orientation."""
    if step.act.target == Stage.LOCAL_FORUM:
        step.forum = draft.target_forum = chosen_forum(step.case, draft.target_forum)
    if step.act.target == Stage.DIALOGUE:
        step.case.dialogue_closed_at = None
    if step.act.code in ORIENTED:
        orient(step.case, ORIENTED[step.act.code])


def publish(draft: Decision, viewer: Viewer) -> None:
    """Mark a draft as published; the last change the database lets through."""
    draft.state, draft.published_by, draft.published_at = DecisionState.PUBLISHED, viewer.user, now()
    draft.revision += 1
    draft.save()


@transaction.atomic
def correct_decision(
    *,
    decision: Decision,
    viewer: Viewer,
    text: str,
    reason: str,
    decided_on: date,
    capacity_id: int | None = None,
) -> Decision:
    """Correct a published decision by a new one that refers to it; the case stays where it is (rule 10).

    Raises NotAllowed, Stale when it is corrected already, Incomplete, DomainError for a day to come, TextRefused.
    """
    case = locked_case(decision.case_id)
    if Decision.unscoped.filter(corrects=decision).exists():
        raise Stale("Beslutningen er allerede rettet. Ret den nyeste udgave i stedet.")
    capacity = require_corrector(decision, viewer, capacity_id)
    if decision.decided_on and decided_on < decision.decided_on:
        raise DomainError("Rettelsen kan ikke være besluttet før den beslutning, den retter.")
    correction = Decision(
        case=case, forum=decision.forum, placement=decision.placement, kind=decision.kind,
        target_forum=decision.target_forum, procedure=decision.procedure, meeting=decision.meeting, corrects=decision,
        text=text, reason=reason, decided_on=decided_on, drafted_by=viewer.user,
    )  # fmt: skip
    require_whole(correction)
    publish(correction, viewer)
    entry = history.append(
        case=case, kind="decision_corrected", actor_id=viewer.user.pk, capacity=capacity, stage_from=case.stage,
        facts={"decision": correction.pk, "corrects": decision.pk}, reason=reason, happened_on=decided_on,
    )  # fmt: skip
    tell_corrected(correction, entry)
    return correction
