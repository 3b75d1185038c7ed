"""The demonstration: everything in it was done by the product's own actions, on days that fit the day of loading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from pytest_django import DjangoDbBlocker

from contacts.enums import Function
from contacts.models import Membership, Organisation
from contacts.viewer import viewer_for
from core import demo
from core.models import User
from core.workdays import is_working_day
from dialogue.responses.actions import submit_response
from dialogue.responses.queries import standing
from minimtv.models import MiniMTVVersion
from notifications.models import Notice
from portfolio.demo import acts, content, replay
from portfolio.demo.accounts import FIRST
from portfolio.demo.content import Calendar, case_files, read
from portfolio.demo.plan import Dated, moments
from portfolio.demo.region import Region
from portfolio.demo.replay import Loaded
from portfolio.demo.story import Story, WrongEnd
from portfolio.models import Decision
from transfers import history
from transfers.access import drift
from transfers.models import JournalEntry, Party, TransferCase
from transfers.views.desk import todos_for

FILES = {path.stem: read(path) for path in case_files().values()}
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@dataclass(frozen=True)
class Demonstration:
    """What the first load did, and the day it was done."""

    loaded: Loaded
    day: date


@pytest.fixture(scope="module")
def demonstration(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Demonstration]:
    """The demonstration loaded once for all tests of this module, and rolled back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Demonstration(replay.load(), localdate())
        transaction.set_rollback(True)


@pytest.fixture
def shown(demonstration: Demonstration, settings: LazySettings, db: None) -> Demonstration:
    """The demonstration with its setting on."""
    settings.DEMO = True
    return demonstration


def case_of(stem: str) -> TransferCase:
    """The case of a file."""
    return TransferCase.unscoped.get(title=FILES[stem]["title"])


# --- Days and moments, without a database -----------------------------------------------------------


def stories(today: date) -> list[Story]:
    """Every case as it would be played if it were loaded on that day."""
    region = Region({}, {}, {})
    return [Story(uuid4(), told, region, Calendar(today)) for told in FILES.values()]


def played(today: date) -> Iterator[list[Dated]]:
    """What happens in each case, in the order of its file, if it were loaded on that day."""
    return (list(moments(story, place)) for place, story in enumerate(stories(today)))


EVERY_DAY = [date(2027, 1, 1) + timedelta(days=n) for n in range(366)]


def test_whatever_the_day_of_loading_acts_follow_one_another_before_it_on_working_days() -> None:
    for today in EVERY_DAY:
        for steps in played(today):
            assert all(earlier.moment < later.moment for earlier, later in pairwise(steps))
            days = [step.moment.astimezone(COPENHAGEN) for step in steps]
            assert all(is_working_day(day.date()) and 8 <= day.hour < 17 and day.date() <= today for day in days)


def test_whatever_the_day_of_loading_a_dialogue_closes_after_its_deadline() -> None:
    for today in EVERY_DAY:
        for story, steps in zip(stories(today), played(today), strict=True):
            closed = [step.moment.date() for step in steps if step.act is acts.close_dialogue]
            assert len(closed) == ("dialogue_closed" in story.days)
            assert all(day > story.calendar.day(story.days["deadline"]) for day in closed)


@pytest.mark.parametrize(
    ("days_ago", "day"),
    [(0, date(2026, 11, 20)), (2, date(2026, 11, 18)), (6, date(2026, 11, 13)), (-1, date(2026, 11, 23))],
)
def test_a_day_at_the_weekend_moves_to_the_working_day_before_or_after_it(days_ago: int, day: date) -> None:
    assert Calendar(date(2026, 11, 20)).day(days_ago) == day


@pytest.mark.parametrize(("told", "day"), [("+5m", date(2027, 4, 1)), ("-11m", date(2025, 12, 1))])
def test_a_wished_start_is_the_first_of_a_month(told: str, day: date) -> None:
    assert Calendar(date(2026, 11, 22)).month(told) == day


# --- What the load leaves ----------------------------------------------------------------------------


def test_every_case_ends_where_its_file_says(shown: Demonstration) -> None:
    found = {case.title: (case.stage, case.result) for case in TransferCase.unscoped.all()}
    assert found == {told["title"]: (told["stage"], told["result"]) for told in FILES.values()}


def test_history_holds_and_grants_follow_from_it(shown: Demonstration) -> None:
    assert [history.broken_links(case) for case in TransferCase.unscoped.all()] == [[]] * len(FILES)
    assert not any(drift().values())


def test_numbers_and_history_grow_with_time(shown: Demonstration) -> None:
    recorded = list(JournalEntry.unscoped.order_by("pk").values_list("recorded_at", flat=True))
    assert recorded == sorted(recorded)
    filed = list(TransferCase.unscoped.order_by("number").values_list("number", "sort_date"))
    assert [number for number, _ in filed] == [n for n, _ in sorted(filed, key=lambda row: row[1])]
    assert all(number.startswith(f"OF-{day.year}-") for number, day in filed)


