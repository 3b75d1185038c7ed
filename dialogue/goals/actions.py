"""Writing the shared goals, marking them for a party, and freezing them when the dialogue closes (rule 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.timezone import now

from contacts.viewer import Viewer
from core.errors import DomainError, Stale
from core.freeze import digest, state_of
from core.models import refuse_texts
from dialogue.goals.queries import content_of, goal_rows, goals, marks_of, newest_version
from dialogue.models import GoalMark, GoalsVersion, SharedGoal
from transfers.actions import Step, perform
from transfers.models import Party, TransferCase

MOST, LONGEST = 20, 500


def write_goals(
    *, case: TransferCase, viewer: Viewer, texts: Sequence[str], seen: int | None = None, capacity_id: int | None = None
) -> TransferCase:
    """Make the list of shared goals say this, line by line; a goal whose words stay keeps its marks.

    A list that says the same already is left alone. Raises DomainError for an empty or overlong list,
    TextRefused; else as `perform`.
    """
    check(texts)
    if [goal.text for goal in goals(case)] == list(texts):
        return case
    with perform("edit_goals", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id) as step:
        step.facts = {"goals": replaced(step, texts)}
    return case


def check(texts: Sequence[str]) -> None:
    """Raise DomainError for a list without goals, with too many, too long or twice the same; TextRefused.

    It is looked at as the one text it was typed as: a number may go over from one line to the next.
    """
    refuse_texts({"goals": "\n".join(texts)})
    if not texts:
        raise DomainError("Skriv mindst ét mål.")
    if len(texts) > MOST or any(len(text) > LONGEST for text in texts):
        raise DomainError(f"Skriv højst {MOST} mål med højst {LONGEST} tegn i hvert.")
    if len(set(texts)) < len(texts):
        raise DomainError("Det samme mål står to gange. Slet det ene.")


def replaced(step: Step, texts: Sequence[str]) -> list[int]:
    """Drop the goals that are gone, add the new ones, keep the rest; returns the list's ids in order."""
    known = {goal.text: goal for goal in goals(step.case)}
    gone = [goal.pk for text, goal in known.items() if text not in texts]
    SharedGoal.unscoped.filter(pk__in=gone).update(dropped_at=now())
    kept = []
    for order, text in enumerate(texts, start=1):
        goal = known.get(text) or SharedGoal(case=step.case, text=text, written_by=step.viewer.user)
        goal.order = order
        goal.save()
        kept.append(goal.pk)
    return kept


def mark_goals(
    *,
    case: TransferCase,
    viewer: Viewer,
    marks: Mapping[int, tuple[bool, str]],
    seen: int | None = None,
    revision: int | None = None,
    capacity_id: int | None = None,
) -> TransferCase:
    """Say for a party, by goal id, whether it agrees, with a remark where there is one; may be done again.

    `revision` is the `state_of_marks` that the page showed; Stale when the party has marked otherwise since.

    Raises DomainError without marks, Stale for a goal that is no longer on the list, TextRefused; else as `perform`.
    """
    if not marks:
        raise DomainError("Markér mindst ét mål.")
    with perform("mark_goal", case=case, viewer=viewer, seen=seen, capacity_id=capacity_id) as step:
        if not marks.keys() <= {goal.pk for goal in goals(step.case)}:
            raise Stale("De fælles mål er ændret, siden du åbnede siden. Læs dem igen, og markér dem.")
        party = Party.unscoped.get(case=step.case, organisation=step.capacity.organisation_id)
        if revision is not None and revision != state_of_marks(marks_of(party)):
            raise Stale("En anden har markeret målene for jer, siden du åbnede siden.")
        for goal_id, (agreed, remark) in marks.items():
            put_mark(step, party, goal_id, agreed, remark)
        step.facts = {
            "party": party.pk,
            "agreed": [pk for pk, (agreed, _) in marks.items() if agreed],
            "not_agreed": [pk for pk, (agreed, _) in marks.items() if not agreed],
        }
    return case


def state_of_marks(marks: Mapping[int, GoalMark]) -> int:
    """Return a number that changes with what a party has marked."""
    return state_of([[pk, mark.agreed, mark.remark] for pk, mark in sorted(marks.items())])


def put_mark(step: Step, party: Party, goal_id: int, agreed: bool, remark: str) -> None:
    """Store one mark instead of the one that may be there."""
    values = {"agreed": agreed, "remark": remark.strip(), "marked_by": step.viewer.user, "marked_at": now()}
    GoalMark.unscoped.update_or_create(goal_id=goal_id, party=party, defaults=values)


def freeze_goals(case: TransferCase) -> GoalsVersion | None:
    """Keep goals and marks as they stand; called in the transaction that closes the dialogue.

    Returns the newest version, which is the former one when nothing changed; None without goals.
    """
    content = content_of(goal_rows(case, Party.unscoped.filter(case=case).select_related("organisation")))
    before = newest_version(case)
    if not content or (before and before.sha256 == digest(content)):
        return before
    number = before.number + 1 if before else 1
    return GoalsVersion.unscoped.create(case=case, number=number, content=content, sha256=digest(content))
