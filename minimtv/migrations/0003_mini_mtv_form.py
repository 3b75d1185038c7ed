"""The first wording of the mini-MTV."""

from pathlib import Path

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from core.definitions import load_definition

FORM = Path(__file__).resolve().parent.parent / "forms_data" / "mini_mtv.toml"


def load(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Store and publish version 1."""
    load_definition(apps, FORM)


class Migration(migrations.Migration):
    dependencies = [("minimtv", "0002_protection"), ("core", "0002_protection")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
