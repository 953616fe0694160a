"""A database opened our way: who writes writes alone, a transaction is whole or not at all, failures are sentences.

SQLite keeps a rollback journal, because a database with a write-ahead log that is copied as one file may be empty. What
a transaction writes stays in memory until its end, so that the file by itself is whole at every moment but that one.
"""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from outreach.campaign.ledger.damage import Damaged
from outreach.errors import InputError, OutputError, OutreachError, RemoteError
from outreach.passwords import HIDDEN, holds_hidden, without_password

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine
    from sqlalchemy.exc import DBAPIError

__all__ = ["LEDGER", "Database", "Naming", "is_read_only", "open_database"]

PATIENCE_SECONDS: Final = 30.0
LAST_PORT: Final = 65535
OUR_LOCK: Final = 7306370  # any number, the same everywhere
SETTINGS: Final = ("foreign_keys = on", "cache_spill = off", "trusted_schema = off", "secure_delete = on")
POSTGRESQL: Final = re.compile(r"postgres(?:ql)?(?:\+psycopg)?://", re.IGNORECASE)
MISTYPED: Final = re.compile(r"postgres\w*(?:\+\w+)?:|\w{2,}:/", re.IGNORECASE)
SQLITE: Final = re.compile(r"sqlite(?:\+pysqlite)?:///", re.IGNORECASE)
READ_ONLY: Final = "this file is read-only"
COMPACTING_PATIENCE: Final = 2000  # milliseconds; it can be done another day
LIKE_THIS: Final = "write it like postgresql://user@host/name"
PLAIN: Final = re.compile(r"[\w .:-]*")  # a name with other signs may be a part of a password

DAMAGED: Final = "this database is damaged"
OLDER_COPY: Final = "use an older copy"

# By the beginning of SQLite's name for the failure, the longest first.
SQLITE_REASONS: Final = {
    "SQLITE_NOTADB": (InputError, "this file is not a database", "give another {option}, or use an older copy"),
    "SQLITE_CORRUPT": (InputError, DAMAGED, OLDER_COPY),
    "SQLITE_BUSY": (OutputError, "another program is writing to it", "wait for it to end, then try again"),
    "SQLITE_LOCKED": (OutputError, "another program is writing to it", "wait for it to end, then try again"),
    "SQLITE_READONLY": (OutputError, READ_ONLY, "nothing was changed; allow writing, or copy it elsewhere"),
    "SQLITE_FULL": (OutputError, "no space left on the disk", "nothing was changed; free some, then try again"),
    "SQLITE_IOERR": (
        OutputError,
        "it cannot be written",
        "nothing was changed; check that the disk is connected and has space",
    ),
    "SQLITE_CANTOPEN": (OutputError, "it cannot be opened, or its folder is read-only", "check the folder"),
    "SQLITE_PERM": (OutputError, "no permission to use it", "check its permissions"),
}
# By PostgreSQL's code.
POSTGRESQL_REASONS: Final = {
    "55P03": (OutputError, "another program is writing to it", "wait for it to end, then try again"),
    "42501": (OutputError, "no permission to write there", "ask its administrator"),
    "25006": (OutputError, "this database is read-only", "ask its administrator"),
    "53100": (OutputError, "no space left on its disk", "nothing was changed; ask its administrator"),
}


@dataclass(frozen=True, slots=True)
class Naming:
    """What messages call a kind of database, and how a user names one.

    Args:
        what: The database.
        file: Its usual name.
        option: With which another one is given.
        variable: Of the environment, likewise.
        missing: What to do where there is no such file.

    """

    what: str = "the ledger"
    file: str = "outreach.db"
    option: str = "--db"
    variable: str = "OUTREACH_DB"
    missing: str = "outreach draft makes it; another one is named with --db"

    @property
    def offers(self) -> str:
        """What may be given."""
        return f"{self.what} is an SQLite file ({self.file}) or a server's database (postgresql://user@host/name)"

    @property
    def no_address(self) -> str:
        """Why an address cannot be used."""
        return f"{self.option}: this is not the address of a database"


LEDGER: Final = Naming()
FOR_READERS: Final = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "42501", "25006")


