"""»Hvem kan se sagen« names exactly those who can, in every state a case can be in, and why."""

from __future__ import annotations

import pytest

from contacts.viewer import viewer_for
from core.models import User
from tests.pages.region import Region
from transfers.models import TransferCase
from transfers.sight import UNFOUNDED, seers

pytestmark = pytest.mark.django_db


def test_the_page_names_exactly_those_who_can_see_the_case(region: Region) -> None:
    viewers = [viewer_for(user) for user in User.objects.filter(is_active=True)]
    seen = {viewer.user.pk: set(TransferCase.visible_to(viewer).values_list("pk", flat=True)) for viewer in viewers}
    for name, case in region.cases.items():
        case.refresh_from_db()
        named = {seer.user.pk for seer in seers(case)}
        assert named == {user for user, cases in seen.items() if case.pk in cases}, name
    assert sum(map(len, seen.values())) > 300


def test_nobody_sees_a_case_without_a_reason(region: Region) -> None:
    told = [(name, reason) for name, case in region.cases.items() for s in seers(case) for reason in s.reasons]
    assert [(name, reason) for name, reason in told if UNFOUNDED in reason] == []
    assert all(seer.reasons for case in region.cases.values() for seer in seers(case))
