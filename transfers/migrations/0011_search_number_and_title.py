"""The trigram index covers number, title and text together, as the search asks for them."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import TextField, Value
from django.db.models.functions import Concat, Lower

FINDABLE = Lower(Concat("number", Value(" "), "title", Value(" "), "search_text", output_field=TextField()))
INDEX = GinIndex(OpClass(FINDABLE, name="gin_trgm_ops"), name="case_findable")


def index_anew(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Index what is searched where the server offers trigrams (the embedded one does not)."""
    editor.execute("DROP INDEX IF EXISTS case_search_trigram")
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        offered = cursor.fetchone()
    if offered:
        editor.add_index(apps.get_model("transfers", "transfercase"), INDEX)


def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the index away."""
    editor.execute("DROP INDEX IF EXISTS case_findable")


class Migration(migrations.Migration):
    dependencies = [("transfers", "0010_list_orders")]
    operations = [migrations.RunPython(index_anew, drop)]
