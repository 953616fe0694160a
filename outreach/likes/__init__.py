"""Step 1: what the customers follow."""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Final

from outreach import _likes as _public_likes
from outreach.errors import InputError, UnknownResourceError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.engine import Engine
    from outreach.keys.aliases import Alias
    from outreach.likes.gather import Gathering
    from outreach.likes.plain.scan import Scan
    from outreach.likes.rejected import Rejection
    from outreach.tables import Table

__all__ = ["Likes", "addresses_in", "find_resource", "from_scans", "hand_aliases", "read", "resource_key"]

FOUND_SHOWN: Final = 5
SMALL_BYTES: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Likes:
    """What was read: three tables, and what there is to say about the reading.

    Args:
        engine: Where the tables live; they are gone when it closes.
        likes: ``tables.LIKES``, one row for each (customer, resource).
        lists: ``tables.LISTS``, one row for each (customer, platform) of which a list is known.
        resources: ``tables.RESOURCES``, one row for each resource.
        labels: The sources that were read, as the user named them.
        rejections: Why rows could not be used, with counts, the most frequent first.
        remarks: Sentences for the user: which column was taken for what, what was passed over.
        doubts: Sentences for the user: what was not understood, or contradicts itself.
        gathering: The steps behind, for asking further.
        customers: Number of distinct customers of whom any list is known.

    """

    engine: Engine
    likes: Table
    lists: Table
    resources: Table
    labels: tuple[str, ...]
    rejections: tuple[Rejection, ...]
    remarks: tuple[str, ...]
    doubts: tuple[str, ...]
    gathering: Gathering
    customers: int

    @property
    def rejected_count(self) -> int:
        """Number of rows that could not be used."""
        return sum(rejection.rows for rejection in self.rejections)

    def rejected(self, limit: int | None = None) -> Table:
        """Return the rejected rows (``tables.REJECTED``) with their lines; ``limit`` of each reason and source."""
        from outreach.likes.rejected import rejected_rows

        return rejected_rows(self.gathering, limit)


def read(
    engine: Engine,
    paths: Sequence[str | Path],
    *,
    columns: Mapping[str, str] | None = None,
    assume_platform: str | None = None,
    same_as: str | Path | None = None,
) -> Likes:
    """Read likes from files, folders and standard input.

    Args:
        engine: Where the tables are made; fresh.
        paths: Files, folders, or ``-``.
        columns: Role to header or number, for tables whose headers are not recognised.
        assume_platform: The platform of handles that come without one.
        same_as: A table ``resource,same_as`` of aliases by hand.

    Raises:
        InputError: Something cannot be read, or tells nothing about likes.

    """
    from outreach.likes.plain.scan import scan
    from outreach.likes.sources import Skipped, sources

    scans: list[Scan] = []
    remarks: list[str] = []
    passed_over: list[str] = []
    refused: InputError | None = None
    size = 0
    for source in sources(paths, engine.folder):
        if isinstance(source, Skipped):
            passed_over.append(f"{source.source}: {source.why}")
            continue
        size += source.path.stat().st_size
        try:
            scans.append(scan(engine, source, columns or {}))
        except InputError as err:
            if not source.found:
                raise
            refused = refused or err
            passed_over.append(err.message)
    if not scans:
        raise refused or InputError("nothing to read")
    if size < SMALL_BYTES:
        engine.run("set threads = 1")  # to share so little out costs more than to do it
    remarks += [f"{table.label}: {table.mapped.said()}" for table in scans[:FOUND_SHOWN]]
    if len(scans) > FOUND_SHOWN:
        remarks.append(f"and {len(scans) - FOUND_SHOWN} more files")
    remarks += [f"Passed over {line}" for line in passed_over[:FOUND_SHOWN]]
    if len(passed_over) > FOUND_SHOWN:
        remarks.append(f"Passed over {len(passed_over) - FOUND_SHOWN} more files")
    by_hand = hand_aliases(same_as) if same_as is not None else []
    return from_scans(engine, scans, assume_platform=assume_platform, by_hand=by_hand, remarks=remarks)


def from_scans(
    engine: Engine,
    scans: Sequence[Scan],
    *,
    assume_platform: str | None = None,
    by_hand: Sequence[Alias] = (),
    remarks: Sequence[str] = (),
    may_be_empty: bool = False,
) -> Likes:
    """Read likes from recognised tables.

    Raises:
        InputError: No row of any table can be used, unless that is fine.

    """
    from outreach.likes.gather import Gathering
    from outreach.likes.rejected import rejections

    gathering = Gathering(engine, scans, assume_platform=assume_platform, by_hand=by_hand)
    gathering.run()
    likes, lists, resources = gathering.tables()
    why_not = rejections(gathering)
    labels = tuple(table.label for table in scans)
    customers, alike = gathering.customers()
    if not customers and not may_be_empty:
        raise _nothing_usable(labels, why_not)
    return Likes(
        engine=engine,
        likes=likes,
        lists=lists,
        resources=resources,
        labels=labels,
        rejections=why_not,
        remarks=(*remarks, *_choices(gathering, alike)),
        doubts=tuple(_doubts(gathering)),
        gathering=gathering,
        customers=customers,
    )


def _nothing_usable(labels: Sequence[str], why_not: Sequence[Rejection]) -> InputError:
    where = ", ".join(labels[:3])
    if not why_not:
        return InputError(f"{where}: there is a header line, and no rows below it", hint="export or save it again")
    rows = sum(rejection.rows for rejection in why_not)
    top = why_not[0]
    return InputError(
        f"{where}: none of the {rows} rows can be used; most often ({top.rows}): {top.reason}",
        hint="outreach key ADDRESS tells what an address leads to",
    )


