"""The tables beside the texts: kept with the answers, checked with them, frozen with them, and read everywhere."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from core.cpr import MESSAGE
from core.errors import TextRefused
from core.patients import FEW_PATIENTS
from minimtv.actions import ChangedMeanwhile, save_answers, sign_off
from minimtv.document import Rows
from minimtv.models import EconomyYear, Effect, MiniMTV, Reference
from minimtv.quality import Beside, weak_spots
from minimtv.queries import rows_in
from tests.minimtv.casework import fill_in, submitted_case
from tests.minimtv.test_pages import shown, url
from tests.minimtv.test_quality import document
from tests.world import World

pytestmark = pytest.mark.django_db
EFFECT = {"outcome": "Sengedage", "comparator": "Indlæggelse", "number": Decimal("-16.5"), "unit": "dage"}
TABLES = {
    "searches": Rows(({"database": "PubMed", "terms": "OPAT", "searched_on": date(2026, 3, 1)},)),
    "references": Rows((
        {"reference": "Hansen 2024", "level": 2, "finding": "Ingen forskel."},
        {"reference": "Egne data", "level": None, "finding": ""},
    )),
    "effects": Rows((EFFECT,)),
    "risks": Rows(({"risk": "Infektion", "likelihood": "rare", "mitigation": "Oplæring"},)),
    "economy": Rows((
        {"year": 0, "one_off_cost": 350_000, "annual_cost": None, "annual_saving": None, "patients": None},
        {"year": 1, "one_off_cost": 0, "annual_cost": 9, "annual_saving": 10, "patients": FEW_PATIENTS},
    )),
    "ranges": Rows(({"assumption": "Patienter", "low": -4_400_000, "likely": -3_500_000, "high": -2_300_000},)),
}  # fmt: skip


def test_rows_come_back_as_they_were_given_and_replace_those_before(world: World) -> None:
    case = submitted_case(world)
    sheet = save_answers(case=case, viewer=world.viewer("leader"), given=TABLES)
    assert rows_in(sheet) == TABLES
    save_answers(case=case, viewer=world.viewer("deputy"), given={"references": Rows(TABLES["references"].rows[1:])})
    assert rows_in(sheet)["references"].rows == TABLES["references"].rows[1:]
    assert [row.order for row in Reference.unscoped.all()] == [0]


def test_saving_the_same_rows_is_no_change_and_a_clash_gives_theirs(world: World) -> None:
    case = submitted_case(world)
    sheet = save_answers(case=case, viewer=world.viewer("leader"), given=TABLES)
    assert sheet is not None
    read = {key: rows.mark for key, rows in rows_in(sheet).items()}
    same = {"effects": Rows(({**EFFECT, "number": Decimal("-16.50")},))}
    again = save_answers(case=case, viewer=world.viewer("leader"), given=same, shown=read)
    assert again is not None
    assert again.revision == sheet.revision
    mine, theirs = (Rows(({**EFFECT, "unit": unit},)) for unit in ("døgn", "uger"))
    save_answers(case=case, viewer=world.viewer("deputy"), given={"effects": theirs}, shown=read)
    with pytest.raises(ChangedMeanwhile) as clash:
        save_answers(case=case, viewer=world.viewer("leader"), given={"effects": mine}, shown=read)
    assert clash.value.theirs == {"effects": theirs}


def test_the_sign_off_freezes_rows_and_sums_and_the_version_shows_them(world: World, client: Client) -> None:
    case = submitted_case(world)
    fill_in(world, case)
    save_answers(case=case, viewer=world.viewer("leader"), given=TABLES)
    version = sign_off(case=case, viewer=world.viewer("contact"))
    version.refresh_from_db()
    assert version.is_intact
    assert version.content["rows"]["effects"] == [{**EFFECT, "number": "-16.5"}]
    assert version.content["rows"]["economy"][1]["patients"] == "1–4"
    assert (version.content["economy"]["net"], version.content["economy"]["rate"]) == (349_999, "3.5")
    save_answers(case=case, viewer=world.viewer("leader"), given={"effects": Rows()})
    client.force_login(world.users["psg_chair"])
    page = client.get(url(case, "version", 1)).content.decode()
    for told in ("Hansen 2024", "−16,5", "2 – lodtrækningsforsøg", "1. marts 2026", "349.999", "Nutidsværdi", "1–4"):
        assert told in page, told


def test_a_row_is_added_by_a_button_and_all_that_was_typed_stays(world: World, client: Client) -> None:
    case = submitted_case(world)
    client.force_login(world.users["leader"])
    page = client.get(url(case, "edit_part", 2))
    typed = {"searches_0_database": "Embase", "searches_1_terms": "hjemme", "q10": "Ja"}
    posted = shown(page) | typed | {"add_row": "searches"}
    answered = client.post(url(case, "edit_part", 2), posted)
    assert answered.headers["Location"] == f"{url(case, 'edit_part', 2)}?flere=searches#tabel-searches"
    again = client.get(answered.headers["Location"])
    assert again.context["form"].blocks["searches"].count == 2 + 5
    assert 'value="Embase"' in again.content.decode()
    assert [row["database"] for row in rows_in(MiniMTV.unscoped.get(case=case))["searches"].rows] == ["Embase", ""]


def test_a_wrong_cell_and_a_cpr_number_are_told_at_the_cell_and_nothing_is_stored(world: World, client: Client) -> None:
    case = submitted_case(world)
    client.force_login(world.users["leader"])
    posted = shown(client.get(url(case, "edit_part", 2))) | {
        "effects_0_number": "mange", "risks_1_risk": "Patient 010190-1234", "searches_0_searched_on": "i går",
    }  # fmt: skip
    page = client.post(url(case, "edit_part", 2), posted)
    errors = page.context["form"].errors
    assert errors["effects_0_number"] == ["Skriv et tal, fx 16,5."]
    assert errors["risks_1_risk"] == [MESSAGE]
    assert errors["searches_0_searched_on"] == ["Skriv datoen som DD.MM.ÅÅÅÅ, fx 31.12.2026."]
    assert 'value="mange"' in page.content.decode()
    assert not MiniMTV.unscoped.filter(case=case).exists()
    refused = Rows(({**EFFECT, "unit": "010190-1234"},))
    with pytest.raises(TextRefused):
        save_answers(case=case, viewer=world.viewer("leader"), given={"effects": refused})


def test_a_page_that_clashes_shows_both_tables_and_the_next_save_settles_it(world: World, client: Client) -> None:
    case = submitted_case(world)
    client.force_login(world.users["leader"])
    posted = shown(client.get(url(case, "edit_part", 2))) | {"effects_0_number": "1.250,5"}
    save_answers(case=case, viewer=world.viewer("deputy"), given={"effects": Rows((EFFECT,))})
    page = client.post(url(case, "edit_part", 2), posted)
    assert "Gemt i mellemtiden af en anden" in page.content.decode()
    assert "Sengedage" in page.content.decode()
    client.post(url(case, "edit_part", 2), shown(page) | {"effects_0_number": "1.250,5"})
    assert Effect.unscoped.get().number == Decimal("1250.5")


def test_the_economy_of_the_dialoggrundlag_is_stored_when_it_is_accepted(world: World, client: Client) -> None:
    case = submitted_case(world)
    client.force_login(world.users["leader"])
    page = client.get(url(case, "edit_part", 5))
    assert "Hentet fra: dialoggrundlaget, trin 2 og 5" in page.content.decode()
    client.post(url(case, "edit_part", 5), shown(page), headers={"HX-Request": "true"})
    assert not EconomyYear.unscoped.exists()
    client.post(url(case, "edit_part", 5), shown(page) | {"economy_4_patients": "3"})
    stored = {row.year: row for row in EconomyYear.unscoped.all()}
    assert (stored[0].one_off_cost, stored[1].annual_saving, stored[3].patients_number) == (350_000, 5_900_000, 420)
    assert (stored[4].patients_kind, stored[4].patients_number) == ("few", None)


def test_rule_17_one_to_four_patients_are_never_told_apart_in_the_database_either(world: World) -> None:
    sheet = save_answers(case=submitted_case(world), viewer=world.viewer("leader"), given=TABLES)
    assert sheet is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        EconomyYear.unscoped.create(document=sheet, order=9, year=3, patients_kind="number", patients_number=3)


def test_the_quality_check_looks_at_the_tables_too() -> None:
    vague = {"q6": "Kilder er valgt ud.", "q8": "Bedre.", "q25": "Mere.", "q26": "Usikkert."}
    texts = document(**{key: type(document().answers[key])(text) for key, text in vague.items()})
    assert [advice.key for advice in weak_spots(texts)] == ["q6", "q8", "q25", "q26"]
    assert weak_spots(texts, Beside(TABLES, others_stated=True)) == []
    without = Rows(({**EFFECT, "comparator": ""},))
    turned = Rows(({"assumption": "", "low": 5, "likely": None, "high": 1},))
    found = weak_spots(texts, Beside({**TABLES, "effects": without, "ranges": turned}, others_stated=True))
    assert [advice.key for advice in found] == ["q8", "q26"]
