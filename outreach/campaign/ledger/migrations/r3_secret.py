"""The ledger gets an id, under which the secret of its hashes can be kept outside of it.

The tables stay as they are. An older program, which would make a second secret, leaves the ledger alone from here on.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from alembic import op

from outreach.campaign.ledger.secret import name_ledger
from outreach.errors import InputError

__all__ = ["down_revision", "revision", "upgrade"]

revision: Final = "3"
down_revision: Final = "2"


def upgrade() -> None:
    """Add the id and the check value, where there is a secret."""
    with suppress(InputError):  # a damaged secret is told to who needs it
        name_ledger(op.get_bind())
