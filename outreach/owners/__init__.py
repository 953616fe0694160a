"""The address book of whoever decides what a place publishes: how far we are with each, and what was agreed.

One book serves all campaigns of a machine, since one owner is asked for several clients; a team can point it at
PostgreSQL. The libraries behind it are imported when it is opened.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.owners.person import Channel, Person
from outreach.owners.place import Place

if TYPE_CHECKING:
    from outreach.owners.book import Book

__all__ = ["BOOK_VARIABLE", "Channel", "Person", "Place", "existing_book", "open_book"]

BOOK_VARIABLE: Final = "OUTREACH_BOOK"
"""Of the environment: the book of this machine, where it is another one than usual."""

FILE: Final = "owners.db"


def existing_book(url_or_path: str | os.PathLike[str] | None = None) -> Book | None:
    """Open the address book; None where this machine, or its environment, has none yet.

    Raises:
        InputError: The one that was named is not there, or it cannot be used.

    """
    from outreach.user_folder import user_folder

    usual = url_or_path is None or url_or_path == os.environ.get(BOOK_VARIABLE)
    file = user_folder() / FILE if url_or_path is None else Path(url_or_path)
    if usual and "://" not in str(url_or_path) and not file.exists():
        return None
    return open_book(url_or_path, create=False)


def open_book(url_or_path: str | os.PathLike[str] | None = None, *, create: bool = True) -> Book:
    """Open the address book, bring it up to date, or make it.

    Args:
        url_or_path: A file, or the URL of a PostgreSQL database; None for this machine's own, in the user's folder.
        create: Whether to make a file that is not there.

    Raises:
        InputError: It is not there, is no database, is somebody else's, or newer than this program.
        OutputError: It cannot be written.
        RemoteError: The server of the database does not answer.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     book = open_book(f"{folder}/owners.db")
        ...     marina = book.add(Person(name="Marina", places=("telegram:smm_riga",)))
        ...     [(one.name, one.places) for one in book.people()]
        [('Marina', ('telegram:smm_riga',))]

    """
    from outreach.campaign.ledger.database import Naming, open_database
    from outreach.campaign.ledger.migrate import bring_up_to_date
    from outreach.owners.book import Book
    from outreach.owners.schema import TABLES
    from outreach.user_folder import private_path, user_folder

    naming = Naming(
        what="the address book",
        file=FILE,
        option="--book",
        variable=BOOK_VARIABLE,
        missing="outreach owners add makes it; another one is named with --book",
    )
    if url_or_path is None:
        url_or_path = private_path(FILE) if create else user_folder() / FILE
        if not create and not url_or_path.exists():
            raise InputError("there is no address book yet", where=str(url_or_path), hint=naming.missing)
    database = open_database(url_or_path, create=create, naming=naming)
    bring_up_to_date(database, TABLES)
    return Book(database)
