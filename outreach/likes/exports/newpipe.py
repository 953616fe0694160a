"""NewPipe: the database of its whole export, ``newpipe.db`` (SQLite), alone or in ``NewPipeData-….zip``.

From documents only: what its makers tell of the tables. Its export of subscriptions alone is JSON: ``youtube_json``.
The file is somebody else's: a bounded copy in memory is opened, nothing but the one table is read, and no longer than
a list takes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.files.contract import Remark
from outreach.likes.exports.base import FileByFile, Like, Listed, other_list
from outreach.likes.exports.values import number, text
from outreach.likes.exports.youtube_takeout import channel
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part

__all__ = ["NewPipe"]

SQLITE: Final = b"SQLite format 3\0"
NAME: Final = re.compile(r"newpipe[^/]*\.db|tubular[^/]*\.db|pipepipe[^/]*\.db", re.IGNORECASE).fullmatch
LARGEST: Final = 64 << 20
MOST: Final = 100_000
STEPS: Final = 50_000_000
"""Of SQLite's machine; a list of the most channels takes a hundredth."""

JOURNAL: Final = slice(18, 20)  # the header's bytes that ask for a second file beside it
YOUTUBE: Final = 0
AGAIN: Final = "export it again; in NewPipe, Subscriptions > ⋮ > Export writes the list only"


class NewPipe(FileByFile):
    """Channels that a person subscribed to in NewPipe or one of its relatives."""

    name = "newpipe"
    platform = "youtube"
    reads = "YouTube: newpipe.db of NewPipe's whole export (NewPipeData-….zip), Tubular, PipePipe"
    ask = "NewPipe: Settings > Backup and restore > Export database; or Subscriptions > ⋮ > Export"
    evidence: Evidence = "documents"
    paths = re.compile(r"(?:^|/)(?:newpipe|tubular|pipepipe)[^/]*\.db$", re.IGNORECASE)

    def identify(self, source: Source) -> bool:
        """Tell by SQLite's first bytes, and the table in the beginning or the name."""
        if not source.head.startswith(SQLITE):
            return False
        return NAME(source.name) is not None or b"subscriptions" in source.head

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield the channels.

        Raises:
            InputError: The database is damaged, or longer than any list.

        """
        rows = _subscriptions(source)
        if rows is None:
            yield other_list(source, "not-follows")
            return
        yield Listed("youtube")
        others = 0
        for line, (service, url, name, size) in enumerate(rows, start=1):
            if service != YOUTUBE:
                others += 1
                continue
            part = channel(source.label, line, "", text(url), text(name))
            yield part._replace(subscribers=number(size)) if isinstance(part, Like) else part
        if others:
            yield Remark(message("no-channels-left-out", records=others))


def _subscriptions(source: Source) -> list[tuple[Any, ...]] | None:
    """Return service, address, name and size of each channel; None where the database has no such table.

    Raises:
        InputError: It is damaged, or too long.

    """
    import sqlite3

    if source.path.stat().st_size > LARGEST:
        raise InputError(f"a database of more than {LARGEST >> 20} MB", where=source.label, hint=AGAIN)
    content = bytearray(source.path.read_bytes())
    content[JOURNAL] = b"\1\1"
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(bytes(content))
        connection.execute("pragma trusted_schema = off")
        connection.execute("pragma query_only = on")
        connection.set_progress_handler(lambda: 1, STEPS)
        known = {str(row[1]) for row in connection.execute("pragma table_info('subscriptions')")}
        plain = connection.execute(
            "select 1 from sqlite_schema where name = 'subscriptions' and type = 'table'"
            " and sql not like 'create virtual%'"
        ).fetchone()
        if plain is None or not {"service_id", "url", "name"} <= known:
            return None
        size = "subscriber_count" if "subscriber_count" in known else "null"
        return connection.execute(f"select service_id, url, name, {size} from subscriptions limit {MOST}").fetchall()
    except (sqlite3.Error, OverflowError, UnicodeError) as err:
        raise InputError("this database is damaged", where=source.label, hint=AGAIN) from err
    finally:
        connection.close()
