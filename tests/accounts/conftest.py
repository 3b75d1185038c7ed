"""The region, whose people have a password and must show a second factor where their function asks for it."""

import pytest
from django.contrib.auth.hashers import make_password
from pytest_django import Settings

from core.models import User
from tests.browser import PASSWORD
from tests.world import World


@pytest.fixture
def people(world: World, settings: Settings) -> World:
    """The small region and a technical administrator, as in production."""
    settings.SECOND_FACTOR_WAIVED = False
    world.users["administrator"] = User.objects.create_superuser("admin@test.invalid", name="Teknik")
    User.objects.update(password=make_password(PASSWORD))
    for user in world.users.values():
        user.refresh_from_db()
    return world
