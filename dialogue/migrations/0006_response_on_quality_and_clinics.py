"""The second wording of the parties' response: place, benefits and quality; clinics, fee and hours in figures."""

from pathlib import Path

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from core.definitions import load_definition

FORMS = Path(__file__).resolve().parent.parent / "forms_data"


def load(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Store and publish version 2; responses begun on version 1 keep it."""
    load_definition(apps, FORMS / "party_response_2.toml")


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0005_kept_as_written"), ("core", "0002_protection")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
