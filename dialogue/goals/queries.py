"""Facts about a case's shared goals: the list, what each party says to it, and what was proposed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dialogue.basis.content import answers
from dialogue.basis.queries import written
from dialogue.models import GoalMark, GoalsVersion, PartyResponse, SharedGoal
from transfers.models import Party, TransferCase

GOALS = "shared_goals"


@dataclass(frozen=True)
class Mark:
    """What one party says to a goal; `agreed` is None where it has not said anything."""

    party: str
    agreed: bool | None
    remark: str = ""


@dataclass(frozen=True)
class GoalRow:
    """One goal with every party's mark, in the order of the parties."""

    text: str
    marks: tuple[Mark, ...]

    @property
    def agreed(self) -> list[Mark]:
        """Those who agree."""
        return [mark for mark in self.marks if mark.agreed]

    @property
    def not_agreed(self) -> list[Mark]:
        """Those who do not agree."""
        return [mark for mark in self.marks if mark.agreed is False]

    @property
    def silent(self) -> list[Mark]:
        """Those who have not marked the goal."""
        return [mark for mark in self.marks if mark.agreed is None]


def lines(text: str) -> list[str]:
    """Return a text's lines that say something, each once."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def goals(case: TransferCase) -> list[SharedGoal]:
    """Return the goals of the list as it stands now; one query."""
    return list(SharedGoal.unscoped.filter(case=case, dropped_at__isnull=True))


def goal_rows(case: TransferCase, parties: Iterable[Party]) -> list[GoalRow]:
    """Return the goals × parties as they stand now; two queries, one where there are no goals."""
    found = goals(case)
    rows = GoalMark.unscoped.filter(goal__in=found) if found else []
    said = {(mark.goal_id, mark.party_id): mark for mark in rows}
    asked = list(parties)

    def marks(goal: SharedGoal) -> tuple[Mark, ...]:
        return tuple(mark_of(party, said.get((goal.pk, party.pk))) for party in asked)

    return [GoalRow(goal.text, marks(goal)) for goal in found]


def mark_of(party: Party, mark: GoalMark | None) -> Mark:
    """Return what a party says to a goal."""
    return Mark(str(party), mark.agreed, mark.remark) if mark else Mark(str(party), None)


def content_of(rows: Sequence[GoalRow]) -> list[dict[str, Any]]:
    """Return goals × parties as they are frozen."""
    return [
        {"text": row.text, "marks": [{"party": m.party, "agreed": m.agreed, "remark": m.remark} for m in row.marks]}
        for row in rows
    ]


def rows_of(version: GoalsVersion) -> list[GoalRow]:
    """Return what a frozen version says."""
    return [GoalRow(goal["text"], tuple(Mark(**mark) for mark in goal["marks"])) for goal in version.content]


def newest_version(case: TransferCase) -> GoalsVersion | None:
    """Return the goals as they stood when the dialogue was last closed, or None."""
    return GoalsVersion.unscoped.filter(case=case).order_by("-number").first()


def joint_goals(case: TransferCase) -> list[GoalRow]:
    """Return the joint goals of a case for what comes after the dialogue: forum and agreement.

    Those of the last closing, when they were frozen, else the list as it stands; none were set where none are frozen.
    """
    version = newest_version(case)
    if version is not None or case.dialogue_closed_at is not None:
        return rows_of(version) if version else []
    return goal_rows(case, Party.unscoped.filter(case=case).select_related("organisation"))


def marks_of(party: Party) -> dict[int, GoalMark]:
    """Return what a party has marked, by goal."""
    return {mark.goal_id: mark for mark in GoalMark.unscoped.filter(party=party, goal__dropped_at__isnull=True)}


def proposed_in_basis(case: TransferCase) -> list[str]:
    """Return the goals that the newest dialoggrundlag proposes (its step 7)."""
    newest = written(case).newest
    return lines(str(answers(newest).get(GOALS, {}).get("value") or "")) if newest else []


def proposed(case: TransferCase) -> list[str]:
    """Return every goal that the dialoggrundlag or a submitted response proposes, each once."""
    responses = PartyResponse.unscoped.filter(party__case=case, latest__isnull=False).select_related("latest")
    texts = [str(r.latest.content["answers"].get(GOALS, "")) for r in responses if r.latest]
    return list(dict.fromkeys([*proposed_in_basis(case), *(goal for text in texts for goal in lines(text))]))
