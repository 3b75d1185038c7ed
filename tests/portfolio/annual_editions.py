"""Finished editions of the annual status without their job: tests that do not read the files need not draw them."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from core.files import store
from portfolio.annual.actions import freeze_figures, keep_report, order_annual_status
from portfolio.annual.queries import Scope
from portfolio.annual.reports import count_year, to_json
from portfolio.models import AnnualStatus
from tests.world import World


def finished(status: AnnualStatus) -> AnnualStatus:
    """Count an edition and give it four files that say only their names; returns it as it stands then."""
    facts = count_year(Scope(status.year, status.cut_off), lambda done, total, label: None)
    freeze_figures(status.pk, to_json(facts))
    names = [status.file_name(ending, public=public) for ending in ("pdf", "xlsx") for public in (False, True)]
    keep_report(status.pk, {name: store(name, b"%PDF-1.7 " + name.encode(), "application/pdf") for name in names})
    return AnnualStatus.objects.get(pk=status.pk)


def draft(world: World, year: int, day: date) -> AnnualStatus:
    """Order a draft as the secretariat and finish it."""
    viewer = world.viewer("secretariat")
    return finished(order_annual_status(viewer=viewer, year=year, day=day, request_key=uuid4()))
