"""What is searched in is kept in lower case beside it, so that nothing is worked out for a case that is looked at."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import TextField, Value
from django.db.models.functions import Concat, Lower

FINDABLE = Lower(Concat("number", Value(" "), "title", Value(" "), "search_text", output_field=TextField()))
INDEX = GinIndex(OpClass("findable", name="gin_trgm_ops"), name="case_findable")


def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the index away."""
    editor.execute("DROP INDEX IF EXISTS case_findable")


def index(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Index what is searched where the server offers trigrams (the embedded one does not)."""
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        offered = cursor.fetchone()
    if offered:
        editor.add_index(apps.get_model("transfers", "transfercase"), INDEX)


class Migration(migrations.Migration):
    dependencies = [("transfers", "0011_search_number_and_title")]
    operations = [
        migrations.RunPython(drop, migrations.RunPython.noop),
        migrations.AddField(
            "transfercase",
            "findable",
            models.GeneratedField(expression=FINDABLE, output_field=TextField(), db_persist=True),
        ),
        migrations.RunPython(index, drop),
        migrations.AlterField(
            "transfercasegrant",
            "content_object",
            models.ForeignKey("transfers.transfercase", models.CASCADE, related_name="grants", db_index=False),
        ),
        migrations.AddIndex(
            "transfercasegrant", models.Index(fields=["content_object", "group"], name="grant_case_group")
        ),
    ]
