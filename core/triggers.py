"""Migration operations for rules that PostgreSQL itself keeps: insert-only tables and frozen rows.

TRUNCATE is refused too: it fires no row trigger. The error is a restrict_violation, so that Django raises
IntegrityError. There is no way around in the triggers themselves.
"""

from collections.abc import Sequence

from django.db.migrations.operations import RunSQL

_REFUSE = """
CREATE OR REPLACE FUNCTION core_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are kept as they were written: % is refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation';
END $$;
"""


def insert_only(table: str) -> RunSQL:
    """Give the operation after which rows of `table` can be added and read, but never changed or removed."""
    forwards = f"""{_REFUSE}
    CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table}
      FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
    {_refuse_truncate(table)}"""
    return RunSQL(forwards, f"DROP TRIGGER {table}_insert_only ON {table}; {_allow_truncate(table)}")


def frozen_when(
    table: str, condition: str, *, may_change: Sequence[str] = (), also_insert: str = ""
) -> RunSQL:
    """Give the operation after which a row meeting `condition` (SQL about OLD) cannot be changed or removed.

    `may_change` names columns that stay open in a frozen row; an update that touches only those passes.
    `also_insert` is a condition about NEW under which a row cannot be added either (it would be part of a
    frozen whole), nor moved there by an update.
    """
    name = f"{table}_frozen"
    function = _frozen_function(name, condition, may_change, also_insert)
    forwards = f"""{_REFUSE}{function}
    CREATE TRIGGER {name} BEFORE {"INSERT OR " if also_insert else ""}UPDATE OR DELETE ON {table}
      FOR EACH ROW EXECUTE FUNCTION {name}();
    {_refuse_truncate(table)}"""
    return RunSQL(
        forwards, f"DROP TRIGGER {name} ON {table}; {_allow_truncate(table)} DROP FUNCTION {name}();"
    )


def _frozen_function(name: str, condition: str, may_change: Sequence[str], also_insert: str) -> str:
    """The branches are nested because plpgsql knows OLD and NEW only where the operation has them."""
    kept = "".join(f" - '{column}'" for column in may_change)
    same = f"(to_jsonb(NEW){kept}) = (to_jsonb(OLD){kept})" if may_change else "false"
    return f"""
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    IF {condition} THEN
      IF TG_OP = 'UPDATE' THEN
        IF {same} THEN RETURN NEW; END IF;
      END IF;
      RAISE EXCEPTION 'this row of % is frozen: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
    END IF;
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  IF {also_insert or "false"} THEN
    RAISE EXCEPTION 'what % belongs to is frozen: % is refused', TG_TABLE_NAME, TG_OP
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;"""


def _refuse_truncate(table: str) -> str:
    return f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
      FOR EACH STATEMENT EXECUTE FUNCTION core_refuse_change();"""


def _allow_truncate(table: str) -> str:
    return f"DROP TRIGGER {table}_no_truncate ON {table};"
