"""What a content lacks before a step, and what differs between two contents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.enums import RequiredFor
from dialogue.basis.content import Content, is_empty, numbered

LEVELS = {
    "submit": (RequiredFor.SUBMIT,),
    "forum": (RequiredFor.SUBMIT, RequiredFor.FORUM),
}


@dataclass(frozen=True)
class Missing:
    """A question without an answer; reads »Trin 2: Hvilken målgruppe gælder det?«."""

    step: int
    key: str
    label: str

    def __str__(self) -> str:
        return f"Trin {self.step}: {self.label}"


@dataclass(frozen=True)
class Change:
    """An answer that differs between two contents."""

    step: int
    label: str
    old: str
    new: str


def missing(content: Content, level: str) -> list[Missing]:
    """Return what lacks an answer before submitting (»submit«) or before a forum (»forum«) (rule 3)."""
    return [
        Missing(step, answer["key"], answer["label"])
        for step, answer in numbered(content)
        if answer["required_for"] in LEVELS[level] and is_empty(answer)
    ]


def changes(old: Content, new: Content) -> list[Change]:
    """Return the answers that differ, in the order of the newer content and then what it no longer asks."""
    before = {answer["key"]: (step, answer) for step, answer in numbered(old)}
    found = []
    for step, answer in numbered(new):
        _, earlier = before.pop(answer["key"], (step, {"value": None, "shown": ""}))
        if not same(earlier["value"], answer["value"]):
            found.append(Change(step, answer["label"], earlier["shown"], answer["shown"]))
    gone = [Change(step, a["label"], a["shown"], "") for step, a in before.values() if not is_empty(a)]
    return found + gone


def same(old: Any, new: Any) -> bool:
    """Tell whether two stored values say the same; no answer is no answer, however it is stored."""
    return old == new or (old in (None, "", []) and new in (None, "", []))
