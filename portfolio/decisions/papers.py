"""A published decision on paper: case, forum, procedure, who took part, habilitet, text, reason, corrections."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime

from core.papers import Paper
from portfolio.meetings.queries import attendance
from portfolio.models import AttendanceStatus, Decision


def paper_of(decision: Decision) -> Paper:
    """Return what the document says of itself; `decision` is published."""
    decided, published = decision.decided_on or localtime().date(), decision.published_at or localtime()
    by = decision.published_by.name if decision.published_by else ""
    return Paper(
        kind="Beslutning", title=decision.case.title, day=published, number=decision.case.number,
        author=decision.forum.name,
        facts=(
            ("Forum", decision.forum.name),
            ("Besluttet", f"{date_format(decided, 'j. F Y')}, {decision.get_procedure_display().lower()}"),
            ("Offentliggjort", f"{date_format(localtime(published), 'j. F Y')} af {by}"),
        ),
    )  # fmt: skip


def paper_context(decision: Decision) -> dict[str, Any]:
    """Return the decision with who took part at its meeting and the correction of it, if any."""
    people = attendance(decision.meeting) if decision.meeting else []
    return {
        "decision": decision,
        "correction": getattr(decision, "correction", None),
        "present": [row for row in people if row.status == AttendanceStatus.PRESENT],
        "absent": [row for row in people if row.status == AttendanceStatus.ABSENT],
    }
