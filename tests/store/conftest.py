"""A ledger in every database that it may live in."""

from __future__ import annotations

import os
import uuid
from urllib.parse import quote

import pytest

from outreach.store import Placement, open_store

SERVER = "OUTREACH_TEST_PG"


@pytest.fixture
def postgresql(unavailable):
    """Give the address of an empty corner of the PostgreSQL database that OUTREACH_TEST_PG names."""
    address = os.environ.get(SERVER) or unavailable(f"{SERVER} names no PostgreSQL database")
    from sqlalchemy import create_engine, text

    engine = create_engine(address.replace("postgresql://", "postgresql+psycopg://", 1))
    corner = f"outreach_{uuid.uuid4().hex}"
    with engine.begin() as connection:
        connection.execute(text(f"create schema {corner}"))
    mark = "&" if "?" in address else "?"
    yield f"{address}{mark}options={quote(f'-csearch_path={corner}')}"
    with engine.begin() as connection:
        connection.execute(text(f"drop schema {corner} cascade"))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """Give the address of a database that is not there yet, or is empty."""
    if request.param == "sqlite":
        return str(tmp_path / "outreach.db")
    return request.getfixturevalue("postgresql")


@pytest.fixture
def store(address):
    """Give an empty ledger."""
    return open_store(address)


@pytest.fixture
def placement():
    """Make a placement."""

    def make(resource: str = "telegram:smm_riga", **values):
        values = {"campaign": "spring", "final_url": f"https://shop.example/?utm_content={resource}", **values}
        return Placement(resource=resource, **values)

    return make
