"""A database of any age becomes one of today, in one transaction.

A new one is made as ``schema`` says; alembic is imported only for an older one.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import inspect, text

from outreach.campaign.ledger import schema
from outreach.campaign.ledger.database import is_read_only
from outreach.errors import InputError, OutputError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from outreach.campaign.ledger.database import Database

__all__ = ["REVISIONS", "bring_up_to_date", "upgrade"]

WRITTEN: Final = re.compile("[1-9][0-9]{0,8}").fullmatch
REVISIONS: Final = Path(__file__).parent / "migrations"


def bring_up_to_date(database: Database) -> None:
    """Give a database the tables of today.

    Raises:
        InputError: It is somebody else's, or newer than this program.
        OutputError: It cannot be written.

    """
    with database.reading() as connection:
        found = _version(connection, database.label)
    if found == schema.VERSION:
        return
    try:
        _change(database)
    except OutputError as err:
        if found is None or found < schema.READABLE or not is_read_only(err):
            raise


def _change(database: Database) -> None:
    with database.writing() as connection:
        found = _version(connection, database.label)  # another process may have been first
        if found is None:
            schema.METADATA.create_all(connection)
            connection.execute(text(f"insert into {schema.VERSION_TABLE} values (:now)"), {"now": str(schema.VERSION)})
        elif found < schema.VERSION:
            upgrade(connection)


def _version(connection: Connection, label: str) -> int | None:
    """Return the version of a database's tables, None where it has none yet.

    Raises:
        InputError: The tables are somebody else's, or newer than this program.

    """
    tables = set(inspect(connection).get_table_names())
    on_server = connection.dialect.name != "sqlite"  # where a database may hold tables of others beside ours
    if schema.VERSION_TABLE not in tables:
        if tables & schema.METADATA.tables.keys() or (tables and not on_server):
            raise InputError(f"{label}: this database belongs to another program", hint="give another name with --db")
        return None
    rows = connection.execute(text(f"select version_num from {schema.VERSION_TABLE}")).all()
    if len(rows) != 1 or not isinstance(rows[0][0], str) or not WRITTEN(rows[0][0]):
        raise InputError(f"{label}: this database belongs to another program", hint="give another name with --db")
    if (found := int(rows[0][0])) > schema.VERSION:
        raise InputError(
            f"{label}: this database was written by a newer outreach; nothing was changed",
            hint="update this one: pip install --upgrade outreach",
        )
    return found


def upgrade(connection: Connection, target: str = "heads") -> None:
    """Run the revisions that a database lacks, inside the transaction of the connection."""
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(REVISIONS), version_locations=[str(REVISIONS)])
    context = MigrationContext.configure(
        connection,
        opts={
            "script": script,
            "version_table": schema.VERSION_TABLE,
            "fn": lambda revision, _context: script._upgrade_revs(target, revision),  # noqa: SLF001 - as alembic's own commands do
        },
    )
    with Operations.context(context):
        context.run_migrations()
