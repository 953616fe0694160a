"""What kind of table a source is, by its content; how each table of it is to be read."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.encodings import decoded, encoding_of
from outreach.files.kinds import refused, workbook_kind
from outreach.files.streams import first_bytes
from outreach.files.temporary import new_file
from outreach.likes.plain.columns import without_errors
from outreach.likes.plain.text import plan_text
from outreach.likes.plan import ReadPlan
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from outreach.engine import Engine
    from outreach.files.contract import Skipped
    from outreach.files.source import Source
    from outreach.files.workbook import Tab
    from outreach.likes.plain.workbooks import Workbooks
    from outreach.likes.plan import ReadOptions

__all__ = ["plans_of"]

BLANK: Final = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
MARK: Final = b"\xef\xbb\xbf"
SAVE_PAGE: Final = 'open it in the browser and save it as "Web page, HTML only", or copy the list into a spreadsheet'
NOT_TABLES: Final = (
    (b"%PDF", "a PDF document", "ask for the list as a table"),
    (b"\x89PNG", "a picture", "ask for the list as a table, or type it"),
    (b"\xff\xd8\xff", "a picture", "ask for the list as a table, or type it"),
    (b"GIF8", "a picture", "ask for the list as a table, or type it"),
    (b"RIFF", "a picture or a sound", "ask for the list as a table, or type it"),
    (b"II*\x00", "a picture", "ask for the list as a table, or type it"),
    (b"MM\x00*", "a picture", "ask for the list as a table, or type it"),
    (b"SQLite format 3", "a database", "export the table as CSV"),
    (b"From: <Saved by ", "a web page saved as one file", SAVE_PAGE),
    (b'From: "Saved by ', "a web page saved as one file", SAVE_PAGE),
    (b"bplist00", "a web archive or a settings file of a Mac", SAVE_PAGE),
    (b"{\\rtf", "a text document", "paste the table into a spreadsheet and save it as CSV"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it and give the files inside"),
    (b"Rar!", "a RAR archive", "unpack it and give the files inside"),
    (b"BZh", "a bzip2 file", "unpack it and give the file inside"),
    (b"\xfd7zXZ", "an xz file", "unpack it and give the file inside"),
    (b"\x28\xb5\x2f\xfd", "a zstd file", "unpack it and give the file inside"),
)
FILM: Final = b"ftyp"  # of a phone's photographs too; its length stands before it
SHORT_BYTES: Final = 4096  # no link to a sheet is longer
# A list or an object; "[01.05.2026 12:01] Anna" begins a chat.
JSON: Final = re.compile(rb"\s*(?:\{|\[\s*(?:[\[{\"\]]|-?\d+(?:\.\d+)?\s*[,\]]|true|false|null|$))")


def plans_of(
    engine: Engine, source: Source, options: ReadOptions, workbooks: Workbooks
) -> Iterator[ReadPlan | Skipped]:
    """Yield how the tables of a source are to be read; of a workbook one for each tab.

    Args:
        engine: Reads Parquet's own description, and lends its private folder.
        source: The file.
        options: What the user says about it.
        workbooks: Opens workbooks, and keeps them for whoever reads their tabs.

    Raises:
        InputError: The file is no table, or does not tell who follows what.

    """
    if error := _no_table(source) or refused(source.label, source.path, source.head):
        raise error
    for plan in _plans(engine, source, options, workbooks):
        yield without_errors(plan) if isinstance(plan, ReadPlan) else plan


def _no_table(source: Source) -> InputError | None:
    """Return why a source is something else, by its first bytes; None where they do not tell."""
    head = source.head
    for magic, what, hint in NOT_TABLES:
        if head.startswith(magic):
            return InputError(f"this is {what}, not a table", where=source.label, hint=hint)
    if head[4:8] == FILM:
        return InputError("this is a picture or a film, not a table", where=source.label, hint="type the list")
    named = source.label.lower().endswith(".gsheet")
    if head.lstrip().startswith(b"{") and (named or (b'"doc_id"' in head and len(head) < SHORT_BYTES)):
        return InputError(
            "this is only a link to a Google Sheet, without the lists",
            where=source.label,
            hint="open the sheet, choose File > Download > Microsoft Excel, and give that file",
        )
    return None


def _plans(engine: Engine, source: Source, options: ReadOptions, workbooks: Workbooks) -> Iterator[ReadPlan | Skipped]:
    """Yield the plans of a workbook or of a page with tables, or the one of another file."""
    if kind := workbook_kind(source.path, source.head):
        from outreach.likes.plain.tabs import plan_tabs

        yield from plan_tabs(source, workbooks.open(source.label, source.path, kind), options)
    elif source.head.lstrip(BLANK)[:1] == b"<" and (page := _page(source, options)):
        from outreach.likes.plain.tabs import plan_tabs

        yield from plan_tabs(source, workbooks.opened(source.path, page), options)
    elif source.head.startswith(b"PAR1"):
        from outreach.likes.plain.named import plan_parquet

        yield plan_parquet(engine, source, options)
    else:
        yield _plan_text(engine, source, options)


def _page(source: Source, options: ReadOptions) -> Callable[[], list[Tab]] | None:
    """Return how a web page or Excel's XML is opened; None for other texts."""
    from outreach.files.markup import is_markup, markup_tabs

    if not is_markup(source.head):
        return None
    return partial(markup_tabs, source.label, source.path, source.head, options.encoding)


def _plan_text(engine: Engine, source: Source, options: ReadOptions) -> ReadPlan:
    """Return the plan of a text in whatever encoding: JSON, or cells between delimiters."""
    encoding = encoding_of(source.label, source.head, options.encoding)
    path, damaged = source.path, 0
    if encoding.name != "utf-8":
        path = new_file(engine.folder)
        damaged = decoded(source.path, encoding, path)
    head = source.head if path == source.path else first_bytes(path)
    if JSON.match(head.removeprefix(MARK)):
        from outreach.likes.plain.named import plan_json

        plan = plan_json(engine, source, path, options)
    else:
        plan = plan_text(source.label, source.titles, path, options)
    notes = [message("signs-not-in-encoding", encoding=encoding.name, signs=damaged)] if damaged else []
    return replace(plan, encoding=encoding.said, notes=(*plan.notes, *notes))
