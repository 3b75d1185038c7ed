"""How far an edition has come: draft, sent, adopted, decided – who did what, and when."""

from __future__ import annotations

from django.utils.timezone import localtime

from contacts.naming import named
from portfolio.annual.rules import step_open
from portfolio.models import AnnualStatus


def stages_of(status: AnnualStatus) -> list[dict[str, str]]:
    """Return the way of an edition as the stage rail draws it."""
    submission = getattr(status, "submission", None)
    notes = (
        ("Udkast", f"udgave {status.edition}"),
        ("Sendt til PSG", f"{localtime(submission.sent_at):%d.%m.%Y}" if submission else ""),
        ("Vedtaget af PSG", f"{status.adoption.adopted_on:%d.%m.%Y}" if status.adoption else ""),
        ("Behandlet i DAS", f"{status.plan_decision.decided_on:%d.%m.%Y}" if status.plan_decision else ""),
    )
    done = {"send": 1, "adopt": 2, "decide": 3, "correct": 4}[step_open(status)]
    states = ["done"] * (done - 1) + ["current"] + ["todo"] * 3
    return [
        {"label": named(label), "note": note, "state": "done" if done == len(notes) else state}
        for (label, note), state in zip(notes, states, strict=False)
    ]
