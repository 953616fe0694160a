"""A database of any age becomes one of today; one of tomorrow is left alone."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys

import pytest
from sqlalchemy import inspect, text

from outreach.campaign.ledger import migrate, open_ledger, schema
from outreach.campaign.ledger.database import open_database
from outreach.errors import InputError

LATER = f"""
from alembic import op
from sqlalchemy import Column, Text, text
revision, down_revision = "{schema.VERSION + 1}", "{schema.VERSION}"
def upgrade():
    op.add_column("placements", Column("later", Text))
    for number in op.get_bind().execute(text("select id from placements")).scalars().all():
        op.get_bind().execute(text("update placements set later = '', name = 'moved' where id = :id"), {{"id": number}})
"""


@pytest.fixture
def tomorrow(tmp_path, monkeypatch):
    """Make the program that of tomorrow, which has one more revision."""
    folder = tmp_path / "revisions"
    shutil.copytree(migrate.REVISIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))

    def begin(revision: str = LATER):
        (folder / "r3_later.py").write_text(revision)
        monkeypatch.setattr(migrate, "REVISIONS", folder)
        monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)

    return begin


def described(address):
    """Return everything about the tables of a database that matters."""
    with open_database(address, create=False).reading() as connection:
        seen = inspect(connection)
        return {
            table: (
                [(str(c["name"]), str(c["type"]), c["nullable"], bool(c.get("autoincrement"))) for c in columns],
                seen.get_pk_constraint(table),
                seen.get_unique_constraints(table),
                seen.get_foreign_keys(table),
                seen.get_indexes(table),
                _options(connection, table),
            )
            for table in sorted(seen.get_table_names())
            for columns in [seen.get_columns(table)]
        }


def _options(connection, table):
    """Whether numbers are given once only, which SQLite tells in the text of the table alone."""
    if connection.dialect.name != "sqlite":
        return None
    query = text("select sql like '%autoincrement%' from sqlite_master where name = :name")
    return connection.execute(query, {"name": table}).scalar_one()


def test_a_new_database_equals_a_migrated_one(address, tmp_path):
    """What the schema makes at once, the revisions make step by step."""
    open_ledger(address)
    new = described(address)
    if "postgresql" in address:
        with open_database(address, create=False).writing() as connection:
            schema.METADATA.drop_all(connection)
        other = address
    else:
        other = str(tmp_path / "migrated.db")
    with open_database(other, create=True).writing() as connection:
        migrate.upgrade(connection)
    assert described(other) == new
    tables = {"placements", "changes", "changed", "events", "imports", "results", "settings"}
    assert set(new) == {*tables, schema.VERSION_TABLE}
    with open_database(other, create=False).reading() as connection:
        version = connection.execute(text(f"select version_num from {schema.VERSION_TABLE}")).scalar_one()
    assert version == str(schema.VERSION)


def test_alembic_is_not_imported_without_need(tmp_path):
    """Making a database and opening one of today cost no more than SQLAlchemy."""
    program = (
        "import sys; from outreach.campaign.ledger import open_ledger, Placement; first = 'sqlalchemy' in sys.modules;"
        f"open_ledger({str(tmp_path / 'o.db')!r}); open_ledger({str(tmp_path / 'o.db')!r}).placements();"
        "print(first, 'alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_an_older_database_is_brought_up_to_date(address, placement, tomorrow):
    """Its placements stay, and what the revision does to them is done."""
    open_ledger(address).put([placement(), placement("vk:smm")])
    tomorrow()
    assert [one.name for one in open_ledger(address).placements()] == ["moved", "moved"]
    assert open_ledger(address).put([placement("vk:smm", text="new")]).updated == 1


def test_a_failed_revision_leaves_the_database_as_it_was(address, placement, tomorrow):
    """Tables and rows are rolled back together, on both databases."""
    ledger = open_ledger(address)
    ledger.put([placement()])
    before, described_before = ledger.placements(), described(address)
    tomorrow(LATER + "    raise ZeroDivisionError\n")
    with pytest.raises(ZeroDivisionError):
        open_ledger(address)
    assert described(address) == described_before
    assert ledger.placements() == before


def test_a_newer_database_is_left_alone(address, placement, tomorrow, monkeypatch):
    """An older program does not touch what it does not know."""
    open_ledger(address).put([placement()])
    tomorrow()
    open_ledger(address)
    monkeypatch.setattr(schema, "VERSION", 1)
    with pytest.raises(InputError, match="this database was written by a newer outreach; nothing was changed"):
        open_ledger(address)


@pytest.mark.parametrize(
    "sql",
    [
        "create table places (id)",
        "create table placements (id)",
        "create table outreach_version (version_num); insert into outreach_version values ('ab12')",
        "create table outreach_version (version_num)",
    ],
)
def test_somebody_elses_database_is_left_alone(tmp_path, sql):
    """A file of another program, whatever its tables are called."""
    path = tmp_path / "o.db"
    with sqlite3.connect(path) as connection:
        connection.executescript(sql)
    connection.close()
    before = path.read_bytes()
    with pytest.raises(InputError, match="belongs to another program"):
        open_ledger(path)
    assert path.read_bytes() == before


def test_a_server_may_hold_tables_of_others(postgresql):
    """A team's database is shared; only a table of our name that is not ours is refused."""
    database = open_database(postgresql, create=True)
    with database.writing() as connection:
        connection.execute(text("create table invoices (id integer)"))
    assert open_ledger(postgresql).placements() == []
    with database.writing() as connection:
        connection.execute(text(f"drop table {schema.VERSION_TABLE}"))
    with pytest.raises(InputError, match="belongs to another program"):
        open_ledger(postgresql)
