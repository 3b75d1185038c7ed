"""What the database itself keeps: history insert-only, the sort date on grants, the search index."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from core.triggers import insert_only

SORT_DATE = """
CREATE FUNCTION transfers_grant_sort_date() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT sort_date INTO STRICT NEW.sort_date FROM transfers_transfercase WHERE id = NEW.content_object_id;
  RETURN NEW;
END $$;
CREATE TRIGGER transfers_grant_sort_date BEFORE INSERT ON transfers_transfercasegrant
  FOR EACH ROW EXECUTE FUNCTION transfers_grant_sort_date();

CREATE FUNCTION transfers_case_origin_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'number, sort date and initiator of a case never change' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER transfers_case_origin_stays BEFORE UPDATE ON transfers_transfercase FOR EACH ROW
  WHEN (OLD.sort_date <> NEW.sort_date OR OLD.number <> NEW.number OR OLD.initiator_id <> NEW.initiator_id)
  EXECUTE FUNCTION transfers_case_origin_stays();
"""
UNDO = """
DROP TRIGGER transfers_case_origin_stays ON transfers_transfercase;
DROP FUNCTION transfers_case_origin_stays();
DROP TRIGGER transfers_grant_sort_date ON transfers_transfercasegrant;
DROP FUNCTION transfers_grant_sort_date();
"""


def add_search_index(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Index the search text by trigrams where the server offers them (the embedded one does not)."""
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if cursor.fetchone():
            cursor.execute(
                "CREATE INDEX IF NOT EXISTS case_search_trigram ON transfers_transfercase "
                "USING gin (search_text gin_trgm_ops)"
            )


class Migration(migrations.Migration):
    dependencies = [("transfers", "0001_initial"), ("core", "0002_protection")]
    operations = [
        migrations.RunSQL(SORT_DATE, UNDO),
        insert_only("transfers_journalentry"),
        insert_only("transfers_journalnote"),
        migrations.RunPython(add_search_index, migrations.RunPython.noop),
    ]