def _choices(gathering: Gathering, alike: int) -> list[str]:
    """Say what was decided where the tables left it open."""
    said: list[str] = []
    if strangers := gathering.strangers:
        said.append(
            f"Handles without a platform: {strangers}; a platform column or --assume-platform NAME gives them one."
        )
    if alike:
        said.append(f"Customers whose labels differ from another's only in upper and lower case: {alike}; kept apart.")
    if apart := gathering.sizes_apart():
        said.append(f"Resources of two sizes, one at least twice the other: {apart}; the larger size counts.")
    return said


def _doubts(gathering: Gathering) -> list[str]:
    """Say what was not understood, or contradicts itself."""
    said: list[str] = []
    if sizes := gathering.sizes_not_understood():
        said.append(
            f"Subscriber counts that are not whole numbers above 0: {sizes}; taken as unknown (write 12500 or 12 500)."
        )
    if dates := gathering.dates_not_understood():
        said.append(f"Dates that were not understood: {dates}; taken as unknown.")
    if conflicts := gathering.conflicts:
        shown = "; ".join(f"{alias.key} and {alias.same_as}" for alias in conflicts[:3])
        said.append(
            f"Pairs of addresses said to be one resource that cannot be: {len(conflicts)} ({shown}); kept apart."
        )
    return said


def hand_aliases(path: str | Path) -> list[Alias]:
    """Read aliases that the user wrote: a CSV file with the columns ``resource,same_as``.

    Raises:
        InputError: The file cannot be read, or a line does not name two resources.

    """
    from outreach.keys import identify
    from outreach.keys.aliases import Alias

    aliases: list[Alias] = []
    for line, row in _records(path, ("resource", "same_as")):
        keys = [identify(text).key for text in row]
        if keys[0] is None or keys[1] is None:
            bad = "resource" if keys[0] is None else "same_as"
            raise InputError(
                f"{path}, line {line}: the {bad} address names no resource", hint="outreach key ADDRESS tells why"
            )
        aliases.append(Alias(keys[0], keys[1], "by hand"))
    return aliases


def addresses_in(path: str | Path) -> list[str]:
    """Return the addresses in a file: one a line, or the column ``resource`` of a table.

    Raises:
        InputError: The file cannot be read.

    """
    text = _small_text(path)
    first = text.partition("\n")[0].casefold()
    if "resource" in first:
        return [row[0] for _, row in _records(path, ("resource",)) if row[0].strip()]
    return [line.strip() for line in text.splitlines() if line.strip()]


def _small_text(path: str | Path) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except OSError as err:
        raise InputError(f"{path}: cannot be read ({err.strerror})", hint="check the path") from err
    except UnicodeDecodeError as err:
        raise InputError(f"{path}: the text is not UTF-8", hint='save it as "CSV UTF-8"') from err


def _records(path: str | Path, columns: Sequence[str]) -> list[tuple[int, list[str]]]:
    """Read the named columns of a small CSV file, with the line of each row."""
    text = _small_text(path)
    first = text.partition("\n")[0]
    delimiter = next((sign for sign in ",;\t" if sign in first), ",")
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as err:
        raise InputError(
            f"{path}, line {reader.line_num}: a quote that is never closed, or a cell without end",
            hint="look at the quotes of that line",
        ) from err
    header = [cell.strip().casefold() for cell in rows[0][1]] if rows else []
    missing = [column for column in columns if column not in header]
    if missing:
        raise InputError(f"{path}: no column {missing[0]}", hint=f"the first line reads {','.join(columns)}")
    places = [header.index(column) for column in columns]
    return [
        (line, [row[place] if place < len(row) else "" for place in places])
        for line, row in rows[1:]
        if any(cell.strip() for cell in row)
    ]


def resource_key(likes: Likes, address: str) -> str:
    """Return the key under which an address stands in these likes, aliases followed.

    Raises:
        UnknownResourceError: The address names no resource.

    """
    from outreach.keys import identify

    key, why = identify(address, likes.gathering.addresses.assume_platform)
    if key is None:
        raise UnknownResourceError(f"this address names no resource: {why}", hint="outreach key ADDRESS tells more")
    merged = likes.engine.rows("select same_as from merged where key = ?", [key])
    return str(merged[0][0]) if merged else key


def find_resource(likes: Likes, address: str) -> int | None:
    """Return the number of a resource in these likes, None where nobody follows it.

    Raises:
        UnknownResourceError: The address names no resource.

    """
    from outreach.keys import is_name, platform_of

    key = resource_key(likes, address)
    rows = likes.engine.rows(f"select resource_id from {likes.resources.relation} where resource = ?", [key])
    if not rows and is_name(key) and platform_of(key) == "other":
        rows = _called(likes, address)
    return int(rows[0][0]) if rows else None


def _called(likes: Likes, text: str) -> list[tuple[int]]:
    """Return the number of the one resource that a name or a handle without its platform means.

    Raises:
        UnknownResourceError: Several resources are called so.

    """
    from outreach.keys import name_key

    handle, named = text.strip().removeprefix("@").casefold(), name_key(text, None)
    found = [
        (resource_id, key)
        for resource_id, key, name in likes.engine.rows(
            f"select resource_id, resource, name from {likes.resources.relation} order by resource"
        )
        if key.partition(":")[2].removeprefix("@") == handle or (name is not None and name_key(name, None) == named)
    ]
    if len(found) > 1:
        raise UnknownResourceError(
            f"{len(found)} places are called so: {', '.join(key for _, key in found[:5])}",
            hint="give one of these keys",
        )
    return [(resource_id,) for resource_id, _ in found]


class _Room(ModuleType):
    """This room when it is called: ``outreach.likes`` is a public function too, and importing must not hide it."""

    __call__ = staticmethod(_public_likes)


sys.modules[__name__].__class__ = _Room
