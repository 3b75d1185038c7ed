"""Thresholds and deadlines: data with periods, and a default where nothing is set."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from core import parameters
from core.actions import set_parameter
from core.history import broken_entries
from core.models import ChangeEntry, Parameter, User

pytestmark = pytest.mark.django_db
KEY = "deadline.response_days"
JAN, FEB, MAR = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


@pytest.fixture
def user() -> User:
    return User.objects.create_user("s@example.dk", name="Sekretariat")


def row(valid_from: date, valid_to: date | None, key: str = KEY) -> Parameter:
    return Parameter(key=key, value=Decimal(1), valid_from=valid_from, valid_to=valid_to)


def test_the_default_holds_where_nothing_is_set() -> None:
    assert parameters.value(KEY) == 15
    assert parameters.whole("deadline.contact_days") == 10
    assert parameters.value("routing.economic_effect") == 500_000


def test_every_declared_parameter_tells_what_it_is() -> None:
    assert all(d.label and d.unit and d.default > 0 for d in parameters.DECLARED.values())


def test_an_undeclared_key_is_refused(user: User) -> None:
    with pytest.raises(KeyError):
        parameters.value("deadline.unknown")
    with pytest.raises(KeyError):
        set_parameter(key="deadline.unknown", value=Decimal(1), valid_from=JAN, by=user)
    assert not Parameter.objects.exists()


def test_a_value_holds_from_its_day_on_and_the_past_keeps_its_own(user: User) -> None:
    set_parameter(key=KEY, value=Decimal(20), valid_from=JAN, by=user)
    set_parameter(key=KEY, value=Decimal(25), valid_from=MAR, by=user)
    days = [date(2025, 12, 31), JAN, FEB, date(2026, 2, 28), MAR, date(2030, 1, 1)]
    assert [parameters.whole(KEY, day) for day in days] == [15, 20, 20, 20, 25, 25]


def test_a_value_put_in_between_ends_before_the_one_planned(user: User) -> None:
    set_parameter(key=KEY, value=Decimal(20), valid_from=JAN, by=user)
    set_parameter(key=KEY, value=Decimal(25), valid_from=MAR, by=user)
    set_parameter(key=KEY, value=Decimal(22), valid_from=FEB, by=user)
    assert [parameters.whole(KEY, day) for day in (JAN, FEB, MAR)] == [20, 22, 25]


def test_a_value_set_again_for_the_same_day_is_replaced_and_remembered(user: User) -> None:
    set_parameter(key=KEY, value=Decimal(20), valid_from=JAN, by=user)
    set_parameter(key=KEY, value=Decimal(21), valid_from=JAN, by=user)
    assert parameters.whole(KEY, JAN) == 21
    told = [entry.facts["value"] for entry in ChangeEntry.objects.filter(subject_id=KEY)]
    assert told == ["20", "21"]
    assert list(broken_entries()) == []


@pytest.mark.parametrize("second", [(JAN, None), (FEB, MAR), (date(2025, 1, 1), JAN), (FEB, FEB)])
def test_periods_of_one_key_exclude_each_other(second: tuple[date, date | None]) -> None:
    row(JAN, FEB).save()
    with pytest.raises(IntegrityError, match="core_parameter_no_overlap"), transaction.atomic():
        row(*second).save()
    with pytest.raises(ValidationError, match="allerede en værdi"):
        row(*second).validate_constraints()


def test_other_keys_and_other_periods_stand_beside_each_other() -> None:
    row(JAN, date(2026, 1, 31)).save()
    row(FEB, None).save()
    row(JAN, None, "deadline.contact_days").save()
    assert Parameter.objects.count() == 3


def test_a_period_does_not_end_before_it_begins() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        row(FEB, JAN).save()


def test_the_exclusion_needs_no_extension_of_the_server() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_extension WHERE extname = 'btree_gist'")
        assert cursor.fetchone() == (0,)
