"""The secret of a ledger's hashes: it lies outside of the database, so that a copy of that tells of nobody.

What stands for a person in a ledger is a keyed hash. Whoever has the secret can try out a list of e-mail addresses on a
ledger; whoever has the ledger alone cannot. The ledger holds an id, by which this machine finds the secret, and a check
value, by which a wrong secret is noticed.

An SQLite ledger has its secret in a file of the user's folder. A PostgreSQL ledger is shared and has it in the
database, until ``OUTREACH_SECRET`` is set, which wins wherever it is.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, delete, insert, select

from outreach.campaign.ledger.schema import SETTINGS
from outreach.errors import InputError, OptionError, OutputError, OutreachError
from outreach.user_folder import read_private, user_folder, write_private

if TYPE_CHECKING:
    from pathlib import Path

    from outreach.campaign.ledger.database import Database

__all__ = [
    "SECRET_VARIABLE",
    "LedgerSecret",
    "ThrowAwaySecret",
    "adopt",
    "move_out",
    "name_ledger",
    "parse",
    "share_secret",
    "show",
    "stored_inside",
]

SECRET_VARIABLE: Final = "OUTREACH_SECRET"  # noqa: S105 - a name, no secret
FORM: Final = re.compile(r"[0-9a-fA-F]{64}")
ID: Final = re.compile(r"[0-9a-f]{32}")

# Names in the table of settings.
LEDGER_ID: Final = "ledger id"
CHECK: Final = "check of secret"
STORED: Final = "key of hashes"  # as the first ledgers call the secret itself
VACUUM_DUE: Final = "vacuum due"

BRING_OVER: Final = (
    f'run "outreach secret" where the ledger was made and "outreach secret --set" here; or set {SECRET_VARIABLE}'
)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a database says of its secret; None where it does not.

    Args:
        id: Of the ledger; there once the ledger has a secret.
        check: What the secret makes of the id.
        stored: The secret itself.
        vacuum_due: Whether free pages of the file may still hold it.

    """

    id: str | None
    check: str | None
    stored: str | None
    vacuum_due: bool

    @property
    def file(self) -> str:
        """Where this machine keeps the secret, in the user's folder.

        Raises:
            InputError: The id is none of ours, which would lead anywhere.

        """
        if self.id is None or not ID.fullmatch(self.id):
            raise InputError("this ledger is damaged: its id is invalid", hint="use an older copy")
        return f"secrets/{self.id}"

    def fits(self, secret: bytes) -> bool:
        """Whether a secret is that of the ledger."""
        return hmac.compare_digest((self.check or "").encode(), _check(self.id or "", secret).encode())


class LedgerSecret:
    """The secret of a kept ledger; looked for, or made, when it is first asked for.

    Args:
        database: Of the ledger, with the tables of today.

    """

    def __init__(self, database: Database) -> None:
        self._database: Final = database

    def __call__(self) -> bytes:
        """Return the secret.

        Raises:
            InputError: It is not on this machine, or what is there is not that of the ledger.
            OutputError: It cannot be kept, so that none was made.

        """
        return self._found

    @cached_property
    def _found(self) -> bytes:
        known = _read(self._database)
        if known.id is None:
            with self._database.writing() as connection:
                known = name_ledger(connection)  # another process may have been first
                if known.id is None:
                    return _make(connection)
        secret = _find(self._database.label, known)
        if known.stored is not None:
            _move(self._database)  # where opening could not; tells why
        return secret


class ThrowAwaySecret:
    """A secret for a ledger that goes with the run: nothing of it is kept."""

    def __init__(self) -> None:
        self._found: Final = secrets.token_bytes(32)

    def __call__(self) -> bytes:
        """Return the secret."""
        return self._found


def show(database: Database) -> bytes:
    """Return the secret of a ledger that has one.

    Raises:
        InputError: It has none yet, or it is not on this machine.

    """
    known = _read(database)
    if known.id is None:
        raise InputError(
            f"{database.label}: this ledger has no secret yet",
            hint="the first import of sign-ups or orders makes it: outreach track signups.csv",
        )
    return _find(database.label, known)


