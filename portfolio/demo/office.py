"""What people of the demonstration do outside the cases: reports, meetings to come, the annual status."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid5

from django.utils.timezone import get_current_timezone, localdate

from contacts.enums import ForumLevel, Function
from contacts.models import Forum
from contacts.viewer import Viewer
from core.patients import PatientCount
from core.tasks import wake_job
from dialogue.models import UnannouncedTransfer
from dialogue.reports.actions import answer_report, close_report, report_transfer
from dialogue.reports.rules import may_report
from portfolio.annual import actions as annual
from portfolio.annual.forms import QUESTIONS
from portfolio.annual.queries import newest_edition
from portfolio.demo.content import NAMESPACE
from portfolio.demo.story import Row, Story
from portfolio.meetings.actions import plan_meeting, take_up
from portfolio.models import AnnualStatus, Survey
from transfers.models import TransferCase

OFFICE = "sekretariat.leder"
ANSWERING = (
    "kontakt.auh", "kontakt.rhn", "kontakt.aalborg", "kontakt.hjoerring", "kontakt.thisted", "leder.onkologi",
    "leder.kirurgi",
)  # fmt: skip
WORDS = ("summary", "followed_up", "themes")


def report(story: Story, row: Row) -> None:
    """Somebody reports a task that moved without dialogue."""
    viewer, calendar = story.account(row["by"]), story.calendar
    report_transfer(
        viewer=viewer, membership=may_report(viewer)[0], responsible=story.organisation(row["responsible"]),
        title=row["title"], what_moved=row["what_moved"], consequences=row["consequences"],
        patients=PatientCount.parse(row["patients"]), since=calendar.day(row["since"]),
    )  # fmt: skip


def answer(story: Story, row: Row) -> None:
    """The responsible contact person answers a report."""
    found = UnannouncedTransfer.objects.get(title=row["title"])
    answer_report(report=found, viewer=story.contact_of(row["responsible"]), text=row["answered"]["text"])


def close(story: Story, row: Row) -> None:
    """The responsible contact person closes a report."""
    found = UnannouncedTransfer.objects.get(title=row["title"])
    close_report(report=found, viewer=story.contact_of(row["responsible"]), reason=row["closed"]["reason"])


def plan(story: Story, row: Row) -> None:
    """The forum's secretary plans a meeting and puts cases on its agenda."""
    forum = story.region.forums[row["forum"]]
    secretary, day = story.holder(Function.SECRETARY, forum=forum), story.calendar.day(-row["held_in"])
    starts_at = datetime.combine(day, time(9), get_current_timezone())
    meeting = plan_meeting(forum=forum, viewer=secretary, starts_at=starts_at, place="Regionshuset, Aalborg")
    for case in TransferCase.unscoped.filter(title__in=row["cases"]).order_by("number"):
        take_up(meeting=meeting, viewer=secretary, case=case)


# --- The annual status ----------------------------------------------------------------------------------


def ask(story: Story, row: Row) -> None:
    """The secretariat asks contact persons and leaders how the year went."""
    closes_on = localdate() + timedelta(days=14)
    annual.open_survey(viewer=story.account(OFFICE), year=row["year"], closes_on=closes_on, questions=QUESTIONS)


def reply(story: Story, row: Row) -> None:
    """Some of them answer; no two alike."""
    survey = Survey.objects.get(year=row["year"])
    questions = list(survey.questions.order_by("order").values_list("pk", flat=True))
    for nth, key in enumerate(ANSWERING):
        scores = {pk: max(1, score - (nth + pk) % 3 + 1 if score < 5 else score - nth % 2)
                  for pk, score in zip(questions, row["scores"], strict=True)}  # fmt: skip
        annual.answer_survey(viewer=story.account(key), survey=survey, scores=scores, text="")
    annual.close_survey(viewer=story.account(OFFICE), survey=survey)


def draft(story: Story, row: Row) -> None:
    """The secretariat writes its words, orders the draft and sends it to the Porteføljestyregruppe."""
    office, year = story.account(OFFICE), row["year"]
    annual.save_words(viewer=office, year=year, words={name: row[name] for name in WORDS if name in row})
    key = uuid5(NAMESPACE, f"status {year}")
    edition = made(annual.order_annual_status(viewer=office, year=year, day=localdate(), request_key=key))
    annual.send_to_portfolio(viewer=office, status=edition)


def adopt(story: Story, row: Row) -> None:
    """The Porteføljestyregruppe adopts the draft."""
    made(annual.adopt_annual_status(
        viewer=chair(story, ForumLevel.PORTFOLIO), status=newest(row["year"]), adopted_on=localdate(),
        text=row["adopted"],
    ))  # fmt: skip


def decide(story: Story, row: Row) -> None:
    """Den Administrative Styregruppe decides whether the action plan is updated."""
    made(annual.decide_action_plan(
        viewer=chair(story, ForumLevel.ADMINISTRATIVE), status=newest(row["year"]), update_plan=row["update_plan"],
        decided_on=localdate(), text=row["decided"],
    ))  # fmt: skip


def chair(story: Story, level: ForumLevel) -> Viewer:
    """Return who chairs a forum on the day the clock shows."""
    return story.holder(Function.CHAIR, forum=Forum.objects.get(level=level))


def newest(year: int) -> AnnualStatus:
    """Return the newest edition of a year."""
    edition: Any = newest_edition(year)
    return AnnualStatus.objects.get(pk=edition.pk)


def made(edition: AnnualStatus) -> AnnualStatus:
    """Let the job of an edition do its work, as a worker would."""
    if edition.job is not None:
        wake_job(edition.job.pk)
    edition.refresh_from_db()
    return edition
