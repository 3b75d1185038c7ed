"""What was sent out, confirmed or given notice of stays as it was, and no municipality is medically responsible."""

from django.db import migrations

from core.triggers import frozen_when, insert_only

# Only these columns of a party may change once the agreement holds for it: who it is and since when stay.
OPEN = (
    "role", "contribution", "economy_known", "one_off_cost", "annual_cost", "annual_saving", "economy_note",
    "local_contact", "answer", "awaits_until", "holds_version", "leaves_on",
)  # fmt: skip
LIVE = "EXISTS (SELECT 1 FROM portfolio_agreementparty party WHERE party.id = OLD.party_id AND party.live_from IS NOT NULL)"

RESPONSIBLE = """
CREATE OR REPLACE FUNCTION portfolio_agreement_responsible() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM contacts_organisation o WHERE o.id = NEW.responsible_id
    AND (o.kind = NEW.responsibility OR (o.kind = 'psychiatry' AND NEW.responsibility = 'hospital'))
  ) THEN
    RAISE EXCEPTION 'medical responsibility % cannot lie with organisation %', NEW.responsibility, NEW.responsible_id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER portfolio_agreement_responsible BEFORE INSERT OR UPDATE ON portfolio_agreement
  FOR EACH ROW WHEN (NEW.responsible_id IS NOT NULL) EXECUTE FUNCTION portfolio_agreement_responsible();
"""
UNDO = """
DROP TRIGGER portfolio_agreement_responsible ON portfolio_agreement;
DROP FUNCTION portfolio_agreement_responsible();
"""


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0005_agreement"), ("core", "0002_protection")]
    operations = [
        insert_only("portfolio_agreementversion"),
        insert_only("portfolio_confirmation"),
        insert_only("portfolio_leaving"),
        frozen_when("portfolio_agreementparty", "OLD.live_from IS NOT NULL", may_change=OPEN),
        frozen_when("portfolio_readiness", LIVE),
        migrations.RunSQL(RESPONSIBLE, UNDO),
    ]