def share_secret(one: Database, other: Database) -> bool:
    """Tell whether the hashes of two ledgers are made with one secret; a ledger without any takes the other's id.

    Then its hashes are made with the other's secret from now on, which has to be brought to this machine.
    """
    here, there = _read(one), _read(other)
    if there.id is None:  # it has no hashes
        return True
    if here.id is None:
        with one.writing() as connection:
            here = _known(connection)
            if here.id is None:
                pairs = ((LEDGER_ID, there.id), (CHECK, there.check))
                connection.execute(insert(SETTINGS), [{"name": name, "value": value} for name, value in pairs])
                return True
    if (here.id, here.check) == (there.id, there.check):
        return True
    try:
        return _find(one.label, here) == _find(other.label, there)
    except InputError:
        return False


def adopt(database: Database, secret: bytes) -> Path:
    """Keep a ledger's secret on this machine; a ledger without one gets it. Return the file.

    Raises:
        InputError: The ledger has another one.
        OutputError: It cannot be kept.

    """
    with database.writing() as connection:
        known = name_ledger(connection)
        if known.id is None:
            known = _add_id(connection, secret)
        if not known.fits(secret):
            raise InputError(
                f"--set: this is not the secret of {database.label}; nothing was changed",
                hint="use the one from the computer where the ledger was made: outreach secret",
            )
        return _save(known, secret)


def parse(text: str) -> bytes | None:
    """Return the secret that a text says, None where it says none.

    Example:
        >>> len(parse("  " + "0F" * 32 + " ")), parse("0f")
        (32, None)

    """
    found = FORM.fullmatch(text.strip())
    return bytes.fromhex(found[0]) if found else None


def stored_inside(database: Database) -> bool:
    """Whether a database holds its own secret, so that a copy of it tells whether a person is in it."""
    return _read(database).stored is not None


def move_out(database: Database) -> None:
    """Take the secret out of a database that still holds it, as far as that can be done now; the rest comes later.

    It is in the user's folder (or in ``OUTREACH_SECRET``) before its row goes, and nowhere in the file at the end.
    """
    known = _read(database)
    with suppress(OutreachError):  # who only reads is not kept from that; an import asks again, and tells
        if known.stored is not None:
            _move(database)
            known = _read(database)
        if known.vacuum_due:
            _vacuum(database)


def name_ledger(connection: Connection) -> _Known:
    """Give a ledger that has its secret inside and no id one, as those of before; return what it says now."""
    known = _known(connection)
    if known.id is not None or known.stored is None:
        return known
    return _add_id(connection, _parsed(known.stored))


def _add_id(connection: Connection, secret: bytes) -> _Known:
    """Give a ledger its id and the check value of its secret."""
    ledger_id = secrets.token_hex(16)
    rows = {LEDGER_ID: ledger_id, CHECK: _check(ledger_id, secret)}
    connection.execute(insert(SETTINGS), [{"name": name, "value": value} for name, value in rows.items()])
    return _known(connection)


def _make(connection: Connection) -> bytes:
    """Make the secret of a ledger, in a transaction that nobody else writes beside.

    The file is there before the ledger says that it has a secret: a kill in between leaves a file too many, never a
    ledger without its secret.
    """
    if (given := _from_environment()) is not None:
        _add_id(connection, given)
        return given
    made = secrets.token_bytes(32)
    known = _add_id(connection, made)
    if _on_server(connection):
        connection.execute(insert(SETTINGS).values(name=STORED, value=made.hex()))
    else:
        _save(known, made)
    return made


def _find(label: str, known: _Known) -> bytes:
    """Return the secret of a ledger that has one.

    Raises:
        InputError: It is nowhere, or not that of the ledger.

    """
    if (given := _from_environment()) is not None:
        if not known.fits(given):
            raise InputError(
                f"{SECRET_VARIABLE}: this is not the secret of {label}",
                hint="set it to the secret of this ledger, or empty it to use the one on this computer",
            )
        return given
    if known.stored is not None:
        return _parsed(known.stored)
    if (text := read_private(known.file)) is None:
        raise InputError(
            f"{label}: the secret of its hashes is not on this computer; without it, sign-ups and orders cannot be "
            f"read",
            hint=BRING_OVER,
        )
    secret = parse(text)
    if secret is None or not known.fits(secret):
        what = "damaged" if secret is None else f"not the secret of {label}"
        raise InputError(f"{user_folder() / known.file}: this file is {what}", hint=BRING_OVER)
    return secret


