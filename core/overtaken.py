"""Two people at once: what the slower one typed beside what the faster one stored, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from core.errors import DomainError

T = TypeVar("T")
Newest = Callable[[], tuple[forms.BaseForm, T | None]]
STATE = ("seen", "revision")  # the hidden fields that say which state of the row a page showed
YES_NO = {True: "Ja", False: "Nej"}


@dataclass(frozen=True)
class Both:
    """A question to which two people gave different answers."""

    label: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Overtaken:
    """What the page shows the slower one: both texts, and what others did meanwhile."""

    texts: Sequence[Both] = ()
    meanwhile: Sequence[str] = ()


def overtaken(form: forms.BaseForm, refusal: DomainError, newest: Newest[T] | None) -> T | None:
    """Show on a refused form what stands now, and let its next post be a choice made knowingly.

    `newest` gives the form as it would be opened now, with what counts as done when both say the same (a second
    click); that is returned then, and the form stays as it is.
    """
    fresh, done = newest() if newest else (None, None)
    texts = differences(form, fresh) if fresh else []
    if done is not None and not texts:
        return done
    shown = {name: fresh[name].value() for name in STATE if name in fresh.fields} if fresh else {}
    go_on_from(form, shown | dict(refusal.now))
    form.overtaken = Overtaken(texts, refusal.meanwhile)  # type: ignore[attr-defined]
    form.add_error(None, refusal.message)
    return None


def differences(form: forms.BaseForm, fresh: forms.BaseForm) -> list[Both]:
    """Return the fields in which what was typed differs from what is stored now."""
    return [
        Both(str(typed.label), shown(typed, typed.value()), shown(stored, stored.value()))
        for typed, stored in ((form[name], fresh[name]) for name in form.fields if name in fresh.fields)
        if not typed.is_hidden and differs(typed, stored)
    ]


def differs(typed: BoundField, stored: BoundField) -> bool:
    """Tell whether two people gave different answers; how a browser ends its lines is no difference."""
    return bool(typed.field.has_changed(unified(stored.initial), unified(typed.data)))


def unified(value: Any) -> Any:
    """Return a text with the line ends of the database and without blanks around it; anything else as it is."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def shown(field: BoundField, value: Any) -> str:
    """Return an answer in words: the labels of choices, else what stands in the field."""
    choices = {str(key): str(label) for key, label in getattr(field.field, "choices", ())}
    if choices:
        values = value if isinstance(value, list | tuple) else [value]
        return ", ".join(choices.get(str(one), "") for one in values)
    if isinstance(value, bool):
        return YES_NO[value]
    text = field.field.widget.format_value(value)
    return "" if text is None else str(text)


def go_on_from(form: forms.BaseForm, state: Mapping[str, Any]) -> None:
    """Let the form belong to this state of the row, all that was typed kept."""
    typed = QueryDict(mutable=True)
    typed.update(form.data)
    for name in state.keys() & form.fields.keys():
        typed[form.add_prefix(name)] = str(state[name])
    form.data = typed
