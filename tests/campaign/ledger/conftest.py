"""A ledger in every database that it may live in."""

from __future__ import annotations

import pytest

from outreach.campaign.ledger import Placement, open_ledger


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """Give the address of a database that is not there yet, or is empty."""
    if request.param == "sqlite":
        return str(tmp_path / "outreach.db")
    return request.getfixturevalue("postgresql")


@pytest.fixture
def ledger(address):
    """Give an empty ledger."""
    return open_ledger(address)


@pytest.fixture
def placement():
    """Make a placement."""

    def make(resource: str = "telegram:smm_riga", **values):
        values = {"campaign": "spring", "final_url": f"https://shop.example/?utm_content={resource}", **values}
        return Placement(resource=resource, **values)

    return make