def _parsed(stored: str) -> bytes:
    """Return the secret that lies in a database.

    Raises:
        InputError: It is none.

    """
    if (secret := parse(stored)) is None:
        raise InputError("this ledger is damaged: the secret in it is invalid", hint="use an older copy")
    return secret


def _move(database: Database) -> None:
    """Take the secret's row out of a database, once the secret is elsewhere for sure.

    Raises:
        InputError: It is damaged.
        OutputError: It cannot be kept elsewhere, or the database cannot be written.

    """
    known = _read(database)
    if _on_server(database) and not _in_environment(known):
        return  # a file here would take it from everybody else
    with database.writing() as connection:
        known = name_ledger(connection)  # another process may have been first
        if known.stored is None:
            return
        if not _on_server(database):
            _keep_outside(known)
            connection.execute(insert(SETTINGS).values(name=VACUUM_DUE, value="1"))
        connection.execute(delete(SETTINGS).where(SETTINGS.c.name == STORED))


def _keep_outside(known: _Known) -> None:
    """Write the secret that lies in a ledger into the user's folder.

    Raises:
        OutputError: It cannot be written, and is not in ``OUTREACH_SECRET`` either.

    """
    try:
        _save(known, _parsed(known.stored or ""))
    except OutputError:
        if not _in_environment(known):
            raise


def _in_environment(known: _Known) -> bool:
    """Whether ``OUTREACH_SECRET`` says the secret that lies in a database."""
    given = parse(os.environ.get(SECRET_VARIABLE, ""))
    return given is not None and given == parse(known.stored or "")


def _vacuum(database: Database) -> None:
    """Write an SQLite file anew without its free pages; rows that went may still be read in those."""
    database.compact()
    with database.writing() as connection:
        connection.execute(delete(SETTINGS).where(SETTINGS.c.name == VACUUM_DUE))


def _from_environment() -> bytes | None:
    """Return what ``OUTREACH_SECRET`` says, None where it is not set.

    Raises:
        OptionError: It is no secret.

    """
    text = os.environ.get(SECRET_VARIABLE, "").strip()
    if text and parse(text) is None:
        raise OptionError(
            f"{SECRET_VARIABLE}: this is not the secret of a ledger",
            hint='64 digits 0-9 and a-f, as "outreach secret" shows',
        )
    return parse(text)


def _save(known: _Known, secret: bytes) -> Path:
    """Write a secret into the user's folder.

    Raises:
        OutputError: It cannot be written.

    """
    try:
        return write_private(known.file, f"{secret.hex()}\n")
    except OutputError as err:
        raise OutputError(f"the secret of the ledger's hashes cannot be kept: {err.message}", hint=err.hint) from err


def _check(ledger_id: str, secret: bytes) -> str:
    """Return what tells a wrong secret from the right one: it has 256 random bits, so that this tells nothing of it."""
    mark = hashlib.blake2b(ledger_id.encode(), key=secret, digest_size=16, person=b"check of secret")
    return mark.hexdigest()


def _read(database: Database) -> _Known:
    with database.reading() as connection:
        return _known(connection)


def _known(connection: Connection) -> _Known:
    names = (LEDGER_ID, CHECK, STORED, VACUUM_DUE)
    query = select(SETTINGS.c.name, SETTINGS.c.value).where(SETTINGS.c.name.in_(names))
    values: dict[str, str] = {name: value for name, value in connection.execute(query)}  # noqa: C416 - rows are no pairs to mypy
    return _Known(values.get(LEDGER_ID), values.get(CHECK), values.get(STORED), VACUUM_DUE in values)


def _on_server(database: Database | Connection) -> bool:
    dialect = database.dialect if isinstance(database, Connection) else database.engine.dialect
    return dialect.name != "sqlite"
