"""The access log is append-only: no change ever, and removal only of rows older than the secretariat's period.

The period is read from the parameter in force today in Denmark, and is never taken to be under 30 days; 730 holds
where none is set (`core.parameters`, tested). There is no way around in the trigger itself.
"""

from django.db import migrations

KEEP = """
CREATE FUNCTION transfers_keep_looks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  days int;
BEGIN
  IF TG_OP = 'DELETE' THEN
    SELECT greatest(30, value)::int INTO days FROM core_parameter
      WHERE key = 'access_log.days' AND valid_from <= (now() AT TIME ZONE 'Europe/Copenhagen')::date
      AND (valid_to IS NULL OR valid_to >= (now() AT TIME ZONE 'Europe/Copenhagen')::date);
    IF OLD.seen_at < now() - coalesce(days, 730) * interval '1 day' THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'the access log is kept as it was written: % is refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER transfers_accessentry_kept BEFORE UPDATE OR DELETE ON transfers_accessentry
  FOR EACH ROW EXECUTE FUNCTION transfers_keep_looks();
CREATE TRIGGER transfers_accessentry_no_truncate BEFORE TRUNCATE ON transfers_accessentry
  FOR EACH STATEMENT EXECUTE FUNCTION core_refuse_change();
"""
UNDO = """
DROP TRIGGER transfers_accessentry_no_truncate ON transfers_accessentry;
DROP TRIGGER transfers_accessentry_kept ON transfers_accessentry;
DROP FUNCTION transfers_keep_looks();
"""


class Migration(migrations.Migration):
    dependencies = [("transfers", "0008_access_log"), ("core", "0002_protection")]
    operations = [migrations.RunSQL(KEEP, UNDO)]
