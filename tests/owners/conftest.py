"""An address book in every database that it may live in."""

from __future__ import annotations

import pytest

from outreach.owners import open_book


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """Give the address of a database that is not there yet, or is empty."""
    if request.param == "sqlite":
        return str(tmp_path / "owners.db")
    return request.getfixturevalue("postgresql")


@pytest.fixture
def book(address):
    """Give an empty book."""
    return open_book(address)
