"""What models cannot say: insert-only history, frozen definitions, the cache table, trigrams."""

from django.db import migrations

from core.triggers import frozen_when, insert_only

PUBLISHED = "EXISTS (SELECT 1 FROM core_formdefinition d WHERE d.id = {} AND d.published_at IS NOT NULL)"
PUBLISHED_PART = (
    "EXISTS (SELECT 1 FROM core_formpart p JOIN core_formdefinition d ON d.id = p.definition_id"
    " WHERE p.id = {} AND d.published_at IS NOT NULL)"
)
# The table of Django's database cache, as `createcachetable` makes it.
CACHE_TABLE = """
CREATE TABLE IF NOT EXISTS cache (
  cache_key varchar(255) NOT NULL PRIMARY KEY, value text NOT NULL, expires timestamp with time zone NOT NULL
);
CREATE INDEX IF NOT EXISTS cache_expires ON cache (expires);
"""
# Search uses trigrams where the server has them; `check --deploy` asks for them in production.
TRIGRAMS = """
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE NOTICE 'pg_trgm must be created by the owner of the server';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        insert_only("core_changeentry"),
        frozen_when("core_formdefinition", "OLD.published_at IS NOT NULL"),
        frozen_when(
            "core_formpart",
            PUBLISHED.format("OLD.definition_id"),
            also_insert=PUBLISHED.format("NEW.definition_id"),
        ),
        frozen_when(
            "core_formquestion",
            PUBLISHED_PART.format("OLD.part_id"),
            also_insert=PUBLISHED_PART.format("NEW.part_id"),
        ),
        migrations.RunSQL(CACHE_TABLE, "DROP TABLE IF EXISTS cache"),
        migrations.RunSQL(TRIGRAMS, migrations.RunSQL.noop),
    ]
