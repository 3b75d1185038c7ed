"""The first wording of the agreement."""

from pathlib import Path

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from core.definitions import load_definition

FORM = Path(__file__).resolve().parent.parent / "forms_data" / "agreement.toml"


def load(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Store and publish version 1."""
    load_definition(apps, FORM)


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0006_agreement_protection"), ("core", "0003_agreement_form")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
