"""The workflow table as a picture and as prose, for docs/workflow.md."""

from __future__ import annotations

from collections import defaultdict

from contacts.naming import names_of
from transfers.enums import Result, Stage
from transfers.workflow import ACTS, Act

HEAD = """# Workflow

Generated from `transfers/workflow.py` by `manage.py draw_workflow`; a test fails when this page is not current.
Stages and results are shown by their stored names; the Danish names stand in the tables below.

"""


def page() -> str:
    """Return the whole of docs/workflow.md: the diagram, the stages, every act; the agreement.s names of forums."""
    with names_of([]):
        return HEAD + "\n".join([*diagram(), "", *stage_table(), "", *act_table(), ""])


def diagram() -> list[str]:
    """Return a Mermaid state diagram: one arrow per pair of stages, acts joined on it."""
    arrows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for act in ACTS:
        for source in act.sources:
            for end in goals(act):
                if end != source.value:
                    arrows[source.value, end].append(act.code)
    lines = [f"    {source} --> {target}: {', '.join(codes)}" for (source, target), codes in arrows.items()]
    ends = [f"    {result.value} --> [*]" for result in Result]
    return ["```mermaid", "stateDiagram-v2", "    [*] --> screening", *lines, *ends, "```"]


def goals(act: Act) -> list[str]:
    """Return the stages an act leads or may lead to, or its result when it closes the case."""
    if act.result:
        return [act.result.value]
    return [stage.value for stage in ((act.target,) if act.target else act.may_lead_to)]


def destination(act: Act) -> str:
    """Return where an act leads, as the table says it; where it may stay, so."""
    ends = " or ".join(goals(act))
    stays = not act.target and set(act.may_lead_to) & set(act.sources)
    return f"stays, or {ends}" if stays and ends else ends or "stays"


def stage_table() -> list[str]:
    """Return the stages and results with their Danish names."""
    rows = [f"| `{row.value}` | {row.label} |" for group in (Stage, Result) for row in group]
    return ["## Stages and results", "", "| stored | Danish |", "|---|---|", *rows]


def act_table() -> list[str]:
    """Return every act: label, from, to, who, and what must be true."""
    head = ["## Acts", "", "| act | button | from | to | who | must be true |", "|---|---|---|---|---|---|"]
    return head + [act_row(act) for act in ACTS]


def act_row(act: Act) -> str:
    """Return one line of the table of acts."""
    sources = ", ".join(source.value for source in act.sources)
    who = ", ".join(who.label for who in act.who)
    target = destination(act)
    return f"| `{act.code}` | {act.label} | {sources} | {target} | {who} | {', '.join(act.requires) or '–'} |"
