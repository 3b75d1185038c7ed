"""The job that makes an edition: count the year step by step, freeze the figures, make the PDF."""

from __future__ import annotations

from contacts.viewer import viewer_for
from core.errors import NotAllowed
from core.jobs import JobRun, register
from core.models import StoredFile
from core.pdf import render_pdf
from portfolio.annual.actions import KIND, freeze_figures, keep_report
from portfolio.annual.queries import Scope
from portfolio.annual.reports import RENDERING, TOTAL, count_year, to_json
from portfolio.annual.reports.chapters import report_of
from portfolio.annual.rules import require_order
from portfolio.models import AnnualStatus

TEMPLATE = "portfolio/annual/report.html"


def keep(run: JobRun, stored: StoredFile | None) -> None:
    """Write the PDF into its edition together with »done«."""
    if stored is not None:
        keep_report(run.arguments["status"], stored)


@register(KIND, on_done=keep)
def make_edition(run: JobRun) -> StoredFile:
    """Make the PDF of an edition. Raises NotAllowed when who ordered it may no longer do so."""
    recheck(run)
    status = counted(AnnualStatus.objects.get(pk=run.arguments["status"]), run)
    run.progress(TOTAL, TOTAL, RENDERING)
    content = render_pdf(TEMPLATE, report_of(status))
    return run.output(status.file_name, content, "application/pdf")


def recheck(run: JobRun) -> None:
    """Ask again whether the orderer is in the secretariat today."""
    if run.requested_by is None:
        raise NotAllowed("Ingen har bestilt den årlige status.")
    require_order(viewer_for(run.requested_by))


def counted(status: AnnualStatus, run: JobRun) -> AnnualStatus:
    """Return the edition with its figures; they are counted only once, also after a killed worker."""
    if status.facts is not None:
        return status
    facts = count_year(Scope(status.year, status.cut_off), run.progress)
    return freeze_figures(status.pk, to_json(facts))
