from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0011_meetings_protection")]
    operations = [
        migrations.AddField(
            model_name="agreement", name="part_revisions", field=models.JSONField(blank=True, default=dict)
        )
    ]
