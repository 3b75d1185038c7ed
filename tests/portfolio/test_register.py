"""The register of made agreements: everybody who is signed in reads it, and nothing else of the case shows."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate, now
from openpyxl import load_workbook

from portfolio.models import Agreement, FollowUp
from tests import scenario
from tests.world import World
from transfers.models import TransferCase

pytestmark = pytest.mark.django_db
LIST = "/aftaler/"
MOVED = "Antibiotika gives hjemme af kommunens sygepleje."


def get(world: World, role: str, address: str = LIST) -> Any:
    """Return a page as a role gets it."""
    client = Client()
    client.force_login(world.users[role])
    return client.get(address)


def page(world: World, role: str, address: str = LIST) -> str:
    """Return its text."""
    return str(get(world, role, address).content.decode())


def detail(case: TransferCase) -> str:
    """Return the address of a case's agreement in the register."""
    return f"{LIST}{Agreement.unscoped.get(case=case).pk}/"


def agreed_case(world: World, *receivers: str, **values: Any) -> TransferCase:
    """Return a case whose agreement giver and some receivers have confirmed; the first of them has gone live."""
    case = scenario.issued_case(world, what_moves=MOVED, terms="Fortroligt vilkår", **values)
    scenario.confirm(world, case, "hospital", *receivers)
    for key in receivers[:1]:
        scenario.make_ready(world, case, key)
    return case


def test_everybody_who_is_signed_in_reads_made_agreements_and_nothing_else_of_the_case(world: World) -> None:
    case = agreed_case(world, "aalborg")
    for role in ("thisted_contact", "other_leader", "auditor", "local_member"):
        shown, one = page(world, role), page(world, role, detail(case))
        assert case.title in shown
        assert "Aftaler</a>" in shown
        assert MOVED in one
        assert "Aalborg Kommune" in one
        assert "Rebild" not in one
        for hidden in (case.number, "Fortroligt", case.get_absolute_url(), case.what_changes):
            assert hidden not in shown + one, (role, hidden)
    assert case.get_absolute_url() in page(world, "aalborg_contact", detail(case))


def test_an_agreement_is_made_when_it_holds_for_the_first_receiver(world: World) -> None:
    case = agreed_case(world)
    assert "Der er ingen indgåede aftaler endnu" in page(world, "thisted_contact")
    assert get(world, "thisted_contact", detail(case)).status_code == 404
    assert get(world, "thisted_contact", f"{LIST}999999/").status_code == 404
    scenario.confirm(world, case, "rebild")
    assert "Rebild Kommune" in page(world, "thisted_contact", detail(case))
    assert "Når parten er klar" in page(world, "thisted_contact", detail(case))


def test_the_register_is_narrowed_by_sector_municipality_year_and_state(world: World) -> None:
    year = localdate().year
    new = agreed_case(world, "aalborg", "rebild", start_date=date(year + 1, 3, 1))
    old = agreed_case(world, "aalborg")
    TransferCase.unscoped.filter(pk=old.pk).update(stage="closed", result="terminated")
    scenario.agreement_case(world)
    keys = {Agreement.unscoped.get(case=case).pk: name for case, name in ((old, "old"), (new, "new"))}
    for query, expected in (
        ("", ["new", "old"]), (f"?aar={year}", ["old"]), ("?status=gaelder", ["new"]), ("?status=ophoert", ["old"]),
        (f"?kommune={world.organisations['rebild'].pk}", ["new"]), ("?sektor=kommuner", ["new", "old"]),
        (f"?kommune={world.organisations['thisted'].pk}", []), ("?sektor=almen_praksis", []),
        ("?q=antibiotika", ["new", "old"]), ("?q=knæ", []),
    ):  # fmt: skip
        answer = get(world, "thisted_contact", LIST + query)
        assert [keys[line.key] for line in answer.context["lines"]] == expected, query
    assert "Ingen aftaler passer" in page(world, "thisted_contact", LIST + "?q=knæ")


def test_the_register_tells_what_the_follow_up_showed_and_leaves_as_a_spreadsheet(world: World) -> None:
    case = agreed_case(world, "aalborg")
    FollowUp.unscoped.create(
        case=case, number=1, held_on=localdate(), outcome="continue", outcome_reason="Det går godt.",
        went_badly="Fortrolig kritik", recorded_at=now(), recorded_by=world.users["leader"],
        next_on=localdate() + timedelta(days=90),
    )  # fmt: skip
    answer = get(world, "thisted_contact", f"{LIST}excel/?status=gaelder")
    head, row = load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)
    assert dict(zip(head, row, strict=True)) | {"Indgået": None} == {
        "Aftale": case.title, "Hvad flytter": MOVED, "Afgiver opgaven": "Aalborg Universitetshospital",
        "Modtager opgaven": "Aalborg Kommune", "Indgået": None, "Status": "Gælder",
        "Udfald af opfølgning": f"Fortsæt ({localdate():%d.%m.%Y})",
    }  # fmt: skip
    text = page(world, "thisted_contact", f"{LIST}csv/")
    assert MOVED in text
    assert "Fortrolig" not in text + page(world, "thisted_contact", detail(case))
