"""Where drafts go: files of their own, one file for all, standard output."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from outreach.cli.shared import counted, is_terminal
from outreach.errors import InputError, OutputError
from outreach.reporting import plain, safe_address
from outreach.reporting.files import said_beside, stored, told
from outreach.tables import neutral
from outreach.teasers.draft_files import edited, file_name, page
from outreach.teasers.drafts import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from outreach.teasers.drafts import Draft

__all__ = ["is_folder", "made_ready", "shown", "text_in", "written"]

FILES: Final = {".md": "md", ".markdown": "md", ".json": "json", ".csv": "csv"}
OTHER_FILES: Final = (
    ".txt", ".tsv", ".jsonl", ".xlsx", ".xls", ".ods", ".doc", ".docx", ".odt", ".rtf", ".pdf", ".html", ".htm",
    ".toml", ".yaml", ".yml", ".xml", ".db", ".zip",
)  # fmt: skip
"""How names end that nobody means for a folder."""
SHOWN: Final = ("place", "variant", "length", "look at", "link")
HEAD_BYTES: Final = 64 * 1024
WIDTH: Final = 200
MOST_SHOWN: Final = 20


def shown(drafts: Sequence[Draft], addresses: Mapping[str, str], form: str) -> None:
    """Write drafts to standard output."""
    if sys.stdout is None:
        raise OutputError("standard output is closed", hint="give a folder: -o drafts/")
    if form == "table":
        _table(drafts)
        return
    click.echo(_whole(drafts, addresses, form).encode(), nl=False)


def written(
    drafts: Sequence[Draft], addresses: Mapping[str, str], output: str, *, form: str | None, force: bool
) -> list[str]:
    """Write drafts to files; return what to say.

    Args:
        drafts: What to write.
        addresses: Of the places, by key.
        output: A folder, or a file by its ending; made ready.
        form: How, where the name of a file does not tell.
        force: Replace files that a person edited.

    Raises:
        OutputError: A file cannot be written.

    """
    path = Path(output)
    if is_folder(output):
        return _in_folder(drafts, addresses, path, force=force)
    where = _store(path, _whole(drafts, addresses, form or FILES[path.suffix.lower()]))
    return [*said_beside(path, where), f"{counted(len(drafts), 'draft')} written to {where}."]


def made_ready(output: str, form: str | None, resources: Iterable[str]) -> None:
    """Make the folder for drafts, and refuse what cannot be written, before anything else is.

    Raises:
        OutputError: The folder cannot be made, or the form does not go there.

    """
    if "\0" in output:
        raise OutputError("the name of the output file holds a NUL character")
    if form == "table":
        raise OutputError(f"{output}: a table is for the terminal", hint="leave --format out")
    path = Path(output)
    if not is_folder(output):
        _refuse_parent(path)
        return
    if form not in (None, "md"):
        raise OutputError(f"{output}: a folder gets Markdown files", hint=f"give a file: -o drafts.{form}")
    if not _is_there(output) and (
        os.path.lexists(path) or (path.suffix.lower() in OTHER_FILES and output[-1] not in "/\\")
    ):
        raise OutputError(
            f"{output}: neither a folder nor a file for drafts", hint=f"a file ends in {', '.join(FILES)}"
        )
    with told(output):
        path.mkdir(parents=True, exist_ok=True)
    for name in map(file_name, resources):
        if (path / name).is_dir():
            raise OutputError(f"{path / name}: this is a folder, and the draft's file has that name", hint="move it")
    _refuse_parent(path / "draft.md")


def _refuse_parent(path: Path) -> None:
    """Refuse a file for which there is no folder, or none that we may write to."""
    folder = path.parent
    if not folder.exists():
        raise OutputError(f"{path}: the folder {folder.name} does not exist", hint="make it first")
    if not folder.is_dir():
        raise OutputError(f"{path}: {folder.name} is a file, not a folder", hint="give another name")
    if not os.access(folder, os.W_OK):
        raise OutputError(f"{folder}: no permission to write there", hint="give another folder")


def is_folder(output: str) -> bool:
    """Whether drafts go into a folder of that name, and not into one file."""
    ending = Path(output).suffix.lower()
    return _is_there(output) or output.endswith(("/", "\\")) or ending not in FILES


def _is_there(folder: str) -> bool:
    return os.path.isdir(folder)  # noqa: PTH112 - Path's fails at long names


def text_in(path: str) -> str:
    """Return the text of a file that may have been edited anywhere.

    Raises:
        InputError: It cannot be read, or is no text.

    """
    try:
        content = sys.stdin.buffer.read() if path == "-" and sys.stdin else Path(path).read_bytes()
    except (OSError, ValueError) as err:
        reason = err.strerror if isinstance(err, OSError) else "this is no name of a file"
        raise InputError(f"{path}: cannot be read ({reason})", hint="check the path") from err
    if not content.strip():
        raise InputError(f"{path}: the file is empty", hint="put the text of the post into it")
    from outreach.likes.plain.encodings import encoding_of

    try:
        return content.decode(encoding_of(path, content[:HEAD_BYTES]).name)
    except (UnicodeDecodeError, InputError) as err:
        raise InputError(f"{path}: this is no text", hint="save it as plain text in UTF-8") from err


def _in_folder(drafts: Sequence[Draft], addresses: Mapping[str, str], folder: Path, *, force: bool) -> list[str]:
    """Write a file a resource; those that a person edited stay, and are listed."""
    resources: dict[str, list[Draft]] = {}
    for one in drafts:
        resources.setdefault(one.resource, []).append(one)
    kept, count = [], 0
    for resource, several in resources.items():
        path = folder / file_name(resource)
        new = page(several, addresses.get(resource, ""))
        old = _old(path)
        if old is not None and old != new and edited(old) and not force:
            kept.append(path)
            continue
        count += 1
        if old != new:
            _store(path, new)
    said = [f"{counted(count, 'draft file')} in {folder}{'' if str(folder).endswith('/') else '/'}."] if count else []
    if kept:
        shown = ", ".join(str(path) for path in kept[:MOST_SHOWN]) + (", …" if len(kept) > MOST_SHOWN else "")
        said.append(f"Edited by hand, and left as they are (--force replaces them): {shown}.")
    return said


def _store(path: Path, text: str) -> Path:
    def make(temporary: Path) -> None:
        temporary.write_bytes(text.encode())

    return stored(path, make)


def _old(path: Path) -> str | None:
    """Return what stands in a file, None where there is none; what is no text is somebody's own."""
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        return ""
    except OSError as err:
        raise OutputError(f"{path}: cannot be read", hint="is it open in another program?") from err


