"""The campaign's database: which teaser went where, with which link, and what became of it.

An SQLite file by default; a team can point it at PostgreSQL. Every change is one transaction and can be taken back.
The libraries behind it are imported when a database is opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from outreach.store.changes import Put, Undone
from outreach.store.placement import Natural, Placement

if TYPE_CHECKING:
    import os

    from outreach.store.ledger import Store

__all__ = ["Natural", "Placement", "Put", "Undone", "is_there", "open_store"]


def is_there(url_or_path: str | os.PathLike[str]) -> bool:
    """Tell whether there is a database to open; False for a file that is still to be made, and can be.

    Raises:
        InputError: This is no name of a database.
        OutputError: There is no folder for the file.

    """
    from outreach.store.database import open_database

    file = open_database(url_or_path, create=True).file
    return file is None or file.exists()


def open_store(url_or_path: str | os.PathLike[str], *, create: bool = True) -> Store:
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
        ...     store = open_store(f"{folder}/outreach.db")
        ...     store.put([Placement(campaign="spring", resource="telegram:smm_riga", final_url="https://x.example")])
        ...     [placement.status for placement in store.placements()]
        Put(created=1, updated=0, unchanged=0, frozen=0, kept=())
        ['drafted']

    """
    from outreach.store.database import open_database
    from outreach.store.ledger import Store
    from outreach.store.migrate import bring_up_to_date
    from outreach.store.secret import move_out

    database = open_database(url_or_path, create=create)
    bring_up_to_date(database)
    move_out(database)
    return Store(database)
