"""The first wording of the dialoggrundlag and of the parties' response."""

from pathlib import Path

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from core.definitions import load_definition

FORMS = Path(__file__).resolve().parent.parent / "forms_data"


def load(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Store and publish version 1 of both."""
    for name in ("dialogue_basis.toml", "party_response.toml"):
        load_definition(apps, FORMS / name)


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0002_protection")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
