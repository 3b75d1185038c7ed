"""A follow-up that is recorded stays as it was written, with all that was measured and stated in it (rule 13)."""

from django.db import migrations

from core.triggers import frozen_when

RECORDED = "EXISTS (SELECT 1 FROM portfolio_followup f WHERE f.id = {}.follow_up_id AND f.recorded_at IS NOT NULL)"


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0015_follow_up"), ("core", "0002_protection")]
    operations = [
        frozen_when("portfolio_followup", "OLD.recorded_at IS NOT NULL"),
        frozen_when("portfolio_measurement", RECORDED.format("OLD"), also_insert=RECORDED.format("NEW")),
        frozen_when("portfolio_partyoutcome", RECORDED.format("OLD"), also_insert=RECORDED.format("NEW")),
    ]