def test_steps_are_dated_by_the_days_of_the_file(shown: Demonstration) -> None:
    calendar = Calendar(shown.day)
    kinds = {"screening_filed": "created", "submit_basis": "submitted", "route_to_portfolio": "routed"}
    for told in FILES.values():
        entries = JournalEntry.unscoped.filter(case__title=told["title"], kind__in=kinds)
        days = {entry.kind: entry.happened_on for entry in entries}
        assert days == {k: calendar.day(told["days_ago"][n]) for k, n in kinds.items() if k in days}
        assert all(entry.recorded_at.astimezone(COPENHAGEN).date() == entry.happened_on for entry in entries)


def test_parties_answer_with_the_words_and_positions_of_the_file(shown: Demonstration) -> None:
    for stem, told in FILES.items():
        said = {str(row.organisation): row.version.content for row in standing(case_of(stem)).answered if row.version}
        wanted = [(row["position"], row["reason"]) for row in told.get("response", [])]
        assert sorted(wanted) == sorted((c["position"], c["answers"]["reason"]) for c in said.values())


def test_a_second_version_is_confirmed_by_some_and_awaited_from_others(shown: Demonstration) -> None:
    rows = standing(case_of("iv_antibiotika"))
    assert {row.newest for row in rows.rows} == {2}
    confirmed = {str(row.organisation) for row in rows.answered if not row.is_older}
    assert {"Aalborg Kommune", "Hjørring Kommune", "Thisted Kommune"} <= confirmed
    assert rows.older
    assert rows.missing


def test_decisions_are_published_by_the_chair_on_the_day_of_the_meeting(shown: Demonstration) -> None:
    files = FILES.values()
    wanted = sorted((told["title"], row["act"], row["text"]) for told in files for row in told.get("decision", []))
    rows = Decision.unscoped.select_related("case", "published_by")
    assert sorted((row.case.title, row.kind, row.text) for row in rows) == wanted
    chairs = Membership.objects.filter(function=Function.CHAIR).values_list("user", "forum")
    assert {(row.published_by_id, row.forum_id) for row in rows} <= set(chairs)
    assert all(row.published_at and row.published_at.date() == row.decided_on for row in rows)


def test_a_case_before_the_upper_forum_has_its_signed_mini_mtv(shown: Demonstration) -> None:
    signed = set(MiniMTVVersion.unscoped.values_list("case__title", flat=True))
    assert signed == {told["title"] for told in FILES.values() if "mini_mtv_signed" in told["days_ago"]}


def test_an_answer_in_a_thread_stands_under_the_comment_it_answers(shown: Demonstration) -> None:
    comments = list(case_of("hoftebrud").comments.order_by("pk"))
    assert [comment.parent_id for comment in comments] == [None, comments[0].pk]


def test_a_deputy_answers_on_behalf_of_the_contact_person(shown: Demonstration) -> None:
    entries = JournalEntry.unscoped.filter(case=case_of("antistofmedicin"), kind="respond", capacity="deputy")
    assert [entry.acted_for for entry in entries] == ["på vegne af Aalborg Kommune"]


def test_nothing_of_the_past_is_mailed_and_only_the_last_fortnight_is_unread(shown: Demonstration) -> None:
    assert Notice.objects.exists()
    assert not Notice.objects.filter(sent_at__isnull=True).exists()
    unread = Notice.objects.filter(read_at__isnull=True)
    assert unread.exists()
    assert all(shown.day - notice.created_at.date() <= timedelta(days=14) for notice in unread)


def test_a_municipality_without_contact_person_is_there_to_be_seen(shown: Demonstration) -> None:
    held = Membership.objects.filter(organisation__name="Læsø Kommune", function="contact")
    assert [membership.is_in_force() for membership in held] == [False]


# --- Running it again, and elsewhere -------------------------------------------------------------------


def test_a_second_load_changes_nothing(shown: Demonstration) -> None:
    Organisation.objects.filter(name="Morsø Kommune").update(name="Mors Kommune")
    before = (Organisation.objects.count(), User.objects.count(), JournalEntry.unscoped.count())
    assert replay.load() == Loaded()
    assert (Organisation.objects.count(), User.objects.count(), JournalEntry.unscoped.count()) == before


