"""Loads the demonstration: organisations, forums, accounts, and every case played through on its own days.

Cases go through the product's own actions with the clock set to the day of each act, so that history, versions
and numbers are what three years of use would have left. All of it is one transaction: a load that is stopped
leaves nothing behind, and a case that is there is never touched again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import time_machine
from django.db import connection, transaction
from django.db.models import F, Max
from django.utils.timezone import localdate, now

from notifications.models import Notice
from portfolio.demo.content import CONTENT, NAMESPACE, Calendar, case_files, read
from portfolio.demo.plan import outside, timeline
from portfolio.demo.region import load_region
from portfolio.demo.story import Story
from portfolio.models import AnnualStatus
from transfers.models import TransferCase

LOCK = 0x64656D6F  # "demo": one loader at a time
UNREAD_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Loaded:
    """What a run did: how many cases and acts, and the first and the last day of what happened."""

    cases: int = 0
    acts: int = 0
    first: date | None = None
    last: date | None = None


@transaction.atomic
def load() -> Loaded:
    """Load the cases that are not there, with the region they need; raises WrongEnd and what the actions raise."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    stories = missing_stories()
    if not stories:
        return Loaded()
    steps = timeline(stories)
    if not AnnualStatus.objects.exists():
        steps = sorted([*steps, *outside(happenings(stories[0]))], key=lambda step: step.moment)
    before = Notice.objects.aggregate(last=Max("pk"))["last"] or 0
    for step in steps:
        with time_machine.travel(step.moment, tick=False):
            step.act(step.story)
    for story in stories:
        story.check_end()
    silence(before)
    return Loaded(len(stories), len(steps), steps[0].moment.date(), steps[-1].moment.date())


def missing_stories() -> list[Story]:
    """Return the cases that are not loaded yet; the region is read and stored only when there are any."""
    files = case_files()
    there = set(TransferCase.unscoped.filter(request_key__in=files).values_list("request_key", flat=True))
    missing = {key: path for key, path in files.items() if key not in there}
    if not missing:
        return []
    region, calendar = load_region(), Calendar(localdate())
    return [Story(key, read(path), region, calendar) for key, path in missing.items()]


def happenings(one: Story) -> Story:
    """Return what happens outside the cases, in the region of one of them."""
    return Story(NAMESPACE, read(CONTENT / "office.toml"), one.region, one.calendar)


def silence(before: int) -> None:
    """Keep the replay's messages, all later than one, from being mailed; those of the last fortnight stay unread."""
    notices = Notice.objects.filter(pk__gt=before)
    notices.filter(sent_at__isnull=True).update(sent_at=F("created_at"))
    notices.filter(created_at__lt=now() - UNREAD_FOR).update(read_at=F("created_at"))
