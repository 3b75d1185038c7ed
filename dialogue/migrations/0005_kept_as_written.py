"""Goals as they stood at closing, and the steps of a report, stay as they were written, in the database itself."""

from django.db import migrations

from core.triggers import insert_only


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0004_shared_goals_merging_and_reports")]
    operations = [insert_only("dialogue_goalsversion"), insert_only("dialogue_reportstep")]
