"""The campaign's database: which teaser went where, with which link, and what became of it.

An SQLite file by default; a team can point it at PostgreSQL. Every change is one transaction and can be taken back.
The libraries behind it are imported when a database is opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from outreach.campaign.ledger.changes import Put, Undone
from outreach.campaign.ledger.placement import Natural, Placement

if TYPE_CHECKING:
    import os

    from outreach.campaign.ledger.ledger import Ledger

__all__ = ["Natural", "Placement", "Put", "Undone", "is_there", "open_ledger"]


def is_there(url_or_path: str | os.PathLike[str]) -> bool:
    """Tell whether there is a database to open; False for a file that is still to be made, and can be.

    Raises:
        InputError: This is no name of a database.
        OutputError: There is no folder for the file.

    """
    from outreach.campaign.ledger.database import open_database

    file = open_database(url_or_path, create=True).file
    return file is None or file.exists()


def open_ledger(url_or_path: str | os.PathLike[str], *, create: bool = True) -> Ledger:
    """Open the campaign's database, bring it up to date, or make it.

    Args:
        url_or_path: A file, or the URL of a PostgreSQL database.
        create: Whether to make a file that is not there.

    Raises:
        InputError: It is not there, is no database, is somebody else's, or newer than this program.
        OutputError: It cannot be written.
        RemoteError: The server of the database does not answer.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     ledger = open_ledger(f"{folder}/outreach.db")
        ...     ledger.put([Placement(campaign="spring", resource="telegram:smm_riga", final_url="https://x.example")])
        ...     [placement.status for placement in ledger.placements()]
        Put(created=1, updated=0, unchanged=0, frozen=0, kept=())
        ['drafted']

    """
    from outreach.campaign.ledger.database import open_database
    from outreach.campaign.ledger.ledger import Ledger
    from outreach.campaign.ledger.migrate import bring_up_to_date
    from outreach.campaign.ledger.secret import move_out

    database = open_database(url_or_path, create=create)
    bring_up_to_date(database)
    move_out(database)
    return Ledger(database)
