"""Kontaktpersoners dækning: who is missing, who ends soon, and who cannot bind the organisation."""

from __future__ import annotations

from collections import Counter

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contacts.coverage import coverage
from contacts.http import Request
from contacts.pages import for_secretariat

FIGURES = (
    ("missing", "uden kontaktperson", "error"),
    ("ends", "mangler snart en kontaktperson", "warning"),
    ("unsigned", "uden aftalebemyndiget", "warning"),
    ("good", "er dækket", ""),
)
WORST_FIRST = [state for state, _, _ in FIGURES]


@require_safe
@for_secretariat
def contact_coverage(request: Request) -> HttpResponse:
    """Show every organisation with its contact person, deputies and signatories; what is wrong stands first."""
    lines = sorted(coverage(request.viewer.today), key=lambda line: WORST_FIRST.index(line.state))
    counts = Counter(line.state for line in lines)
    figures = [{"value": counts[state], "label": label, "kind": kind} for state, label, kind in FIGURES]
    days = lines[0].warning_days if lines else 0
    return render(request, "contacts/coverage.html", {"lines": lines, "figures": figures, "days": days})
