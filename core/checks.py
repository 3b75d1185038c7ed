"""What must be there before the product is put to use."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.db import DatabaseError, connection


@register("database", deploy=True)
def trigrams_are_there(
    app_configs: Sequence[AppConfig] | None = None,
    databases: Sequence[str] | None = None,
    **kwargs: object,
) -> list[CheckMessage]:
    """Search in Danish compounds is too slow without pg_trgm; a production server must have it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'")
            found = cursor.fetchone() == (1,)
    except DatabaseError:
        return [Error("The database does not answer.", id="core.E002")]
    hint = "Let the server's owner run: CREATE EXTENSION pg_trgm; then run migrate again."
    return [] if found else [Error("The database lacks the extension pg_trgm.", hint=hint, id="core.E001")]
