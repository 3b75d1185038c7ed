"""What was decided and asked for stays as it was: published decisions are frozen, requests insert-only (rule 10)."""

from django.db import migrations

from core.triggers import frozen_when, insert_only


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0001_initial"), ("core", "0002_protection")]
    operations = [
        frozen_when("portfolio_decision", "OLD.state = 'published'"),
        insert_only("portfolio_forumrequest"),
    ]
