"""Editions of the annual status: ordered once, counted once, rendered once, and the same bytes ever after."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pikepdf
import pytest
from django.db import IntegrityError, connection, transaction
from openpyxl import load_workbook
from pypdf import PdfReader
from pytest_django import DjangoCaptureOnCommitCallbacks

from contacts.models import Membership
from core.actions import claim_job
from core.enums import JobState
from core.errors import DomainError, NotAllowed, TextRefused
from core.jobs import LEASE
from core.models import Job, StoredFile
from core.tasks import wake_job
from portfolio.annual.actions import (
    adopt_annual_status,
    order_again,
    order_annual_status,
    reword_annual_status,
    send_to_portfolio,
)
from portfolio.annual.reports import TOTAL
from portfolio.annual.tasks import counted
from portfolio.models import AnnualStatus
from portfolio.models.annual import RECOMMENDATION, EditionState
from tests.core.clock import Forward, forward
from tests.portfolio.annual_editions import finished
from tests.portfolio.annual_years import on, two_years
from tests.world import World, draft_case

pytestmark = pytest.mark.django_db
__all__ = ["forward"]
WORDS: dict[str, Any] = {"recommendation": RECOMMENDATION, "summary": "Et år med færre sager end ventet."}


def order(world: World, year: int = 2025, day: date = date(2026, 3, 1), key: UUID | None = None) -> AnnualStatus:
    """Order an edition as the secretariat."""
    viewer = world.viewer("secretariat")
    return order_annual_status(viewer=viewer, year=year, day=day, request_key=key or uuid4())


def made(status: AnnualStatus) -> AnnualStatus:
    """Let a worker do the job, and read the edition anew."""
    assert status.job
    wake_job(status.job.pk)
    return AnnualStatus.objects.select_related("job", "pdf").get(pk=status.pk)


def pdf_of(status: AnnualStatus) -> bytes:
    """Return the stored PDF."""
    assert status.pdf
    with status.pdf.content.open("rb") as content:
        return bytes(content.read())


@pytest.fixture
def status(world: World) -> AnnualStatus:
    """A finished edition of 2025, whose files say only their names."""
    two_years(world)
    with on(2026, 3, 1):
        return finished(order(world))


def test_rule_14_the_job_freezes_figures_and_makes_files_that_stay_the_same(world: World) -> None:
    two_years(world)
    with on(2026, 3, 1):
        status = made(order(world))
    assert status.state == EditionState.DRAFT
    assert status.facts
    assert status.facts["stock"]["closing"] == 2
    assert status.is_intact
    assert status.job
    assert status.job.state == JobState.DONE
    assert status.job.result == status.pdf
    assert (status.job.progress_done, status.job.progress_total) == (TOTAL, TOTAL)
    assert_says_what_it_is(status)
    assert_reads_aloud(pdf_of(status))
    assert_figures_are_figures(status)
    before = (status.facts_sha256, pdf_of(status))
    wake_job(status.job.pk)
    again = AnnualStatus.objects.get(pk=status.pk)
    assert (again.facts_sha256, pdf_of(again)) == before
    assert StoredFile.objects.count() == 2


def assert_says_what_it_is(status: AnnualStatus) -> None:
    """Assert that the front page can be read aloud in a minute and the rest holds every chapter."""
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf_of(status))).pages]
    front, whole = pages[0], " ".join(" ".join(pages).split())
    for text in ("Årlig status 2025", "Udgave 1 · udkast", "1. marts 2026", "tager status til efterretning", "2 af 3"):
        assert text in front
    assert len(front.split()) < 160
    for text in (
        "1 + 2 ind − 1 ud = 2 sager", "Behandlingstid per stadie", "167,5", "1–4", "Sagerne enkeltvis",
        "Organisationer uden indledende vurdering", "Parternes egne økonomiske skøn",
    ):  # fmt: skip
        assert text in whole
    assert status.facts_sha256 in whole.replace(" ", "")


def assert_reads_aloud(content: bytes) -> None:
    """Assert that every chart has its figures in words, and every header says what it heads."""
    with pikepdf.open(BytesIO(content)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Årlig status 2025, udgave 1"
        found, waiting = [], list(pdf.Root.StructTreeRoot.K)
        while waiting:
            element = waiting.pop()
            if isinstance(element, pikepdf.Dictionary) and "/S" in element:
                found.append(element)
                waiting += list(element.K)
        figures = [str(element.Alt) for element in found if element.S == "/Figure"]
        assert len(figures) >= 10
        assert all(text.startswith("Søjlediagram: ") for text in figures)
        assert {str(element.A.Scope) for element in found if element.S == "/TH"} == {"/Row", "/Column"}


def assert_figures_are_figures(status: AnnualStatus) -> None:
    """Assert that the spreadsheet has a sheet per table, and numbers as numbers."""
    assert status.excel
    book = load_workbook(BytesIO(status.excel.read()))
    (sheet,) = (book[name] for name in book.sheetnames if name.endswith("Sager ind og ud"))
    cells = {row[0]: row[1] for row in sheet.iter_rows(values_only=True)}
    assert cells["+ Nye sager: der skrives et dialoggrundlag"] == 1
    assert book.sheetnames[0] == "Forside"
    assert book.sheetnames[-1] == "Definitioner"
    assert any(name.endswith("Sager i perioden") for name in book.sheetnames)


def test_rule_14_the_public_files_of_an_adopted_edition_name_no_single_case(world: World) -> None:
    case = two_years(world)["long"]
    with on(2026, 3, 1):
        draft = finished(order(world))
        send_to_portfolio(viewer=world.viewer("secretariat"), status=draft)
        chair = world.viewer("psg_chair")
        status = made(
            adopt_annual_status(viewer=chair, status=draft, adopted_on=date(2026, 3, 1), text="Status vedtages.")
        )
    assert status.state == EditionState.ADOPTED
    assert status.pdf
    assert status.public_pdf
    for stored, names in ((status.pdf, True), (status.public_pdf, False)):
        text = " ".join(page.extract_text() for page in PdfReader(BytesIO(stored.read())).pages)
        assert "Status vedtages." in text
        assert (case.number in text) == names
    assert status.public_excel
    book = load_workbook(BytesIO(status.public_excel.read()))
    assert not any(name.endswith("Sager i perioden") for name in book.sheetnames)


def test_a_worker_that_was_killed_after_counting_leaves_its_figures(world: World, forward: Forward) -> None:
    two_years(world)
    status = order(world, day=date(2026, 3, 1))
    assert status.job
    run = claim_job(status.job.pk)
    assert run
    first = counted(status, run).facts_sha256
    forward(2 * LEASE)
    done = made(status)
    assert (done.facts_sha256, done.state) == (first, EditionState.DRAFT)
    assert done.job
    assert done.job.attempts == 2


def test_a_finished_edition_cannot_be_changed_or_removed(status: AnnualStatus) -> None:
    for statement in (
        "UPDATE portfolio_annualstatus SET summary = 'x'",
        "UPDATE portfolio_annualstatus SET facts = '{}'",
        "DELETE FROM portfolio_annualstatus",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_what_happens_later_changes_no_finished_edition(status: AnnualStatus, world: World) -> None:
    before = pdf_of(status)
    with on(2026, 4, 1):
        draft_case(world)
    again = AnnualStatus.objects.get(pk=status.pk)
    assert pdf_of(again) == before
    assert again.is_intact


def test_a_double_click_orders_one_edition(world: World) -> None:
    two_years(world)
    key = uuid4()
    assert order(world, key=key) == order(world, key=key)
    assert (AnnualStatus.objects.count(), Job.objects.count()) == (1, 1)


def test_ordering_the_year_again_makes_the_next_edition(status: AnnualStatus, world: World) -> None:
    following = order(world)
    assert (following.year, following.edition) == (2025, 2)
    assert following.job != status.job
    assert order(world, year=2024).edition == 1


def test_new_words_make_a_new_edition_with_the_same_figures(status: AnnualStatus, world: World) -> None:
    with on(2026, 6, 1):
        following = finished(
            reword_annual_status(viewer=world.viewer("secretariat"), status=status, request_key=uuid4(), **WORDS)
        )
    assert (following.edition, following.facts_sha256) == (2, status.facts_sha256)
    assert following.summary == WORDS["summary"]
    with on(2026, 6, 2):
        assert order(world).summary == WORDS["summary"]


def test_only_the_newest_finished_edition_is_worded_anew(status: AnnualStatus, world: World) -> None:
    order(world)
    with pytest.raises(DomainError, match="nyeste udkast"):
        reword_annual_status(viewer=world.viewer("secretariat"), status=status, request_key=uuid4(), **WORDS)


def test_words_hold_no_cpr_number(status: AnnualStatus, world: World) -> None:
    words = WORDS | {"summary": "Patienten 010190-1234 klagede."}
    with pytest.raises(TextRefused):
        reword_annual_status(viewer=world.viewer("secretariat"), status=status, request_key=uuid4(), **words)
    assert AnnualStatus.objects.count() == 1


@pytest.mark.parametrize("role", ["psg_chair", "das_secretary", "contact", "leader"])
def test_only_the_secretariat_orders(world: World, role: str) -> None:
    draft_case(world)
    with pytest.raises(NotAllowed):
        order_annual_status(viewer=world.viewer(role), year=2026, day=date(2026, 3, 1), request_key=uuid4())


@pytest.mark.parametrize(
    ("year", "day", "said"),
    [
        (2023, date(2024, 1, 1), "ingen sagshistorik"),
        (2025, date(2024, 12, 31), "ligger før 2025"),
        (2025, date(2026, 3, 2), "ude i fremtiden"),
    ],
)
def test_a_year_or_day_that_cannot_be_counted_is_refused(world: World, year: int, day: date, said: str) -> None:
    two_years(world)
    with on(2026, 3, 1), pytest.raises(DomainError, match=said):
        order(world, year=year, day=day)


def test_the_cut_off_is_the_end_of_the_day_or_now(world: World) -> None:
    two_years(world)
    with on(2026, 3, 1):
        assert order(world, day=date(2026, 3, 1)).counted_to.isoformat() == "2026-03-01T12:00:00+01:00"
        assert order(world, day=date(2026, 2, 1)).counted_to.isoformat() == "2026-02-01T23:59:59.999999+01:00"


def test_an_order_by_somebody_who_left_the_secretariat_is_not_made(world: World) -> None:
    two_years(world)
    status = order(world)
    Membership.objects.filter(user=world.users["secretariat"]).update(valid_to=date(2021, 1, 1))
    failed = made(status)
    assert failed.has_failed
    assert failed.facts is None
    assert failed.job
    assert "Kun sekretariatet" in failed.job.error


def test_a_failed_edition_is_ordered_again_under_its_own_number(world: World) -> None:
    two_years(world)
    status = order(world)
    Job.objects.update(state=JobState.FAILED, error="Opgaven blev afbrudt flere gange.")
    order_again(viewer=world.viewer("secretariat"), status=status)
    done = made(status)
    assert (done.edition, done.state, done.has_failed) == (1, EditionState.DRAFT, False)
    assert AnnualStatus.objects.count() == 1


def test_a_worker_is_woken_when_the_order_stands(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    two_years(world)
    with django_capture_on_commit_callbacks() as callbacks:
        order(world)
    assert len(callbacks) == 1
