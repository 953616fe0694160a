"""Parquet and JSON: tables whose columns surely have names."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from outreach.engine import driver, literal_path
from outreach.errors import InputError
from outreach.files.json_text import parsed
from outreach.files.streams import first_bytes
from outreach.files.temporary import new_file
from outreach.likes.plain.base import NoListError
from outreach.likes.plain.columns import columns_of, without_followers
from outreach.likes.plan import Fault, Form, ReadPlan
from outreach.likes.tables import Long, UndecidedError, pairs_of_head, recognise
from outreach.likes.tables.contract import HEAD_ROWS, Head
from outreach.likes.tables.titles import whose
from outreach.messages import describe, message
from outreach.words.columns import choose_columns, map_columns
from outreach.words.fold import fold_header
from outreach.words.vocabulary import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from outreach.engine import Engine
    from outreach.files.grid import Row
    from outreach.files.source import Source
    from outreach.likes.plan import ReadOptions
    from outreach.words.columns import Mapped

__all__ = ["mapped_columns", "plan_json", "plan_parquet"]

LONGEST_RECORD: Final = 8 * 1024 * 1024


def plan_parquet(engine: Engine, source: Source, options: ReadOptions) -> ReadPlan:
    """Return how a Parquet file is to be read.

    Raises:
        InputError: The file is damaged, or does not tell who follows what.

    """
    relation = f"read_parquet({literal_path(source.path)}, hive_partitioning=false)"
    try:
        names = [str(row[0]) for row in engine.rows(f"describe select * from {relation}")]
    except driver().Error as err:
        raise InputError("the Parquet file is cut off or damaged", where=source.label, hint="export it again") from err
    return _plan(source, source.path, Form.PARQUET, names, options)


def plan_json(engine: Engine, source: Source, path: Path, options: ReadOptions) -> ReadPlan:
    """Return how JSON is to be read: a list of records, one record a line, or lists inside objects.

    Args:
        engine: Lends its private folder.
        source: The file.
        path: Its text in UTF-8.
        options: Roles that the user gave to columns.

    Raises:
        InputError: The file holds no records, or does not tell who follows what.

    """
    from outreach.likes.plain.unwrapped import NO_FOLLOWS, unwrapped
    from outreach.likes.plain.wrapped import is_wrapped, tells_consumed

    head = first_bytes(path).decode("utf-8", errors="replace")
    if head.startswith("\ufeff"):
        path = _without_mark(path, engine.folder)
        head = head[1:]
    array = head.lstrip().startswith("[")
    records = _json_records(head, array=array)
    if not records:  # the first record is longer than the head
        records = _json_records(first_bytes(path, LONGEST_RECORD).decode("utf-8", errors="replace"), array=array)
    form = Form.JSON_LIST if array else Form.JSON_LINES
    if array and source.found and path.stat().st_size <= LONGEST_RECORD:
        parsed(source.label, path.read_text("utf-8", "replace"))  # damaged, it does not cost the others of its folder
    if not array and not _is_lines(source.name, head, records):
        found = unwrapped(source, path, engine.folder)
        path, form, records = found.path, found.form, found.records
    elif is_wrapped(records):
        found = unwrapped(source, path, engine.folder, lines=not array)
        path, form, records = found.path, found.form, found.records
    names = _json_names(source.label, head, records, array=form is Form.JSON_LIST)
    if tells_consumed(names):
        raise NoListError(describe(message("heard-or-watched")), where=source.label, hint=NO_FOLLOWS)
    plan = _plan(source, path, form, names, options, rows=_rows(names, records))
    return replace(plan, faults=tuple(sorted({*plan.faults, Fault.NO_RECORD})))


def _is_lines(name: str, head: str, records: Sequence[Any]) -> bool:
    """Return whether each line of a text is a record: several lines are, or a single one that tells the customer."""
    from outreach.likes.plain.wrapped import is_wrapped

    found = [record for record in records if isinstance(record, dict)]
    first, *more = [line.strip() for line in head.splitlines() if line.strip()] or [""]
    if not found or first.endswith((",", "{", "[")):
        return False
    if more or name.lower().removesuffix(".gz").endswith((".jsonl", ".ndjson")):
        return True
    names = list(found[0])
    owned = not words_of("headers.customers").isdisjoint(map(fold_header, names))
    return owned and map_columns(names).complete and not is_wrapped(found)


def _rows(names: Sequence[str], records: Sequence[Any]) -> list[Row]:
    """Return the first records as the rows of a table below their keys."""
    found = [record for record in records[:HEAD_ROWS] if isinstance(record, dict)]
    cells = [[_cell(record.get(name)) for name in names] for record in found]
    return list(enumerate([list(names), *cells], 1))


def _cell(value: Any) -> str:
    """Return a value as a cell; what is nested is none."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None or isinstance(value, dict | list) else str(value)


