"""What the database itself keeps: signed-off versions insert-only, and the gate to the portfolio forum (rule 7).

The gate is checked at commit, so that a case, its versions and its placement may be written in any order. It holds
for placements made or moved, and for a forum that is turned into a portfolio forum while cases are before it.
"""

from django.db import migrations

from core.triggers import insert_only

GATE = """
CREATE FUNCTION minimtv_require_basis_and_mini_mtv(asked bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  called text;
BEGIN
  SELECT number INTO called FROM transfers_transfercase WHERE id = asked;
  IF NOT EXISTS (
    SELECT 1 FROM dialogue_basisversion v JOIN dialogue_dialoguebasis b ON b.id = v.basis_id WHERE b.case_id = asked
  ) THEN
    RAISE EXCEPTION 'case % cannot be put before the portfolio forum: it has no submitted dialoggrundlag', called
      USING ERRCODE = 'restrict_violation';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM minimtv_minimtvversion WHERE case_id = asked) THEN
    RAISE EXCEPTION 'case % cannot be put before the portfolio forum: it has no signed-off mini-MTV', called
      USING ERRCODE = 'restrict_violation';
  END IF;
END $$;

CREATE FUNCTION minimtv_placement_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM contacts_forum WHERE id = NEW.forum_id AND level = 'portfolio') THEN
    PERFORM minimtv_require_basis_and_mini_mtv(NEW.case_id);
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER minimtv_placement_gate AFTER INSERT OR UPDATE ON transfers_placement
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION minimtv_placement_gate();

CREATE FUNCTION minimtv_forum_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM minimtv_require_basis_and_mini_mtv(p.case_id) FROM transfers_placement p
    WHERE p.forum_id = NEW.id AND p.ended_at IS NULL;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER minimtv_forum_gate AFTER UPDATE ON contacts_forum
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.level = 'portfolio' AND OLD.level <> 'portfolio')
  EXECUTE FUNCTION minimtv_forum_gate();
"""
UNDO = """
DROP TRIGGER minimtv_forum_gate ON contacts_forum;
DROP FUNCTION minimtv_forum_gate();
DROP TRIGGER minimtv_placement_gate ON transfers_placement;
DROP FUNCTION minimtv_placement_gate();
DROP FUNCTION minimtv_require_basis_and_mini_mtv(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("minimtv", "0001_initial"),
        ("dialogue", "0001_initial"),
        ("transfers", "0001_initial"),
        ("contacts", "0001_initial"),
    ]
    operations = [insert_only("minimtv_minimtvversion"), migrations.RunSQL(GATE, UNDO)]
