"""The ledger can only grow, and the database itself sees to it: triggers refuse to change or
remove a line, whoever asks.

They are put in place after every migration rather than by one of them, because SQLite rebuilds a
table to alter it, and the old table's triggers go with it.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from selection.models import LedgerLine

REFUSAL = "The ledger of votes is append-only"
_TABLE = LedgerLine._meta.db_table
_FUNCTION = f"{_TABLE}_refuse"

_SQLITE = [
    f"""CREATE TRIGGER IF NOT EXISTS {_TABLE}_no_{act.lower()} BEFORE {act} ON {_TABLE}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
    for act in ("UPDATE", "DELETE")
]
_POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
        END $$""",
    f"""CREATE OR REPLACE TRIGGER {_TABLE}_no_change BEFORE UPDATE OR DELETE ON {_TABLE}
        FOR EACH ROW EXECUTE FUNCTION {_FUNCTION}()""",
]


def guard(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place; nothing happens where they are."""
    _run(connection, _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE)


def unguard(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for tests that empty their database, and for nothing else."""
    if connection.vendor == "postgresql":
        _run(connection, [f"DROP TRIGGER IF EXISTS {_TABLE}_no_change ON {_TABLE}"])
    else:
        _run(connection, [f"DROP TRIGGER IF EXISTS {_TABLE}_no_{a}" for a in ("update", "delete")])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
