"""Rule 7 in the database: no path to the portfolio forum without dialoggrundlag and mini-MTV, whatever the way in."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from contacts.enums import ForumLevel
from contacts.models import Forum
from tests.minimtv.casework import signed_case, submitted_case
from tests.world import World, draft_case
from transfers.models import Placement, TransferCase

pytestmark = pytest.mark.django_db


def place(case: TransferCase, forum: Forum) -> None:
    """Put a case before a forum past all actions, and let the deferred checks run as at commit."""
    with transaction.atomic():
        Placement.unscoped.create(case=case, forum=forum)
        commit_checks()


def commit_checks() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def test_rule_07_without_a_dialoggrundlag_the_database_says_so(world: World) -> None:
    case = draft_case(world)
    with pytest.raises(IntegrityError, match=f"{case.number}.*no submitted dialoggrundlag"):
        place(case, world.forums["psg"])


def test_rule_07_without_a_mini_mtv_the_database_says_so(world: World) -> None:
    case = submitted_case(world)
    with pytest.raises(IntegrityError, match=f"{case.number}.*no signed-off mini-MTV"):
        place(case, world.forums["psg"])
    assert not Placement.unscoped.filter(case=case).exists()


def test_with_both_the_case_may_be_placed(world: World) -> None:
    case, _ = signed_case(world)
    place(case, world.forums["psg"])
    assert Placement.unscoped.get(case=case).forum == world.forums["psg"]


def test_a_local_forum_takes_a_case_without_mini_mtv(world: World) -> None:
    case = submitted_case(world)
    place(case, world.forums["local"])
    assert Placement.unscoped.filter(case=case).exists()


def test_moving_a_placement_is_no_way_around(world: World) -> None:
    case = submitted_case(world)
    place(case, world.forums["local"])
    with pytest.raises(IntegrityError, match="no signed-off mini-MTV"), transaction.atomic():
        move(Placement.unscoped.filter(case=case), world.forums["psg"])


def test_raising_a_forum_to_portfolio_is_no_way_around(world: World) -> None:
    place(submitted_case(world), world.forums["local"])
    local = Forum.objects.filter(pk=world.forums["local"].pk)
    with pytest.raises(IntegrityError, match="no signed-off mini-MTV"), transaction.atomic():
        raise_level(local)


def move(placements: QuerySet[Placement], forum: Forum) -> None:
    placements.update(forum=forum)
    commit_checks()


def raise_level(forums: QuerySet[Forum]) -> None:
    forums.update(level=ForumLevel.PORTFOLIO, organisation=None)
    commit_checks()


@pytest.mark.django_db(transaction=True)
def test_rule_07_direct_writes_past_all_actions_are_refused_at_commit(world: World) -> None:
    case = submitted_case(world)
    with pytest.raises(IntegrityError, match="no signed-off mini-MTV"):
        Placement.unscoped.create(case=case, forum=world.forums["psg"])
    assert not Placement.unscoped.filter(case=case).exists()
