"""The access log: who looked at which case, ids only, once in ten minutes, kept as long as the secretariat says."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.timezone import localdate, now

from core.actions import set_parameter
from core.models import Parameter
from core.parameters import DECLARED
from tests.portfolio.gatherings import planned
from tests.scenario import portfolio_case, submitted_case
from tests.world import START, World, draft_case
from transfers.actions import do_plain
from transfers.actions.looking import WINDOW
from transfers.looking import KINDS
from transfers.models import AccessEntry, TransferCase
from transfers.tasks import forget_old_looks

pytestmark = pytest.mark.django_db
DAYS = int(DECLARED["access_log.days"].default)


def signed_in(world: World, role: str) -> Client:
    """The browser of a role."""
    client = Client()
    client.force_login(world.users[role])
    return client


def looks() -> list[tuple[int, int, str]]:
    """Who looked at which case, and at what."""
    return list(AccessEntry.unscoped.order_by("pk").values_list("user_id", "case_id", "kind"))


# --- What is logged -----------------------------------------------------------------------------------


def test_a_look_at_a_case_is_logged_with_ids_alone(world: World) -> None:
    case, contact = submitted_case(world), world.users["contact"]
    client = signed_in(world, "contact")
    for page in ("", "historik/", "dialoggrundlag/", "dialoggrundlag/version/1/", "dialoggrundlag/version/1/pdf/"):
        assert client.get(f"/sager/{case.number}/{page}").status_code == 200, page
    assert looks() == [(contact.pk, case.pk, kind) for kind in ("overview", "history", "basis", "basis_pdf")]
    assert {field.name for field in AccessEntry._meta.concrete_fields} == {
        "id", "case", "user", "kind", "seen_at", "window"
    }  # fmt: skip


def test_the_same_look_stands_once_in_ten_minutes(world: World) -> None:
    case, client = draft_case(world), signed_in(world, "leader")
    start = now().replace(minute=0, second=5)
    for seconds in (0, 60, WINDOW - 10, WINDOW, WINDOW + 60, 2 * WINDOW):
        with time_machine.travel(start + timedelta(seconds=seconds), tick=False):
            assert client.get(case.get_absolute_url()).status_code == 200
    assert len(looks()) == 3


def test_a_page_asks_the_database_once_for_the_log(world: World) -> None:
    case, client = draft_case(world), signed_in(world, "leader")
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(case.get_absolute_url())
        asked = [query["sql"] for query in queries if "transfers_accessentry" in query["sql"]]
        assert len(asked) == 1
        assert asked[0].startswith("INSERT")


def test_those_who_read_an_agenda_have_looked_at_its_cases(world: World) -> None:
    case, other = portfolio_case(world), portfolio_case(world)
    meeting = planned(world)
    secretary = signed_in(world, "psg_secretary")
    for one in (case, other):
        secretary.post(f"/moeder/{meeting.pk}/optag/", {"case": one.number})
    assert looks() == []
    member = world.users["psg_member"]
    assert signed_in(world, "psg_member").get(f"/moeder/{meeting.pk}/").status_code == 200
    assert looks() == [(member.pk, case.pk, "meeting"), (member.pk, other.pk, "meeting")]


def test_who_was_not_shown_a_case_has_not_looked_at_it(world: World) -> None:
    case = submitted_case(world)
    assert signed_in(world, "thisted_contact").get(case.get_absolute_url()).status_code == 404
    assert signed_in(world, "colleague").get(f"/sager/{case.number}/handling/return_to_leader/").status_code == 403
    assert Client().get(case.get_absolute_url()).status_code == 302
    assert signed_in(world, "leader").get("/sager/").status_code == 200
    sent = signed_in(world, "contact").post(
        f"/sager/{case.number}/handling/return_to_leader/", {"seen": case.version, "reason": "Økonomien mangler."}
    )
    assert sent.status_code == 302
    assert looks() == []


def addresses(patterns: list[URLPattern | URLResolver], before: str = "", space: str = "") -> list[tuple[str, str]]:
    """Every route with its pattern."""
    found = []
    for one in patterns:
        if isinstance(one, URLResolver):
            found += addresses(one.url_patterns, f"{before}{one.pattern}", one.namespace or space)
        else:
            found.append((f"{space}:{one.name}", f"{before}{one.pattern}"))
    return found


def test_every_page_of_a_case_is_stated_to_the_log() -> None:
    below = [name for name, pattern in addresses(get_resolver().url_patterns) if "<str:number>" in pattern]
    assert len(below) > 50
    assert [name for name in below if name not in KINDS] == []


# --- How long it is kept --------------------------------------------------------------------------------


def look(world: World, case: TransferCase, days: float) -> AccessEntry:
    """A look at a case so many days ago."""
    seen = now() - timedelta(days=days)
    return AccessEntry.unscoped.create(
        case=case, user=world.users["leader"], kind="overview", seen_at=seen, window=seen.timestamp() // WINDOW
    )


def refused(statement: str) -> None:
    """Assert that the database refuses."""
    connection.check_constraints()
    with pytest.raises(IntegrityError, match="kept as"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_log_is_neither_changed_nor_emptied(world: World) -> None:
    case = draft_case(world)
    look(world, case, 0), look(world, case, DAYS - 1)
    for statement in ("UPDATE transfers_accessentry SET kind = kind", "TRUNCATE transfers_accessentry"):
        refused(statement)
    refused("DELETE FROM transfers_accessentry WHERE seen_at < now() - interval '1 day'")
    assert len(looks()) == 2


def test_what_is_older_than_the_period_may_be_removed_but_not_changed(world: World) -> None:
    case = draft_case(world)
    look(world, case, DAYS + 1)
    refused("UPDATE transfers_accessentry SET seen_at = now()")
    refused("TRUNCATE transfers_accessentry")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM transfers_accessentry")
    assert looks() == []


def test_the_nightly_round_removes_only_what_is_older_than_the_period(world: World) -> None:
    case = draft_case(world)
    kept = [look(world, case, days) for days in (0, 31, DAYS - 1)]
    gone = [look(world, case, days) for days in (DAYS + 2, DAYS + 400)]
    assert forget_old_looks() == len(gone)
    assert list(AccessEntry.unscoped.order_by("-seen_at")) == kept
    assert forget_old_looks() == 0


def test_the_secretariat_sets_the_period(world: World) -> None:
    case, secretariat = draft_case(world), world.users["secretariat"]
    kept, _ = look(world, case, 59), look(world, case, 62)
    set_parameter(key="access_log.days", value=Decimal(60), valid_from=localdate(), by=secretariat)
    assert forget_old_looks() == 1
    assert list(AccessEntry.unscoped.all()) == [kept]
    assert signed_in(world, "secretariat").get("/indstillinger/vaerdier/access_log.days/").status_code == 200


def test_no_value_makes_the_database_let_go_of_the_last_month(world: World) -> None:
    Parameter.objects.create(key="access_log.days", value=Decimal(0), valid_from=START)
    case = draft_case(world)
    look(world, case, 29)
    refused("DELETE FROM transfers_accessentry")
    assert DECLARED["access_log.days"].lowest == 30


# --- Who reads it -----------------------------------------------------------------------------------------


def test_the_secretariat_and_the_auditor_read_the_log_and_nobody_else(world: World) -> None:
    look(world, draft_case(world), 0)
    roles = {role: signed_in(world, role).get("/opslag/").status_code for role in world.users}
    assert {role for role, status in roles.items() if status == 200} == {"secretariat", "auditor"}
    assert set(roles.values()) == {200, 403}
    assert not AccessEntry.visible_to(world.viewer("leader")).exists()


def lines(page: str) -> int:
    """How many rows the table of a page has."""
    return page.count('<th scope="row"')


def test_the_log_is_read_by_case_person_and_day(world: World) -> None:
    case, other = draft_case(world), draft_case(world)
    look(world, case, 0), look(world, case, 3), look(world, other, 0)
    AccessEntry.unscoped.create(case=case, user=world.users["psg_member"], kind="history", window=1)
    auditor = signed_in(world, "auditor")
    three_days_ago = f"{localdate() - timedelta(days=3):%d.%m.%Y}"
    counts = {
        query: lines(auditor.get(f"/opslag/?{query}").content.decode())
        for query in (
            "", f"sag={case.number}", f"sag={case.number.lower()}&person=LEADER@test", "person=psg_mem",
            f"til={three_days_ago}", f"fra={three_days_ago}", f"sag={other.number}&til={three_days_ago}",
            "person=ingen", "til=31.12.9999", "fra=01.01.0001",
        )
    }  # fmt: skip
    assert list(counts.values()) == [4, 3, 2, 1, 1, 4, 0, 0, 4, 4]
    wrong = auditor.get("/opslag/?fra=i+går").content.decode()
    assert "Skriv datoen som DD.MM.ÅÅÅÅ" in wrong


def test_the_log_comes_in_pages_of_twenty_five_newest_first(world: World) -> None:
    case, client = draft_case(world), signed_in(world, "auditor")
    rows = [look(world, case, days) for days in range(30)]
    first, second = (client.get(f"/opslag/?side={side}").content.decode() for side in (1, 2))
    assert (lines(first), lines(second)) == (25, 5)
    assert f"{rows[0].seen_at.astimezone():%d.%m.%Y}" in first


def test_the_auditor_reads_the_history_of_a_case_and_no_other_page_of_it(world: World) -> None:
    case, auditor = submitted_case(world), signed_in(world, "auditor")
    do_plain("return_to_leader", case=case, viewer=world.viewer("deputy"), seen=None, reason="Økonomien mangler.")
    page = auditor.get(f"/opslag/historik/{case.number}/").content.decode()
    for words in ("Sendte dialoggrundlaget tilbage", "på vegne af Aalborg Universitetshospital", "Økonomien mangler."):
        assert words in page
    assert case.title not in page
    assert f"/opslag/historik/{case.number}/" in auditor.get(f"/opslag/?sag={case.number}").content.decode()
    assert looks() == [(world.users["auditor"].pk, case.pk, "history")]
    assert auditor.get(case.get_absolute_url()).status_code == 404
    for role in ("leader", "secretariat", "thisted_contact"):
        assert signed_in(world, role).get(f"/opslag/historik/{case.number}/").status_code == 404
    assert auditor.get("/opslag/historik/OF-1999-9999/").status_code == 404
