"""Who must vote and what they voted stays as it was; a closed vote only learns which decision came of it (rule 9)."""

from django.db import migrations

from core.triggers import frozen_when, insert_only


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0008_written_votes"), ("core", "0002_protection")]
    operations = [
        frozen_when("portfolio_writtenvote", "OLD.closed_at IS NOT NULL", may_change=["decision_id"]),
        insert_only("portfolio_voter"),
        insert_only("portfolio_ballot"),
    ]