def _without_mark(path: Path, folder: Path) -> Path:
    """Copy a text without its byte order mark."""
    import shutil

    target = new_file(folder)
    with path.open("rb") as stream, target.open("wb") as copy:
        stream.seek(3)
        shutil.copyfileobj(stream, copy)
    return target


def _json_names(label: str, head: str, records: Sequence[Any], *, array: bool) -> list[str]:
    """Return the keys of the first records."""
    names: dict[str, None] = {}
    for record in records:
        if isinstance(record, dict):
            names.update(dict.fromkeys(record))
        elif array:
            raise InputError(
                "a JSON list, but not of records",
                where=label,
                hint='records look like {"customer": …, "resource": …}',
            )
    if not names and re.fullmatch(r"\s*\[\s*\]\s*", head):
        raise InputError("the JSON list is empty", where=label, hint="export it again")
    if not names:
        raise InputError(
            "this is neither a JSON list of records nor one record on each line",
            where=label,
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


def mapped_columns(
    label: str, names: Sequence[str], chosen: Mapping[str, str], *, customer: bool = False, given: bool = False
) -> Mapped:
    """Map the columns of a table whose columns surely have names.

    Args:
        label: What messages call it.
        names: Of the columns.
        chosen: Roles that the user gave to columns.
        customer: Whether the customer is known without a column.
        given: Whether the user said who it is, so that no column does.

    Raises:
        InputError: They do not tell who follows what.

    """
    mapped = choose_columns(names, chosen, label) if chosen else map_columns(names)
    if given and not chosen:
        mapped = replace(mapped, positions={role: at for role, at in mapped.positions.items() if role != "customer"})
    if mapped.complete or (customer and mapped.tells_resource):
        return mapped
    missing = "resource" if customer or "customer" in mapped.positions else "customer"
    hint = f'name a column "{missing}", or give the columns: --columns customer=NAME,resource=NAME'
    if missing == "customer" and len(mapped.positions) == len(names):  # no column is left that could be the customer
        hint = "give the customer: --customer NAME, or name the file after the customer"
    raise InputError(f"no column has the {missing}", where=label, hint=hint)


def _plan(
    source: Source, path: Path, form: Form, names: Sequence[str], options: ReadOptions, *, rows: Sequence[Row] = ()
) -> ReadPlan:
    """Return the plan of a table whose columns have names; its first rows may show that names are those of places.

    Raises:
        InputError: They do not tell who follows what, or it is a table of followers.

    """
    head = Head.asked(source.label, source.titles, rows, options, whole=False)
    customer = whose(head)
    pairs = pairs_of_head(head) if rows and customer is not None else frozenset()
    shape = None
    if rows and not options.columns:
        with suppress(UndecidedError):  # other lists may decide it
            shape = recognise(head)
    if isinstance(shape, Long) and shape.header_line == 1 and shape.mapped.tells_resource:
        mapped, constants = shape.mapped, dict(shape.constants)
    else:
        known = customer is not None
        mapped = mapped_columns(source.label, names, options.columns, customer=known, given=known and head.owner_given)
        constants = {}
    columns = columns_of({role: names[position] for role, position in mapped.positions.items()})
    if "customer" not in columns:
        constants.setdefault("customer", customer or "")
    said = [f"{role} = {'the name of the file' if role == 'customer' else text}" for role, text in constants.items()]
    plan = ReadPlan(
        source.label, form, path, columns=columns, constants=constants, pairs=pairs,
        description=", ".join((*said, mapped.describe())), mapped=mapped, size_unit=mapped.size_unit,
        unused=tuple((at, name) for at, name in enumerate(names) if at not in mapped.positions.values()),
        why=message("keys-name-columns"),
    )  # fmt: skip
    if "customer" in constants:
        plan = replace(plan, kind=message("shape-followed"))
    return without_followers(plan, mapped)
