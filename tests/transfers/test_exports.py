"""The case list as Excel and CSV: the filter kept, only what the viewer sees, and drafts elsewhere by title alone."""

from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.scenario import fill_basis, submitted_case
from tests.world import World, draft_case
from transfers.models import TransferCase

pytestmark = pytest.mark.django_db


def lines(client: Client, query: str = "") -> list[list[object]]:
    """The rows of the spreadsheet without its head."""
    answer = client.get(f"/sager/excel/{query}")
    assert 'filename="sager.xlsx"' in answer["Content-Disposition"]
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]


def test_both_files_hold_what_the_viewer_sees_and_the_filter_leaves(world: World, client: Client) -> None:
    submitted, draft = submitted_case(world), draft_case(world)
    TransferCase.unscoped.filter(pk=draft.pk).update(title="=HYPERLINK(1)")
    client.force_login(world.users["leader"])
    assert {line[0] for line in lines(client)} == {submitted.number, draft.number}
    assert [line[0] for line in lines(client, "?stadie=submitted")] == [submitted.number]
    answer = client.get("/sager/excel/?stadie=draft")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=HYPERLINK(1)", "s")
    text = client.get("/sager/csv/?stadie=draft").content.decode()
    assert text.startswith("\ufeffSag;Titel;Stadie;")
    assert f"{draft.number};'=HYPERLINK(1);Kladde;" in text
    assert submitted.number not in text
    client.force_login(world.users["thisted_contact"])
    assert lines(client) == []


def test_the_secretariat_sees_drafts_as_number_and_title_only(world: World, client: Client) -> None:
    draft = draft_case(world)
    fill_basis(world, draft)
    TransferCase.unscoped.filter(pk=draft.pk).update(search_text="fortroligt ord")
    client.force_login(world.users["secretariat"])
    assert lines(client) == [[draft.number, draft.title, "Kladde", None, None, None, None, None, None]]
    page = client.get("/sager/").content.decode()
    assert draft.title in page
    assert "Infektionsmedicin" not in page.split("<tbody>")[1]
    assert lines(client, "?q=fortroligt") == []
    assert lines(client, f"?initiativ={draft.initiator_id}") == []
    assert [line[0] for line in lines(client, f"?q={draft.number}")] == [draft.number]
    client.force_login(world.users["leader"])
    assert [line[0] for line in lines(client, "?q=fortroligt")] == [draft.number]
    assert "Infektionsmedicin" in client.get("/sager/").content.decode().split("<tbody>")[1]