def _whole(drafts: Sequence[Draft], addresses: Mapping[str, str], form: str) -> str:
    """Return all drafts as one text."""
    if form == "json":
        return json.dumps([_record(one) for one in drafts], ensure_ascii=False, indent=2) + "\n"
    if form == "csv":
        return _csv(drafts)
    return "\n".join(page([one], addresses.get(one.resource, ""), alone=False) for one in drafts)


def _record(one: Draft) -> dict[str, Any]:
    """Return a draft by the keys that are promised; an empty text of an optional one is null."""
    values = {key: getattr(one, key) for key in COLUMNS}
    values |= {"comment": one.comment or None, "rules": one.rules or None}
    return values | {"dropped": list(one.dropped), "warnings": list(one.warnings)}


def _csv(drafts: Sequence[Draft]) -> str:
    """Return a table in which no text is taken for a formula."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for one in drafts:
        record = _record(one) | {"dropped": "; ".join(one.dropped), "warnings": "; ".join(one.warnings)}
        table.writerow([neutral(value) if isinstance(value, str) else value for value in record.values()])
    return out.getvalue()


def _table(drafts: Sequence[Draft]) -> None:
    """Print one line a draft: where to, how long, what to look at."""
    from rich import box
    from rich.console import Console
    from rich.style import Style
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in SHOWN:
        wrap = name in ("place", "look at")
        table.add_column(name, no_wrap=not wrap, overflow="fold" if wrap else "ellipsis")
    for one in drafts:
        limit = f"/{one.limit}" if one.limit is not None else ""
        link = Text(plain(one.link), Style(link=safe) if (safe := safe_address(one.link)) else "")
        look_at = "; ".join(warning.partition(":")[0] for warning in one.warnings)
        cells = [Text(plain(one.name) or one.resource), Text(one.variant), Text(f"{one.length}{limit}"), Text(look_at)]
        table.add_row(*cells, link)
    width = None if is_terminal() else WIDTH
    Console(file=sys.stdout, markup=False, highlight=False, emoji=False, width=width).print(table)
