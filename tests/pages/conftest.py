"""One region for all tests of the package, built once and never stored."""

from collections.abc import Iterator
from copy import copy

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.pages.forms import Form, forms
from tests.pages.fuzzing import FULL
from tests.pages.region import Region, make_region


@pytest.fixture(scope="package")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Region]:
    """A region in a transaction that is taken back after the last test; tests take back their own writes."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_region()
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def every_form(built: Region) -> list[Form]:
    """Every form of the product, looked up once; the browsers keep the cookies that go with them."""
    return forms(built)


@pytest.fixture(scope="package")
def asked(built: Region) -> list[Form]:
    """The forms of the region as it was built: every one, or in the small run those of one page in four."""
    return forms(built, 1 if FULL else 4)


@pytest.fixture
def region(built: Region, db: None) -> Iterator[Region]:
    """The region as it was built, with its people and their browsers as they were then."""
    cookies = {role: copy(browser.cookies) for role, browser in built.browsers.items()}
    users = dict(built.world.users)
    yield built
    built.world.users = users
    for role, browser in built.browsers.items():
        browser.cookies = cookies[role]
