"""What was said, decided, confirmed or happened stays in the database as it was written: a row of every kind is tried.

A new table fails here until it stands in one of the three lists.
"""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from tests.pages.region import Region
from tests.tampering import tamper

pytestmark = pytest.mark.django_db

KEPT = {
    "core_changeentry", "transfers_journalentry", "transfers_journalnote", "transfers_accessentry",
    "dialogue_basisversion", "dialogue_responseversion", "dialogue_goalsversion", "dialogue_reportstep",
    "dialogue_comment", "minimtv_minimtvversion", "portfolio_forumrequest", "portfolio_agreementversion",
    "portfolio_confirmation", "portfolio_leaving", "portfolio_voter", "portfolio_ballot", "portfolio_minutesapproval",
    "portfolio_annualsubmission", "portfolio_annualadoption", "portfolio_actionplandecision",
    "portfolio_surveyquestion", "portfolio_surveyparticipation", "portfolio_surveyanswer", "portfolio_surveyscore",
}  # fmt: skip
# Rows that are kept once something has become of them, and which those are.
OF_PUBLISHED = "definition_id IN (SELECT id FROM core_formdefinition WHERE published_at IS NOT NULL)"
OF_CLOSED = "meeting_id IN (SELECT id FROM portfolio_meeting WHERE state = 'minutes_approved')"
OF_RECORDED = "follow_up_id IN (SELECT id FROM portfolio_followup WHERE recorded_at IS NOT NULL)"
FROZEN = {
    "core_formdefinition": "published_at IS NOT NULL",
    "core_formpart": OF_PUBLISHED,
    "core_formquestion": f"part_id IN (SELECT id FROM core_formpart WHERE {OF_PUBLISHED})",
    "transfers_opinion": "answer <> ''",
    "dialogue_attachment": "version IS NOT NULL",
    "portfolio_decision": "state = 'published'",
    "portfolio_annualstatus": "pdf_id IS NOT NULL",
    "portfolio_agreementparty": "live_from IS NOT NULL",
    "portfolio_readiness": "party_id IN (SELECT id FROM portfolio_agreementparty WHERE live_from IS NOT NULL)",
    "portfolio_writtenvote": "closed_at IS NOT NULL",
    "portfolio_meeting": "state = 'minutes_approved'",
    "portfolio_agendaitem": OF_CLOSED,
    "portfolio_attendance": OF_CLOSED,
    "portfolio_orientation": "noted_at IS NOT NULL",
    "portfolio_followup": "recorded_at IS NOT NULL",
    "portfolio_measurement": OF_RECORDED,
    "portfolio_partyoutcome": OF_RECORDED,
}
# What changes by its nature: cases, drafts, answers before they are sent in, people, jobs. Each change of them that
# counts is an entry of a history or a frozen version.
OPEN = {
    "core_storedfile", "core_job", "core_parameter", "core_user", "contacts_organisation", "contacts_forum",
    "contacts_forumquorum", "contacts_membership", "notifications_notice", "transfers_transfercase",
    "transfers_transfercasegrant", "transfers_casecounter", "transfers_party", "transfers_placement",
    "transfers_screening", "dialogue_dialoguebasis", "dialogue_basisanswer", "dialogue_patientcount",
    "dialogue_proposedparty", "dialogue_sharedgoal", "dialogue_goalmark", "dialogue_mergeproposal",
    "dialogue_unannouncedtransfer", "dialogue_partyresponse", "dialogue_responseanswer", "minimtv_minimtv",
    "minimtv_minimtvanswer", "minimtv_literaturesearch", "minimtv_reference", "minimtv_effect", "minimtv_risk",
    "minimtv_economyyear", "minimtv_economyrange", "portfolio_annualtext", "portfolio_agreement",
    "portfolio_agreementanswer", "portfolio_indicator", "portfolio_survey", "minimtv_coauthor",
}  # fmt: skip
OURS = ("core", "contacts", "notifications", "transfers", "dialogue", "minimtv", "portfolio")


def test_every_table_is_kept_frozen_or_open() -> None:
    tables = {model._meta.db_table for model in apps.get_models() if model._meta.app_label in OURS}
    assert tables == KEPT | FROZEN.keys() | OPEN
    assert len(KEPT) + len(FROZEN) + len(OPEN) == len(tables)


# Rows of the region that are brought to be kept, and how; tables without any are given one of zeros and empty texts.
BROUGHT = (
    "UPDATE transfers_opinion SET answer = 'agrees', text = 'Ja.', answered_at = now(), answered_by_id = asked_by_id",
    "UPDATE dialogue_attachment SET version = 1",
    "UPDATE portfolio_writtenvote SET closed_at = now(), closed_by_id = opened_by_id, outcome = 'silence'",
    "UPDATE portfolio_orientation SET noted_at = now(), noted_by_id = (SELECT min(id) FROM core_user), "
    "noted_in_id = (SELECT min(id) FROM portfolio_meeting)",
)
EMPTY = {
    "bigint": "0", "integer": "0", "smallint": "1", "numeric": "0", "boolean": "false", "jsonb": "'{}'",
    "date": "current_date", "timestamp with time zone": "now()", "uuid": "gen_random_uuid()",
}  # fmt: skip
COLUMNS = """
SELECT column_name, data_type FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s AND is_nullable = 'NO' AND is_identity = 'NO'
"""


@pytest.fixture
def answers(region: Region) -> list[str]:
    """The tables, each with a row that is kept; what waits for the commit has been checked."""
    for statement in BROUGHT:
        tamper(statement)
    for table in sorted(KEPT | FROZEN.keys()):
        if not number_of(table):
            add_empty(table)
    return sorted(KEPT | FROZEN.keys())


def number_of(table: str) -> int:
    """How many of a table's rows are kept."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {FROZEN.get(table, 'true')}")
        number: int = cursor.fetchone()[0]
    return number


def add_empty(table: str) -> None:
    """Add a row that says nothing, whatever the keys of other tables say to it; it belongs to what is frozen."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [table])
        values = {name: EMPTY.get(kind, "''") for name, kind in cursor.fetchall()}
    if "follow_up_id" in values:
        values["follow_up_id"] = "(SELECT min(id) FROM portfolio_followup WHERE recorded_at IS NOT NULL)"
    tamper(f"INSERT INTO {table} ({', '.join(map(quoted, values))}) VALUES ({', '.join(values.values())})")


def quoted(name: str) -> str:
    """A column's name, which may be a word of SQL."""
    return f'"{name}"'


def test_no_row_that_is_kept_can_be_changed_removed_or_swept_away(answers: list[str]) -> None:
    assert [table for table in answers if not number_of(table)] == []
    for table in answers:
        one = f"ctid = (SELECT ctid FROM {table} WHERE {FROZEN.get(table, 'true')} LIMIT 1)"
        assert is_refused(f"UPDATE {table} SET id = NULL WHERE {one}"), table
        assert is_refused(f"DELETE FROM {table} WHERE {one}"), table
        assert is_refused(f"TRUNCATE {table} CASCADE"), table


def is_refused(statement: str) -> bool:
    """Whether a trigger says no, not merely a key of another table."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            transaction.set_rollback(True)
    except IntegrityError as refusal:
        return "is refused" in str(refusal)
    return False
