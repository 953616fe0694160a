"""A plain table as the engine sees it: a relation, and which of its columns says what."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from outreach.engine import literal, literal_path, quoted
from outreach.errors import InputError
from outreach.likes.plain.columns import Mapped, choose_columns, map_columns
from outreach.likes.plain.lines import BadLine, lines_of_rows
from outreach.likes.plain.text import Text, decoded, prepare
from outreach.likes.sources import HEAD_BYTES
from outreach.likes.spool import new_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from outreach.engine import Engine
    from outreach.likes.sources import Source

__all__ = ["Scan", "followers_refused", "mapped_columns", "scan"]

LINE_BYTES: Final = 4 * 1024 * 1024
LONGEST_RECORD: Final = 8 * 1024 * 1024
NOT_TABLES: Final = (
    (b"PK\x03\x04", "an Excel workbook or a ZIP archive", 'open it and save the sheet as "CSV UTF-8"'),
    (b"PK\x05\x06", "an empty ZIP archive", "export it again"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)", 'open it and save the sheet as "CSV UTF-8"'),
    (b"%PDF", "a PDF document", "ask for the list as a table"),
    (b"\x89PNG", "a picture", "ask for the list as a table"),
    (b"\xff\xd8\xff", "a picture", "ask for the list as a table"),
    (b"GIF8", "a picture", "ask for the list as a table"),
    (b"SQLite format 3", "a database", "export the table as CSV"),
    (b"{\\rtf", "a text document", "paste the table into a sheet and save it as CSV"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it and give the files inside"),
    (b"Rar!", "a RAR archive", "unpack it and give the files inside"),
    (b"BZh", "a bzip2 file", "unpack it and give the file inside"),
    (b"\xfd7zXZ", "an xz file", "unpack it and give the file inside"),
    (b"\x28\xb5\x2f\xfd", "a zstd file", "unpack it and give the file inside"),
)
FOLLOWERS: Final = ("follower%", "подписчик%", "sekotaj%", "ακολουθο%")
NO_RECORD: Final = "no JSON record with the columns of the others"
MORE_CELLS: Final = "more cells than the header has columns: quote cells that hold the separator"
A_FOLLOWER: Final = "a follower of the account, not something that it follows"


@dataclass(frozen=True, slots=True)
class Scan:
    """One table, ready to be read any number of times.

    Args:
        label: What messages call it.
        relation: The table expression.
        cells: Role to the SQL expression of its text; empty is NULL.
        mapped: Which column says what, for the remark.
        faults: Conditions under which a row cannot be used, each with its reason.
        spaced: Whether labels may need trimming.
        bad: Lines that never reach the relation.
        text: Where lines are numbered.
        records: JSON with one record a line, where lines are numbered too; formats without lines number rows.
        headers: Texts of the columns, to recognise a header that is repeated below.

    """

    label: str
    relation: str
    cells: Mapping[str, str]
    mapped: Mapped
    faults: tuple[tuple[str, str], ...] = ()
    spaced: bool = True
    bad: tuple[BadLine, ...] = ()
    text: Text | None = None
    records: Path | None = None
    headers: frozenset[str] = field(default_factory=frozenset)

    def lines(self, rows: Sequence[int]) -> list[int]:
        """Return the line for each row number (from 1, ascending)."""
        if self.text is not None:
            return lines_of_rows(self.text.path, self.text.skip, rows)
        return list(rows) if self.records is None else lines_of_rows(self.records, 0, rows, spaces=False)


def scan(engine: Engine, source: Source, chosen: Mapping[str, str]) -> Scan:
    """Recognise a table by its content.

    Args:
        engine: Reads Parquet's own description, and lends its private folder.
        source: The file.
        chosen: Roles that the user gave to columns.

    Raises:
        InputError: The file is no table, or does not tell who follows what.

    """
    for magic, what, hint in NOT_TABLES:
        if source.head.startswith(magic):
            raise InputError(f"{source.label}: this is {what}, not a table", hint=hint)
    if source.head.startswith(b"PAR1"):
        return _checked(_parquet(engine, source, chosen))
    path = decoded(source, engine.folder)
    head = source.head if path == source.path else _head(path)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"[", b"{"}:
        return _checked(_json(engine, source, path, chosen))
    return _checked(_delimited(source, path, engine.folder, chosen))


def _checked(table: Scan) -> Scan:
    """Refuse a table of followers; where a column tells the direction, sort out the followers' rows."""
    if not table.mapped.queried:
        return table
    if "direction" in table.cells:
        told = " or ".join(f"lower({table.cells['direction']}) like {literal(word)}" for word in FOLLOWERS)
        return _with_fault(table, told, A_FOLLOWER)
    name = table.label.lower()
    if "follower" in name and "following" not in name:
        raise followers_refused(table.label)
    return table


def followers_refused(label: str) -> InputError:
    """Return the refusal of a table that lists followers."""
    return InputError(
        f"{label}: this is a table of followers: people who follow the account, not what the account follows",
        hint="export the list of what your customers follow (their followings)",
    )


def _with_fault(table: Scan, condition: str, reason: str) -> Scan:
    return replace(table, faults=(*table.faults, (condition, reason)))


