"""The job that makes an edition: count the year step by step, freeze the figures, make its files; and the calendar."""

from __future__ import annotations

from celery import shared_task

from contacts.viewer import viewer_for
from core.jobs import JobRun, register
from core.models import StoredFile
from core.pdf import render_pdf
from core.spreadsheet import XLSX
from portfolio.annual.actions import KIND, freeze_figures, keep_report, order_due_status
from portfolio.annual.queries import Scope
from portfolio.annual.reports import RENDERING, TOTAL, count_year, to_json
from portfolio.annual.reports.chapters import report_of
from portfolio.annual.reports.excel import excel_of
from portfolio.annual.rules import require_order
from portfolio.models import AnnualStatus
from portfolio.models.annual import EditionState

TEMPLATE = "portfolio/annual/report.html"
PDF = "application/pdf"


def keep(run: JobRun, stored: StoredFile | None) -> None:
    """Write the files into their edition together with »done«."""
    if stored is not None:
        keep_report(run.arguments["status"], {made.name: made for made in (stored, *run.further)})


@register(KIND, on_done=keep)
def make_edition(run: JobRun) -> StoredFile:
    """Make the files of an edition. Raises NotAllowed when who ordered it may no longer do so."""
    status = AnnualStatus.objects.select_related("adoption__forum", "plan_decision__forum")
    edition = status.get(pk=run.arguments["status"])
    recheck(run, edition)
    edition = counted(edition, run)
    run.progress(TOTAL, TOTAL, RENDERING)
    if edition.kind != EditionState.DRAFT:
        report = report_of(edition, whole=False)
        run.also(edition.file_name("xlsx", public=True), excel_of(report), XLSX)
        run.also(edition.file_name("pdf", public=True), render_pdf(TEMPLATE, report), PDF)
        run.progress(TOTAL, TOTAL, RENDERING)
    report = report_of(edition)
    run.also(edition.file_name("xlsx"), excel_of(report), XLSX)
    return run.output(edition.file_name("pdf"), render_pdf(TEMPLATE, report), PDF)


def recheck(run: JobRun, edition: AnnualStatus) -> None:
    """Ask again whether the orderer is in the secretariat today.

    The calendar orders as nobody; an adoption or decision stands once it is registered, whoever registered it.
    """
    if run.requested_by is not None and edition.kind == EditionState.DRAFT:
        require_order(viewer_for(run.requested_by))


def counted(status: AnnualStatus, run: JobRun) -> AnnualStatus:
    """Return the edition with its figures; they are counted only once, also after a killed worker."""
    if status.facts is not None:
        return status
    facts = count_year(Scope(status.year, status.cut_off), run.progress)
    return freeze_figures(status.pk, to_json(facts))


@shared_task
def order_due_annual_status() -> None:
    """Order the draft about last year when its day has come; beat asks every hour, and once a year it is done."""
    order_due_status()
