"""Indexes for the three orders of the case list."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("transfers", "0009_access_log_kept")]
    operations = [
        migrations.AddIndex("transfercase", models.Index(fields=["-sort_date", "-id"], name="case_date")),
        migrations.AddIndex("transfercase", models.Index(fields=["title", "id"], name="case_title")),
        migrations.AddIndex("transfercase", models.Index(fields=["stage_since", "id"], name="case_since")),
    ]
