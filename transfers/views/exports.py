"""The case list as a spreadsheet and as CSV, through the same gate and filter as the page."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from contacts.http import Request
from core.files import hand_out
from core.spreadsheet import CSV, XLSX, Column, csv_text, workbook
from transfers.filters import order_of
from transfers.listing import SHOWN
from transfers.models import TransferCase
from transfers.queries import SHOWN_WITH, is_glimpsed
from transfers.views.cases import filtered


def unless_glimpsed(request: Request, value: Callable[[TransferCase], object]) -> Callable[[TransferCase], object]:
    """Return a column's value, left empty for a draft of which the viewer sees number and title only."""
    return lambda case: None if is_glimpsed(case, request.viewer) else value(case)


def columns(request: Request) -> list[Column[TransferCase]]:
    """Return the columns as this viewer may read them."""
    told: list[tuple[str, Callable[[TransferCase], object], int]] = [
        ("Resultat", lambda c: c.get_result_display(), 28),
        ("Art", lambda c: c.get_change_kind_display(), 24),
        ("Initiativ fra", lambda c: c.initiator.name, 32),
        ("Afdeling", lambda c: c.department.name if c.department else "", 28),
        ("Oprettet", lambda c: c.sort_date.date(), 12),
        ("I stadiet siden", lambda c: c.stage_since.date(), 14),
    ]
    return [
        Column("Sag", lambda c: c.number, 14),
        Column("Titel", lambda c: c.title, 50),
        Column("Stadie", lambda c: c.stage_label, 28),
        *(Column(title, unless_glimpsed(request, value), width) for title, value, width in told),
    ]


def rows(request: Request) -> QuerySet[TransferCase]:
    """Return the cases of the list, all of its pages."""
    chosen: QuerySet[TransferCase] = filtered(request).qs.select_related(*SHOWN_WITH).only(*SHOWN)
    return chosen.order_by(*order_of(request.GET.get("sorter")).columns())


@require_safe
def case_export(request: Request) -> HttpResponse:
    """Give the filtered list as a spreadsheet."""
    return hand_out("sager.xlsx", workbook("Sager", columns(request), rows(request)), XLSX)


@require_safe
def case_export_csv(request: Request) -> HttpResponse:
    """Give the filtered list as CSV."""
    return hand_out("sager.csv", csv_text(columns(request), rows(request)).encode(), CSV)
