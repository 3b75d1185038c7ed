"""The workflow table, its picture, and what hangs on it."""

import csv
import re
from pathlib import Path

from django.conf import settings

from transfers.diagram import page
from transfers.enums import Stage
from transfers.history import undeclared_kinds
from transfers.rules import undeclared
from transfers.workflow import ACTS, BY_CODE

TABLE = Path(__file__).parent / "permissions.csv"


def test_the_drawn_workflow_is_current() -> None:
    drawn = (Path(settings.BASE_DIR) / "docs" / "workflow.md").read_text(encoding="utf-8")
    assert drawn == page(), "run manage.py draw_workflow"


def test_every_act_has_its_checks_and_its_schema_of_facts() -> None:
    assert undeclared() == []
    assert undeclared_kinds() == []


def test_codes_are_unique() -> None:
    assert len(BY_CODE) == len(ACTS)


def test_withdraw_is_offered_in_every_stage_the_process_names() -> None:
    stages = {"draft", "submitted", "dialogue", "mini_mtv", "local_forum", "portfolio", "administrative"}
    assert {stage.value for stage in BY_CODE["withdraw"].sources} == stages


def test_nothing_goes_from_a_leader_straight_to_a_forum() -> None:
    leaders_reach = {act.target for act in ACTS if "leader" in act.who}
    assert not leaders_reach & {Stage.LOCAL_FORUM, Stage.PORTFOLIO, Stage.ADMINISTRATIVE}


def test_every_way_into_the_portfolio_group_goes_through_the_gate() -> None:
    gate = {"basis_ready_for_forum", "mini_mtv_complete"}
    into = [act for act in ACTS if act.target == Stage.PORTFOLIO]
    assert into
    assert all(gate <= set(act.requires) for act in into)


def test_the_hand_written_permissions_name_every_act_in_every_stage_of_the_table() -> None:
    with TABLE.open(encoding="utf-8") as file:
        written = {(row["act"], row["stage"]) for row in csv.DictReader(file)}
    assert written == {(act.code, stage.value) for act in ACTS for stage in act.sources}


def test_each_of_the_seventeen_rules_has_a_test_named_after_it() -> None:
    texts = [file.read_text(encoding="utf-8") for file in (Path(settings.BASE_DIR) / "tests").rglob("test_*.py")]
    named = {found for text in texts for found in re.findall(r"def test_rule_(\d\d)_", text)}
    assert named == {f"{number:02}" for number in range(1, 18)}
