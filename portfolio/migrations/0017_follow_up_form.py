"""The first wording of the follow-up, and which wording each is begun on."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from core.definitions import load_definition

FORM = Path(__file__).resolve().parent.parent / "forms_data" / "follow_up.toml"


def load(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Store and publish version 1."""
    load_definition(apps, FORM)


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0016_follow_up_protection"), ("core", "0004_follow_up_form")]
    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.AddField(
            model_name="followup",
            name="definition",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.formdefinition", verbose_name="skema"),
        ),
    ]