@dataclass(frozen=True, slots=True)
class Database:
    """A database and how messages call it.

    Args:
        label: The path as it was typed; of a server its name, never the password.
        engine: SQLAlchemy's; opens a connection for each transaction.
        file: Where it lies, None of a server.
        naming: What messages call its kind.

    """

    label: str
    engine: Engine
    file: Path | None = None
    naming: Naming = LEDGER

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database.

        Raises:
            OutreachError: It cannot be read.

        """
        with _translated_errors(self), self._connected() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection that nobody else writes beside; at the end of the block all is kept, on failure nothing.

        Raises:
            OutreachError: It cannot be written, or somebody else is writing for too long.

        """
        with _translated_errors(self), self._connected() as connection:
            alone = connection.execution_options(outreach_begin="begin immediate")
            if self.engine.dialect.name == "sqlite":
                _without_log(connection)
            with alone.begin():
                if self.engine.dialect.name != "sqlite":
                    alone.exec_driver_sql(f"set local lock_timeout = '{PATIENCE_SECONDS:.0f}s'")
                    alone.exec_driver_sql(f"select pg_advisory_xact_lock({OUR_LOCK})")
                yield alone

    def compact(self) -> None:
        """Write an SQLite file anew, without the pages that are free: what was deleted may still be read in those.

        Raises:
            OutputError: There is no room for it, or another program is reading or writing.

        """
        with _translated_errors(self), self.engine.connect() as connection:
            if (raw := connection.connection.driver_connection) is not None:
                raw.execute(f"pragma busy_timeout = {COMPACTING_PATIENCE}")
                raw.execute("vacuum")

    def _connected(self) -> Connection:
        """Return a new connection.

        Raises:
            InputError: The driver cannot use the address.

        """
        try:
            return self.engine.connect()
        except (ValueError, TypeError):  # a host that no network can have, a value of another kind
            raise InputError(self.naming.no_address, hint=LIKE_THIS) from None


def open_database(url_or_path: str | os.PathLike[str], *, create: bool, naming: Naming = LEDGER) -> Database:
    """Return the database behind a path or a URL; nothing is read yet.

    Args:
        url_or_path: A file, or the URL of a PostgreSQL database.
        create: Whether to make a file that is not there.
        naming: What messages call it.

    Raises:
        InputError: There is no such file, or this is an address of something else.

    """
    text = os.fspath(url_or_path)
    if holds_hidden(text):
        raise InputError(
            f"{naming.option}: {HIDDEN} replaces a password that is not shown",
            hint=f"write the password itself, or set {naming.variable} to the whole address",
        )
    if POSTGRESQL.match(text):
        return _on_server(POSTGRESQL.sub("postgresql+psycopg://", text, count=1), naming)
    path = SQLITE.sub("", text, count=1)
    if "://" in path:
        raise InputError(f"{naming.option}: this kind of database is not supported", hint=naming.offers)
    if MISTYPED.match(path):  # a file of such a name would be made, and its name shown: it may hold a password
        raise InputError(naming.no_address, hint=LIKE_THIS)
    if "\0" in path or not path:
        raise InputError(f"{naming.option}: this is not a file name", hint=naming.offers)
    return _in_file(path, create=create, naming=naming)


def is_read_only(err: OutreachError) -> bool:
    """Whether a failure says that a database may be read, and not be written."""
    cause = getattr(err.__cause__, "orig", err.__cause__)
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or ""
    return str(code).startswith(FOR_READERS)


def _no_file(label: str, naming: Naming, *, is_folder: bool) -> InputError:
    if is_folder:
        return InputError(f"{label}: this is a folder", hint=f"give the name of a file in it, like {naming.file}")
    return InputError(
        f"{label}: this is a pipe or a device, not a file", hint=f"give the name of a file, like {naming.file}"
    )


def _in_file(path: str, *, create: bool, naming: Naming) -> Database:
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import NullPool

    file, label = Path(path), without_password(path)  # a server's address that is mistyped is a path, too
    try:
        is_folder, in_folder, exists = file.is_dir(), file.parent.is_dir(), file.exists()
        is_file = file.is_file()
        # Not Path.resolve, which older Pythons let fail in their own way at a link in a circle.
        file = Path(os.path.realpath(file))
        uri = f"{file.as_uri()}?mode={'rwc' if create else 'rw'}"
    except (OSError, ValueError) as err:  # a name that is too long, or half a character
        raise InputError(f"{naming.option} {label[:60]}: this is not a file name", hint=naming.offers) from err
    if label != path and not exists:
        raise InputError(naming.no_address, hint=naming.offers)
    if exists and not is_file:
        raise _no_file(label, naming, is_folder=is_folder)
    if not in_folder:
        raise (OutputError if create else InputError)(f"{label}: the folder does not exist", hint="make it first")
    if not create and not exists:
        raise InputError(f"{label}: no such file", hint=naming.missing)

    def connect() -> sqlite3.Connection:
        if create:
            _make_private(file)
        # Without a level of isolation the driver begins no transaction of its own, and one may hold DDL.
        opened = sqlite3.connect(uri, uri=True, timeout=PATIENCE_SECONDS, isolation_level=None)
        for setting in SETTINGS:
            opened.execute(f"pragma {setting}")
        return opened

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("outreach_begin", "begin"))

    return Database(label, engine, file, naming)