def test_a_second_load_asks_next_to_nothing(shown: Demonstration, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(4):
        replay.load()


@pytest.fixture
def new_case(shown: Demonstration, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file of one more case, which has not been loaded."""
    text = (content.CASES / "stuegang.toml").read_text(encoding="utf-8")
    file = tmp_path / "ny.toml"
    file.write_text(text.replace("Fælles stuegang flyttes", "En ny stuegang flyttes"), encoding="utf-8")
    monkeypatch.setattr(content, "CASES", tmp_path)
    return file


def test_a_case_that_is_missing_is_added_and_the_others_left_alone(new_case: Path) -> None:
    before = set(JournalEntry.unscoped.values_list("pk", flat=True))
    assert replay.load().cases == 1
    fresh = JournalEntry.unscoped.exclude(pk__in=before)
    assert {entry.case.title for entry in fresh} == {"En ny stuegang flyttes til kl. 9.30"}


def test_a_load_that_fails_leaves_nothing_behind(new_case: Path) -> None:
    new_case.write_text(new_case.read_text(encoding="utf-8").replace('"closed"', '"draft"'), encoding="utf-8")
    before = (TransferCase.unscoped.count(), JournalEntry.unscoped.count(), Notice.objects.count())
    with pytest.raises(WrongEnd, match="closed not_needed i stedet for draft"):
        replay.load()
    assert (TransferCase.unscoped.count(), JournalEntry.unscoped.count(), Notice.objects.count()) == before


@pytest.mark.parametrize("arguments", [[], ["--list"]])
def test_the_command_refuses_outside_the_demonstration(
    new_case: Path, settings: LazySettings, arguments: list[str]
) -> None:
    settings.DEMO = False
    before = TransferCase.unscoped.count()
    with pytest.raises(CommandError, match="kun i demonstrationen"):
        call_command("load_demo", *arguments)
    assert TransferCase.unscoped.count() == before


def test_the_command_tells_in_three_lines_what_is_there(shown: Demonstration) -> None:
    out = StringIO()
    call_command("load_demo", stdout=out)
    first, second, third = out.getvalue().splitlines()
    assert first.startswith(f"Demonstrationen har {len(FILES)} sager, ")
    assert second == "Intet er ændret: Alle sager var der i forvejen."
    assert "load_demo --list" in third


def test_the_histories_and_the_grants_of_a_loaded_demonstration_hold(
    shown: Demonstration, settings: LazySettings, tmp_path: Path
) -> None:
    settings.HISTORY_ROOT = tmp_path
    call_command("load_demo", stdout=StringIO())
    out = StringIO()
    call_command("verify_history", stdout=out)
    call_command("verify_access", stdout=out)
    assert out.getvalue() == f"{len(FILES)} cases: every chain holds, and is the one that was kept\nDrift: 0\n"


def test_the_list_names_addresses_roles_organisations_and_the_password(shown: Demonstration) -> None:
    short, whole = StringIO(), StringIO()
    call_command("load_demo", "--list", stdout=short)
    call_command("load_demo", "--list", "--all", stdout=whole)
    line = r"^kontakt\.plo@demo\.invalid +Kontaktperson, PLO Nordjylland +PLO Nordjylland$"
    assert re.search(line, short.getvalue(), re.MULTILINE)
    assert "revisor@demo.invalid" not in short.getvalue()
    assert whole.getvalue().count("@demo.invalid") == User.objects.count()
    assert demo.DEMO_PASSWORD in short.getvalue()


# --- The sign-in page ------------------------------------------------------------------------------------


def test_the_sign_in_page_counts_what_waits_for_the_first_accounts(shown: Demonstration) -> None:
    counted = {account.email: account.waiting for account in demo.accounts() if account.is_first}
    assert len(counted) == len(FIRST)
    for email, number in counted.items():
        user = User.objects.get(email=email)
        assert number == len(todos_for(viewer_for(user)))
    assert counted["leder.neurologi@demo.invalid"] == 3


def test_the_counts_follow_the_next_step_of_a_case(shown: Demonstration) -> None:
    before = {account.email: account.waiting for account in demo.accounts()}
    plo = viewer_for(User.objects.get(email="kontakt.plo@demo.invalid"))
    case = case_of("hoftebrud")
    party = Party.unscoped.get(case=case, organisation__name="PLO Nordjylland")
    columns = {"position": "support", "patients_kind": "", "patients_number": None}
    submit_response(case=case, viewer=plo, party=party, columns=columns, answers={"reason": "Ja."}, revision=0)
    after = {account.email: account.waiting for account in demo.accounts()}
    assert (before[plo.user.email], after[plo.user.email]) == (3, 2)


def test_the_sign_in_page_asks_few_questions(
    shown: Demonstration, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.get(reverse("account_login"))
    with django_assert_max_num_queries(8):
        page = client.get(reverse("account_login")).content.decode()
    assert page.count('name="login" value=') == User.objects.count()


def test_one_click_signs_a_visitor_in(shown: Demonstration, client: Client) -> None:
    answer = client.post(
        reverse("account_login"), {"login": "kontakt.rebild@demo.invalid", "password": demo.DEMO_PASSWORD}
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_an_account_that_waits_for_approval_and_a_technical_administrator_are_among_them(shown: Demonstration) -> None:
    assert not User.objects.get(email="afventer.rebild@demo.invalid").memberships.exists()
    assert list(User.objects.filter(is_staff=True).values_list("name", flat=True)) == ["Teknisk administrator"]
