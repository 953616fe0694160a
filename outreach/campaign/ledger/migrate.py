"""A database of any age becomes one of today, in one transaction.

A new one is made as ``schema`` says; alembic is imported only for an older one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import inspect, text

from outreach.campaign.ledger import schema
from outreach.campaign.ledger.database import is_read_only
from outreach.errors import InputError, OutputError

if TYPE_CHECKING:
    from sqlalchemy import Connection, MetaData

    from outreach.campaign.ledger.database import Database

__all__ = ["REVISIONS", "Tables", "bring_up_to_date", "upgrade"]

WRITTEN: Final = re.compile("[1-9][0-9]{0,8}").fullmatch
REVISIONS: Final = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a kind of database.

    Args:
        metadata: What they are today.
        version: Of today.
        readable: The oldest version that is read as it is, where it may not be changed.
        version_table: Where a database says its version.
        revisions: Folder of the steps from each version to the next.

    """

    metadata: MetaData
    version: int
    readable: int
    version_table: str
    revisions: Path


def _of_ledger() -> Tables:
    return Tables(schema.METADATA, schema.VERSION, schema.READABLE, schema.VERSION_TABLE, REVISIONS)


def bring_up_to_date(database: Database, tables: Tables | None = None) -> None:
    """Give a database the tables of today.

    Args:
        database: Of any age, or empty.
        tables: Which ones; the ledger's where none are given.

    Raises:
        InputError: It is somebody else's, or newer than this program.
        OutputError: It cannot be written.

    """
    tables = tables or _of_ledger()
    with database.reading() as connection:
        found = _version(connection, database, tables)
    if found == tables.version:
        return
    try:
        _change(database, tables)
    except OutputError as err:
        if found is None or found < tables.readable or not is_read_only(err):
            raise


def _change(database: Database, tables: Tables) -> None:
    with database.writing() as connection:
        found = _version(connection, database, tables)  # another process may have been first
        if found is None:
            tables.metadata.create_all(connection)
            connection.execute(text(f"insert into {tables.version_table} values (:now)"), {"now": str(tables.version)})
        elif found < tables.version:
            upgrade(connection, tables=tables)


def _version(connection: Connection, database: Database, tables: Tables) -> int | None:
    """Return the version of a database's tables, None where it has none yet.

    Raises:
        InputError: The tables are somebody else's, or newer than this program.

    """
    there = set(inspect(connection).get_table_names())
    on_server = connection.dialect.name != "sqlite"  # where a database may hold tables of others beside ours
    hint = f"give another name with {database.naming.option}"
    if tables.version_table not in there:
        if there & tables.metadata.tables.keys() or (there and not on_server):
            raise InputError(f"{database.label}: this database belongs to another program", hint=hint)
        return None
    rows = connection.execute(text(f"select version_num from {tables.version_table}")).all()
    if len(rows) != 1 or not isinstance(rows[0][0], str) or not WRITTEN(rows[0][0]):
        raise InputError(f"{database.label}: this database belongs to another program", hint=hint)
    if (found := int(rows[0][0])) > tables.version:
        raise InputError(
            f"{database.label}: this database was written by a newer outreach; nothing was changed",
            hint="update this one: pip install --upgrade outreach",
        )
    return found


def upgrade(connection: Connection, target: str = "heads", tables: Tables | None = None) -> None:
    """Run the revisions that a database lacks, inside the transaction of the connection."""
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    tables = tables or _of_ledger()
    script = ScriptDirectory(str(tables.revisions), version_locations=[str(tables.revisions)])
    context = MigrationContext.configure(
        connection,
        opts={
            "script": script,
            "version_table": tables.version_table,
            "fn": lambda revision, _context: script._upgrade_revs(target, revision),  # noqa: SLF001 - as alembic's own commands do
        },
    )
    with Operations.context(context):
        context.run_migrations()
