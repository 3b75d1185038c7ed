"""One region for all tests of a module, built once and never stored."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.pages.region import Region, make_region


@pytest.fixture(scope="module")
def region(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Region]:
    """A region in a transaction that is taken back after the module; tests take back their own writes."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_region()
        transaction.set_rollback(True)
