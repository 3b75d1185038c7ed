"""Which organisations lack a contact person, now, soon, and in a year that has passed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.timezone import localdate

from contacts.coverage import Coverage, Gap, coverage, gaps_between, gaps_in_year
from contacts.enums import Function
from contacts.models import Membership
from core.actions import set_parameter
from tests.world import World

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
JAN, MAR, JUN, DEC = date(2025, 1, 1), date(2025, 3, 1), date(2025, 6, 1), date(2025, 12, 31)


def line(world: World, key: str) -> Coverage:
    return next(row for row in coverage() if row.organisation == world.organisations[key])


def test_gaps_count_from_the_first_contact_person_on() -> None:
    assert gaps_between([], JAN, DEC) == []
    assert gaps_between([(MAR, None)], JAN, DEC) == []
    assert gaps_between([(MAR, JUN)], JAN, DEC) == [Gap(JUN + DAY, DEC)]
    assert gaps_between([(date(2020, 1, 1), MAR), (JUN, None)], JAN, DEC) == [Gap(MAR + DAY, JUN - DAY)]
    assert gaps_between([(date(2020, 1, 1), date(2024, 1, 1))], JAN, DEC) == [Gap(JAN, DEC)]
    assert gaps_between([(date(2026, 5, 1), None)], JAN, DEC) == []


def test_a_year_tells_each_organisations_gaps(world: World) -> None:
    world.users["plo_contact"].memberships.update(valid_to=date(2025, 10, 31))
    assert gaps_in_year(2025, until=DEC) == {world.organisations["plo"]: [Gap(date(2025, 11, 1), DEC)]}
    assert gaps_in_year(2024, until=DEC) == {}
    assert world.organisations["other_hospital"] not in gaps_in_year(2025, until=DEC)


def test_an_organisation_is_missing_ending_unsigned_or_covered(world: World) -> None:
    assert line(world, "other_hospital").state == "missing"
    assert line(world, "thisted").state == "unsigned"
    assert line(world, "aalborg").state == "good"
    assert [m.user for m in line(world, "aalborg").deputies] == [world.users["aalborg_deputy"]]


def test_the_secretariat_is_warned_before_the_last_contact_person_ends(world: World) -> None:
    last_day = localdate() + timedelta(days=30)
    world.users["aalborg_contact"].memberships.update(valid_to=last_day)
    assert line(world, "aalborg").state == "ends"
    assert line(world, "aalborg").next_gap == Gap(last_day + DAY, None)
    Membership.objects.create(
        user=world.users["aalborg_deputy"], organisation=world.organisations["aalborg"],
        function=Function.CONTACT, valid_from=last_day + DAY,
    )  # fmt: skip
    assert line(world, "aalborg").state == "good"


def test_how_long_before_is_data(world: World) -> None:
    world.users["aalborg_contact"].memberships.update(valid_to=localdate() + timedelta(days=30))
    by = world.users["secretariat"]
    set_parameter(key="contacts.warning_days", value=Decimal(10), valid_from=localdate(), by=by)
    assert line(world, "aalborg").state == "good"


def test_a_gap_is_told_from_its_first_day_until_the_next_begins(world: World) -> None:
    ended, begins = localdate() - timedelta(days=10), localdate() + timedelta(days=5)
    world.users["plo_contact"].memberships.update(valid_to=ended)
    Membership.objects.create(
        user=world.users["contact"], organisation=world.organisations["plo"],
        function=Function.CONTACT, valid_from=begins,
    )  # fmt: skip
    plo = line(world, "plo")
    assert (plo.state, plo.since) == ("missing", ended + DAY)
    assert plo.next_gap == Gap(localdate(), begins - DAY)


def test_the_page_leads_to_appointing_the_one_who_is_missing(world: World, client: Client) -> None:
    client.force_login(world.users["secretariat"])
    page = client.get("/organisationer/daekning/").content.decode()
    address = f"/organisationer/{world.organisations['other_hospital'].pk}/personer/ny/?function=contact"
    assert address in page
    assert '<option value="contact" selected>' in client.get(address).content.decode()


def test_only_the_secretariat_watches_the_coverage(world: World, client: Client) -> None:
    client.force_login(world.users["contact"])
    assert client.get("/organisationer/daekning/").status_code == 403
