"""Figures to JSON and back: an edition is frozen as text, and read again as values."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from typing import Any, get_args, get_origin, get_type_hints

from core.freeze import canonical_json
from portfolio.annual.reports.facts import AnnualFacts


def to_json(facts: AnnualFacts) -> dict[str, Any]:
    """Return the figures as they are frozen."""
    content: dict[str, Any] = json.loads(canonical_json(asdict(facts)))
    return content


def from_json(content: dict[str, Any]) -> AnnualFacts:
    """Return frozen figures as values. Raises TypeError or ValueError for anything else."""
    facts: AnnualFacts = rebuilt(AnnualFacts, content)
    return facts


def rebuilt(wanted: Any, value: Any) -> Any:
    """Return a value of the wanted type; a part that an older edition does not have keeps its default."""
    if is_dataclass(wanted):
        hints = get_type_hints(wanted)
        given = {f.name: rebuilt(hints[f.name], value[f.name]) for f in fields(wanted) if f.name in value}
        return wanted(**given)  # type: ignore[operator]
    if get_origin(wanted) is tuple:
        return tuple(rebuilt(get_args(wanted)[0], item) for item in value)
    return date.fromisoformat(value) if wanted is date else value