def _make_private(file: Path) -> None:
    """Make a file that only the user may read, where there is none; SQLite gives its journal the same permissions."""
    with suppress(OSError):  # it is there, or SQLite tells why it cannot be made
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _on_server(url: str, naming: Naming) -> Database:
    """Return the database behind an address, which no message repeats.

    Raises:
        InputError: It is none, or the library for it is missing.

    """
    from sqlalchemy import create_engine
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError
    from sqlalchemy.pool import NullPool

    try:
        url.encode()  # half a character
        parts = make_url(url)
        engine = create_engine(parts, poolclass=NullPool, hide_parameters=True, connect_args={"connect_timeout": 10})
    except (ArgumentError, ValueError, TypeError):
        raise InputError(naming.no_address, hint=LIKE_THIS) from None  # their texts repeat it
    except ImportError as err:
        raise InputError(
            "PostgreSQL needs a library that is not installed", hint='pip install "outreach[postgresql]"'
        ) from err
    if (parts.port or 0) > LAST_PORT or not set(parts.query) <= _options_of_server():
        raise InputError(
            f"{naming.option}: the address has a port or an option that PostgreSQL does not know", hint=LIKE_THIS
        )
    named = (parts.database or "of this user", parts.host or "this machine")
    name, host = (part if PLAIN.fullmatch(part) and _is_plain(url) else "…" for part in named)
    return Database(f"database {name} on {host}", engine, naming=naming)


def _is_plain(url: str) -> bool:
    """Tell whether nobody could take a part of a password for a name: it holds no sign that parts an address."""
    rest = url.partition("://")[2]
    return rest.count("@") == re.split("[/?#]", rest)[0].count("@") <= 1


def _options_of_server() -> set[str]:
    """Return what may stand behind the ? of an address."""
    from psycopg.pq import Conninfo

    return {option.keyword.decode() for option in Conninfo.get_defaults()}


def _without_log(connection: Connection) -> None:
    """Bring a database that somebody switched to a write-ahead log back to one file."""
    raw = connection.connection.driver_connection
    if raw is not None and raw.execute("pragma journal_mode").fetchone()[0] == "wal":
        raw.execute("pragma journal_mode = delete")


@contextmanager
def _translated_errors(database: Database) -> Iterator[None]:
    """Raise failures of the database as our errors; their own texts quote rows."""
    from sqlalchemy.exc import DBAPIError, NoResultFound

    try:
        yield
    except DBAPIError as err:
        raise _sentence(database, err) from (None if _quotes(err.orig) or _repeats_address(err.orig) else err)
    except sqlite3.Error as err:
        raise _of_sqlite(database, err) from (None if _quotes(err) else err)
    except (Damaged, NoResultFound, UnicodeDecodeError):  # the last: the name of a table or a column
        raise InputError(f"{database.label}: {DAMAGED}", hint=OLDER_COPY) from None


def _quotes(err: BaseException | None) -> bool:
    """Tell whether the text of a failure may quote a row: whether it is none that SQLite has a name for."""
    return isinstance(err, sqlite3.Error) and not getattr(err, "sqlite_errorname", "")


def _repeats_address(err: BaseException | None) -> bool:
    """Tell whether the text of a failure may repeat the address: whether no server was reached that gave a code."""
    return not isinstance(err, sqlite3.Error) and getattr(err, "sqlstate", None) is None


def _sentence(database: Database, err: DBAPIError) -> OutreachError:
    from sqlalchemy.exc import OperationalError

    if isinstance(err.orig, sqlite3.Error):
        return _of_sqlite(database, err.orig)
    if found := POSTGRESQL_REASONS.get(getattr(err.orig, "sqlstate", None) or ""):
        kind, reason, hint = found
        return kind(f"{database.label}: {reason}", hint=hint)
    if isinstance(err, OperationalError):
        return RemoteError(
            f"{database.label}: the server does not answer, or refuses the connection",
            hint=f"check {database.naming.option}",
        )
    return InputError(f"{database.label}: {DAMAGED}", hint="ask its administrator for an older copy")


def _of_sqlite(database: Database, err: BaseException) -> OutreachError:
    """Return what a failure of SQLite means; tables that are not as we made them are damage, too."""
    name = getattr(err, "sqlite_errorname", "")
    for start, (kind, reason, hint) in SQLITE_REASONS.items():
        if name.startswith(start):
            return kind(f"{database.label}: {reason}", hint=hint.format(option=database.naming.option))
    return InputError(f"{database.label}: {DAMAGED}", hint=OLDER_COPY)
