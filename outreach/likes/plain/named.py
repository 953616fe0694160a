"""Parquet and JSON: tables whose columns surely have names."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from outreach.engine import literal, literal_path, quoted
from outreach.errors import InputError
from outreach.files import HEAD_BYTES
from outreach.files.spool import new_file
from outreach.likes.plain.base import How, Scan
from outreach.likes.tables.titles import customer_of_titles
from outreach.words.columns import Mapped, choose_columns, map_columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from outreach.engine import Engine
    from outreach.files.sources import Source

__all__ = ["head_of", "json_records", "mapped_columns", "parquet"]

LONGEST_RECORD: Final = 8 * 1024 * 1024
NO_RECORD: Final = "no JSON record with the columns of the others"


def parquet(engine: Engine, source: Source, how: How) -> Scan:
    """Recognise the columns of a Parquet file.

    Raises:
        InputError: The file is damaged, or does not tell who follows what.

    """
    import duckdb

    relation = f"read_parquet({literal_path(source.path)}, hive_partitioning=false)"
    try:
        names = [str(row[0]) for row in engine.rows(f"describe select * from {relation}")]
    except duckdb.Error as err:
        raise InputError(f"{source.label}: the Parquet file is cut off or damaged", hint="export it again") from err
    return _named_columns(source, relation, names, how)


def json_records(engine: Engine, source: Source, path: Path, how: How) -> Scan:
    """Recognise the columns of JSON: a list of records, or one record a line.

    Args:
        engine: Lends its private folder.
        source: The file.
        path: Its text in UTF-8.
        how: Roles that the user gave to columns.

    Raises:
        InputError: The file holds no records, or does not tell who follows what.

    """
    head = head_of(path).decode("utf-8", errors="replace")
    if head.startswith("\ufeff"):
        path = _without_mark(path, engine.folder)
        head = head[1:]
    array = head.lstrip().startswith("[")
    if not _json_records(head, array=array):  # the first record is longer than the head
        head = head_of(path, LONGEST_RECORD).decode("utf-8", errors="replace")
    names = _json_names(source.label, head, array=array)
    form = "array" if array else "newline_delimited"
    mapped = mapped_columns(source.label, names, how.columns, customer=customer_of_titles(source.titles) is not None)
    used = [names[position] for position in mapped.positions.values()]
    columns = ", ".join(f"{literal(name)}: 'varchar'" for name in dict.fromkeys(used))
    relation = (
        f"read_json({literal_path(path)}, format={literal(form)}, columns={{{columns}}}, hive_partitioning=false, "
        f"compression='none', ignore_errors={'false' if array else 'true'})"
    )
    table = _named_columns(source, relation, names, how)
    nothing = " and ".join(f"{cell} is null" for cell in table.cells.values())
    # Where nothing was understood the customer is a space, because rows without any text count as blank lines.
    cells = {**table.cells, "customer": f"case when {nothing} then ' ' else {table.cells['customer']} end"}
    table = replace(table, cells=cells, records=None if array else path)
    return table.with_fault(nothing, NO_RECORD)


def head_of(path: Path, size: int = HEAD_BYTES) -> bytes:
    """Return the first bytes of a file."""
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


def mapped_columns(label: str, names: Sequence[str], chosen: Mapping[str, str], *, customer: bool = False) -> Mapped:
    """Map the columns of a table whose columns surely have names.

    Args:
        label: What messages call it.
        names: Of the columns.
        chosen: Roles that the user gave to columns.
        customer: Whether the customer is known without a column.

    Raises:
        InputError: They do not tell who follows what.

    """
    mapped = choose_columns(names, chosen, label) if chosen else map_columns(names)
    if mapped.complete or (customer and mapped.tells_resource):
        return mapped
    missing = "resource" if customer or "customer" in mapped.positions else "customer"
    raise InputError(
        f"{label}: no column tells the {missing}",
        hint=f'name one "{missing}", or say which it is: --columns customer=NAME,resource=NAME',
    )


def _named_columns(source: Source, relation: str, names: Sequence[str], how: How) -> Scan:
    customer = customer_of_titles(source.titles)
    mapped = mapped_columns(source.label, names, how.columns, customer=customer is not None)
    cells = {
        role: f"nullif(cast({quoted(names[position])} as varchar), '')" for role, position in mapped.positions.items()
    }
    said = mapped.said()
    kind = "one like a row"
    if "customer" not in cells:
        cells["customer"] = literal(customer or "")
        said, kind = f"customer = the name of the file, {said}", "what one customer follows"
    return Scan(label=source.label, relation=relation, cells=cells, said=said, kind=kind, mapped=mapped)
