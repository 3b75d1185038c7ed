"""Pages for everyone: the overview of contact persons (S1), and the page of an account that waits."""

from __future__ import annotations

from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from contacts.enums import OrganisationKind
from contacts.http import Request
from contacts.queries import ContactLine, contact_overview
from core.files import hand_out
from core.spreadsheet import CSV, XLSX, Column, csv_text, workbook

HEADINGS = {
    OrganisationKind.HOSPITAL: "Sygehuse",
    OrganisationKind.PSYCHIATRY: "Psykiatri",
    OrganisationKind.MUNICIPALITY: "Kommuner",
    OrganisationKind.GENERAL_PRACTICE: "Almen praksis",
    OrganisationKind.SPECIALIST_PRACTICE: "Speciallægepraksis",
    OrganisationKind.REGION: "Region",
}


@login_not_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show who to contact at each hospital, municipality and in general practice; no sign-in."""
    lines = contact_overview()
    groups = [(kind, list(rows)) for kind, rows in groupby(lines, key=lambda line: line.organisation.kind)]
    context = {
        "groups": [(HEADINGS[OrganisationKind(kind)], rows) for kind, rows in groups],
        "missing": [line.organisation for line in lines if line.is_missing],
    }
    return render(request, "contacts/overview.html", context)


COLUMNS: list[Column[ContactLine]] = [
    Column("Gruppe", lambda line: HEADINGS[OrganisationKind(line.organisation.kind)], 20),
    Column("Organisation", lambda line: line.organisation.name, 30),
    Column("Kontaktperson", lambda line: line.contact.shown_name if line.contact else "", 30),
    Column("E-mail", lambda line: line.contact.shown_email if line.contact else "", 30),
    Column("Telefon", lambda line: line.contact.public_phone if line.contact else "", 16),
    Column("Stedfortræder", lambda line: ", ".join(deputy.shown_name for deputy in line.deputies), 30),
    Column("Stedfortræders e-mail", lambda line: ", ".join(deputy.shown_email for deputy in line.deputies), 30),
]


@login_not_required
@require_safe
def overview_csv(request: HttpRequest) -> HttpResponse:
    """Give the same overview as CSV."""
    return hand_out("kontaktpersoner.csv", csv_text(COLUMNS, contact_overview()).encode(), CSV)


@login_not_required
@require_safe
def overview_excel(request: HttpRequest) -> HttpResponse:
    """Give the same overview as a spreadsheet."""
    return hand_out("kontaktpersoner.xlsx", workbook("Kontaktpersoner", COLUMNS, contact_overview()), XLSX)


@require_safe
def waiting(request: Request) -> HttpResponse:
    """Tell an account without a function that it waits for the secretariat."""
    if request.viewer.memberships:
        return redirect("/")
    return render(request, "contacts/waiting.html")
