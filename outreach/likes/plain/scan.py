"""What kind of table a source is, by its content; each table of it ready for the engine."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from outreach.engine import literal, literal_path
from outreach.errors import InputError
from outreach.files.encodings import decoded, encoding_of
from outreach.files.spool import new_file
from outreach.files.workbook import refused, workbook_kind
from outreach.likes.plain.base import How, Scan, checked, without_errors
from outreach.likes.plain.grid import gridded
from outreach.likes.plain.named import head_of, json_records, parquet
from outreach.likes.plain.text import Found, found, prepare, rows_from
from outreach.likes.tables.long import ASKEW
from outreach.likes.tables.titles import RESOURCE_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from outreach.engine import Engine
    from outreach.files.lines import BadLine
    from outreach.files.sources import Skipped, Source

__all__ = ["scans"]

LINE_BYTES: Final = 4 * 1024 * 1024
MARK: Final = b"\xef\xbb\xbf"
NOT_TABLES: Final = (
    (b"%PDF", "a PDF document", "ask for the list as a table"),
    (b"\x89PNG", "a picture", "ask for the list as a table, or type it"),
    (b"\xff\xd8\xff", "a picture", "ask for the list as a table, or type it"),
    (b"GIF8", "a picture", "ask for the list as a table, or type it"),
    (b"RIFF", "a picture or a sound", "ask for the list as a table, or type it"),
    (b"II*\x00", "a picture", "ask for the list as a table, or type it"),
    (b"MM\x00*", "a picture", "ask for the list as a table, or type it"),
    (b"SQLite format 3", "a database", "export the table as CSV"),
    (b"{\\rtf", "a text document", "paste the table into a sheet and save it as CSV"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it and give the files inside"),
    (b"Rar!", "a RAR archive", "unpack it and give the files inside"),
    (b"BZh", "a bzip2 file", "unpack it and give the file inside"),
    (b"\xfd7zXZ", "an xz file", "unpack it and give the file inside"),
    (b"\x28\xb5\x2f\xfd", "a zstd file", "unpack it and give the file inside"),
)
FILM: Final = b"ftyp"  # of a phone's photographs too; its length stands before it
SHORT_BYTES: Final = 4096  # no link to a sheet is longer
# A list or an object; "[01.05.2026 12:01] Anna" begins a chat.
JSON: Final = re.compile(rb"\s*(?:\{|\[\s*(?:[\[{\"\]]|-?[\d.]+\s*[,\]]|true|false|null|$))")
MORE_CELLS: Final = "more cells than the header has columns: quote cells that hold the separator"


def scans(engine: Engine, source: Source, how: How) -> Iterator[Scan | Skipped]:
    """Yield the tables of a source; of a workbook one for each tab.

    Args:
        engine: Reads Parquet's own description, and lends its private folder.
        source: The file.
        how: What the user says about it.

    Raises:
        InputError: The file is no table, or does not tell who follows what.

    """
    if error := _no_table(source) or refused(source.label, source.path, source.head):
        raise error
    for table in _tables(engine, source, how):
        yield without_errors(table) if isinstance(table, Scan) else table


def _no_table(source: Source) -> InputError | None:
    """Return why a source is something else, by its first bytes; None where they do not tell."""
    head = source.head
    for magic, what, hint in NOT_TABLES:
        if head.startswith(magic):
            return InputError(f"{source.label}: this is {what}, not a table", hint=hint)
    if head[4:8] == FILM:
        return InputError(f"{source.label}: this is a picture or a film, not a table", hint="type the list")
    named = source.label.lower().endswith(".gsheet")
    if head.lstrip().startswith(b"{") and (named or (b'"doc_id"' in head and len(head) < SHORT_BYTES)):
        return InputError(
            f"{source.label}: this is only a link to a Google Sheet, the lists are not in it",
            hint="open the sheet, choose File > Download > Microsoft Excel, and give that file",
        )
    return None


def _tables(engine: Engine, source: Source, how: How) -> Iterator[Scan | Skipped]:
    """Yield the tables of a workbook, or the one of another file."""
    if kind := workbook_kind(source.path, source.head):
        from outreach.likes.plain.tabs import tab_scans

        yield from tab_scans(engine, source, kind, how)
    elif source.head.startswith(b"PAR1"):
        yield checked(parquet(engine, source, how))
    else:
        yield checked(_text(engine, source, how))


def _text(engine: Engine, source: Source, how: How) -> Scan:
    """Read a text in whatever encoding: JSON, or cells between delimiters."""
    encoding = encoding_of(source.label, source.head, how.encoding)
    path, damaged = source.path, 0
    if encoding.name != "utf-8":
        path = new_file(engine.folder)
        damaged = decoded(source.path, encoding, path)
    head = source.head if path == source.path else head_of(path)
    if JSON.match(head.removeprefix(MARK)):
        table = json_records(engine, source, path, how)
    else:
        understood = found(source.label, source.titles, path, how)
        if understood.shape is None:
            table = _delimited(source, path, engine.folder, understood)
        else:
            bad: list[BadLine] = []
            table = gridded(engine, source.label, understood.shape, rows_from(path, understood, bad), bad)
    if damaged:
        table = replace(table, notes=(*table.notes, f"signs that {encoding.name} does not have: {damaged}"))
    return replace(table, encoding=encoding.said)


def _delimited(source: Source, path: Path, spool: Path, understood: Found) -> Scan:
    """Let the engine read the rows below a header line itself."""
    text = prepare(understood, path, spool)
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
        cells={role: f"c{position}" for role, position in text.mapped.positions.items()}
        | {role: literal(said) for role, said in understood.constants.items()},
        said=", ".join([text.mapped.said(), *_of_all(understood.constants)]),
        mapped=text.mapped,
        faults=((f"c{width} is not null", MORE_CELLS), *_askew(understood)),
        spaced=text.spaced,
        bad=text.bad,
        text=text,
        headers=frozenset(text.mapped.headers or ()),
    )


def _askew(understood: Found) -> Iterator[tuple[str, str]]:
    """Yield the condition under which the address of a row stands beside its column."""
    if understood.mapped is None or not understood.askew:
        return
    place = next(understood.mapped.positions[role] for role in RESOURCE_ROLES if role in understood.mapped.positions)
    beside = " or ".join(f"contains(c{at}, '/') or starts_with(c{at}, '@')" for at in understood.askew)
    cell = f"coalesce(c{place}, '')"
    yield f"not (contains({cell}, '/') or contains({cell}, '@')) and ({beside})", ASKEW


def _of_all(constants: Mapping[str, str]) -> Iterator[str]:
    """Say what all rows have in common; a customer's label is not repeated."""
    if "customer" in constants:
        yield "customer = the name of the file"
    if "platform" in constants:
        yield f"platform = {constants['platform']}, by the name of the file"