def _delimited(source: Source, path: Path, spool: Path, chosen: Mapping[str, str]) -> Scan:
    text = prepare(source, path, spool, chosen)
    width = len(text.header)
    columns = ", ".join(f"'c{number}': 'varchar'" for number in range(width + 1))
    quote = '"' if text.quotes else ""
    relation = (
        f"read_csv({literal_path(text.path)}, auto_detect=false, header=false, skip={text.skip}, "
        f"delim={literal(text.delimiter)}, quote={literal(quote)}, escape={literal(quote)}, null_padding=true, "
        f"strict_mode=false, nullstr='', max_line_size={LINE_BYTES}, compression='none', hive_partitioning=false, "
        f"columns={{{columns}}})"
    )
    return Scan(
        label=source.label,
        relation=relation,
        cells={role: f"c{position}" for role, position in text.mapped.positions.items()},
        mapped=text.mapped,
        faults=((f"c{width} is not null", MORE_CELLS),),
        spaced=text.spaced,
        bad=text.bad,
        text=text,
        headers=frozenset(text.mapped.headers or ()),
    )


def _parquet(engine: Engine, source: Source, chosen: Mapping[str, str]) -> Scan:
    import duckdb

    relation = f"read_parquet({literal_path(source.path)}, hive_partitioning=false)"
    try:
        names = [str(row[0]) for row in engine.rows(f"describe select * from {relation}")]
    except duckdb.Error as err:
        raise InputError(f"{source.label}: the Parquet file is cut off or damaged", hint="export it again") from err
    return _named_columns(source, relation, names, chosen)


def _json(engine: Engine, source: Source, path: Path, chosen: Mapping[str, str]) -> Scan:
    head = _head(path).decode("utf-8", errors="replace")
    if head.startswith("\ufeff"):
        path = _without_mark(path, engine.folder)
        head = head[1:]
    array = head.lstrip().startswith("[")
    if not _json_records(head, array=array):  # the first record is longer than the head
        head = _head(path, LONGEST_RECORD).decode("utf-8", errors="replace")
    names = _json_names(source.label, head, array=array)
    form = "array" if array else "newline_delimited"
    mapped = mapped_columns(source.label, names, chosen)
    used = [names[position] for position in mapped.positions.values()]
    columns = ", ".join(f"{literal(name)}: 'varchar'" for name in dict.fromkeys(used))
    relation = (
        f"read_json({literal_path(path)}, format={literal(form)}, columns={{{columns}}}, hive_partitioning=false, "
        f"compression='none', ignore_errors={'false' if array else 'true'})"
    )
    table = _named_columns(source, relation, names, chosen)
    nothing = " and ".join(f"{cell} is null" for cell in table.cells.values())
    # Where nothing was understood the customer is a space, because rows without any text count as blank lines.
    cells = {**table.cells, "customer": f"case when {nothing} then ' ' else {table.cells['customer']} end"}
    table = replace(table, cells=cells, records=None if array else path)
    return _with_fault(table, nothing, NO_RECORD)


def _head(path: Path, size: int = HEAD_BYTES) -> bytes:
    with path.open("rb") as stream:
        return stream.read(size)


def _without_mark(path: Path, spool: Path) -> Path:
    """Copy a text without its byte order mark."""
    import shutil

    target = new_file(spool)
    with path.open("rb") as stream, target.open("wb") as copy:
        stream.seek(3)
        shutil.copyfileobj(stream, copy)
    return target


def _json_names(label: str, head: str, *, array: bool) -> list[str]:
    """Return the keys of the first records."""
    names: dict[str, None] = {}
    for record in _json_records(head, array=array):
        if not isinstance(record, dict):
            if not array:
                continue
            raise InputError(
                f"{label}: a JSON list of something else than records",
                hint='records look like {"customer": …, "resource": …}',
            )
        names.update(dict.fromkeys(record))
    if not names and re.fullmatch(r"\s*\[\s*\]\s*", head):
        raise InputError(f"{label}: the JSON list is empty", hint="export it again")
    if not names:
        raise InputError(
            f"{label}: this is not a JSON list of records, nor one record a line",
            hint='write [{"customer": …, "resource": …}, …]',
        )
    return list(names)


def _json_records(head: str, *, array: bool) -> list[Any]:
    """Return the records that are whole in the head of a file."""
    decoder = json.JSONDecoder()
    records: list[Any] = []
    if not array:
        for line in head.splitlines():
            try:
                records.append(json.loads(line))
            except (ValueError, RecursionError):
                continue
        return records
    at = head.index("[") + 1
    while True:
        at = _after_blanks(head, at)
        try:
            record, at = decoder.raw_decode(head, at)
        except (ValueError, RecursionError):
            return records
        records.append(record)


def _after_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n,":
        at += 1
    return at


def mapped_columns(label: str, names: Sequence[str], chosen: Mapping[str, str]) -> Mapped:
    """Map the columns of a table whose columns surely have names.

    Raises:
        InputError: They do not tell who follows what.

    """
    mapped = choose_columns(names, chosen, label) if chosen else map_columns(names)
    if not mapped.complete:
        missing = "customer" if "customer" not in mapped.positions else "resource"
        raise InputError(
            f"{label}: no column tells the {missing}",
            hint=f'name one "{missing}", or say which it is: --columns customer=NAME,resource=NAME',
        )
    return mapped


def _named_columns(source: Source, relation: str, names: Sequence[str], chosen: Mapping[str, str]) -> Scan:
    mapped = mapped_columns(source.label, names, chosen)
    return Scan(
        label=source.label,
        relation=relation,
        cells={
            role: f"nullif(cast({quoted(names[position])} as varchar), '')"
            for role, position in mapped.positions.items()
        },
        mapped=mapped,
    )
