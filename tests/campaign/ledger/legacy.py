"""A ledger as the program wrote it that kept the secret of hashes in the database."""

from __future__ import annotations

import hashlib
import sqlite3
from typing import TYPE_CHECKING

from sqlalchemy import text

from outreach.campaign.ledger import Placement, open_ledger, schema
from outreach.campaign.ledger.database import open_database
from outreach.campaign.ledger.imports import Import, Result
from outreach.campaign.ledger.results import Results

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

SECRET = "5ec2e7" * 10 + "abcd"
PEOPLE = [f"person{number}@example.org" for number in range(33)]
SIGN_UPS = Import(sha256="1", tool="sign-ups", source_name="form", grain="event", kind="signup")


def hashed(person: str, secret: bytes = bytes.fromhex(SECRET)) -> str:
    """Return what stands for a person in a ledger, computed apart from the program."""
    return hashlib.blake2b(person.encode(), key=secret, digest_size=16).hexdigest()


def make(address: str | Path) -> None:
    """Make a ledger of version 2 with sign-ups, on either database."""
    ledger = open_ledger(address)
    ledger.put([Placement(campaign="spring", resource="telegram:smm_riga", final_url="https://shop.example/")])
    rows = [Result(event_id=hashed(person), utm_content="smm", numerator=1) for person in PEOPLE]
    Results(ledger.database).put(SIGN_UPS, rows)
    with open_database(address, create=False).writing() as connection:
        connection.execute(text("insert into settings values ('key of hashes', :secret)"), {"secret": SECRET})
        make_older(connection, 2)


def make_older(connection: Connection, version: int) -> None:
    """Give a ledger of today the tables that it had at an older version."""
    if version < 6:
        connection.execute(text("drop table events"))
        for column in ("must_stay_until", "views_24h", "removed_at", "repost_of"):
            connection.execute(text(f"alter table placements drop column {column}"))
    if version < 5:
        for column in ("stage", "assumed"):
            connection.execute(text(f"alter table results drop column {column}"))
    connection.execute(text(f"update {schema.VERSION_TABLE} set version_num = '{version}'"))


def leave_traces(path: Path) -> None:
    """Have an SQLite file hold the secret in free pages too, as after years of changes."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma secure_delete = off")
    connection.execute("create table filler (text)")
    connection.executemany("insert into filler values (?)", [(SECRET * 40,)] * 50)
    connection.execute("drop table filler")
    connection.close()


def settings(address: str | Path) -> dict[str, str]:
    """Return what a ledger says of itself."""
    with open_database(address, create=False).reading() as connection:
        return dict(connection.execute(text("select name, value from settings")).all())


def version(address: str | Path) -> str:
    """Return the version of a ledger's tables."""
    with open_database(address, create=False).reading() as connection:
        return connection.execute(text(f"select version_num from {schema.VERSION_TABLE}")).scalar_one()
