"""What the files of a folder are, so that a new campaign can name them: looked at, never moved."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError, OutreachError
from outreach.files.find import is_table
from outreach.files.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Found", "look_at"]

SQLITE: Final = b"SQLite format 3\0"
MOST_FILES: Final = 200
MOST_BYTES: Final = 100_000_000
WORDS: Final = {
    "lists": "customers' lists",
    "results": "results",
    "sheet": "the sheet of places",
    "brief": "the brief of an article",
    "db": "the campaign's database",
    "": "",
}
"""Setting to what its files are."""


@dataclass(frozen=True, slots=True)
class Found:
    """One file or folder.

    Args:
        name: Its name in the folder.
        setting: The setting of ``outreach.toml`` that it belongs to; empty where it belongs to none.
        detail: What is known besides.

    """

    name: str
    setting: str
    detail: str = ""

    def describe(self) -> str:
        """Return what it is taken for."""
        what = WORDS[self.setting]
        if not what:
            return self.detail or "not known"
        return f"{what} ({self.detail})" if self.detail else what


def look_at(home: Path) -> list[Found]:
    """Return what lies in a folder, in the order of the names; hidden things and empty folders left out."""
    with os.scandir(home) as entries:
        names = sorted(entry.name for entry in entries if not entry.name.startswith((".", "~$")))
    found: list[Found] = []
    for name in names[:MOST_FILES]:
        path = home / name
        if path.is_dir():
            found += _of_folder(path)
        elif path.is_file():
            found.append(_of_file(path))
    return found


def _of_folder(path: Path) -> Iterator[Found]:
    """Yield what a folder is, where anything is in it: by its name, else by its files."""
    sizes = [file.stat().st_size for file in walk(path).files]
    if not sizes:
        return
    name = path.name.casefold()
    if name in {"lists", "results"}:
        yield Found(path.name, name)
    elif len(sizes) <= MOST_FILES and sum(sizes) <= MOST_BYTES:
        yield _of_lists(path)
    else:
        yield Found(path.name, "", "a large folder; name it in outreach.toml if it has lists or results")


def _of_file(path: Path) -> Found:
    with path.open("rb") as file:
        head = file.read(len(SQLITE))
    if head == SQLITE:
        return Found(path.name, "db" if path.suffix.lower() == ".db" else "")
    if path.suffix.lower() == ".toml":
        return Found(path.name, "brief" if _is_brief(path) else "")
    if ours := _own_table(path):
        return Found(path.name, *ours)
    if tool := _results_tool(path):
        return Found(path.name, "results", tool)
    return _of_lists(path) if is_table(path.name) else Found(path.name, "")


def _is_brief(path: Path) -> bool:
    from outreach.files.toml import Kind, load

    try:
        names = load(path, Kind("a brief", "", "")).tables.keys()
    except OutreachError:
        return False
    return {"problem", "solution"} <= names


def _own_table(path: Path) -> tuple[str, str] | None:
    """Return what a table that this program wrote is: its setting, and a word for it."""
    from outreach.campaign.ledger.placement import FIRST
    from outreach.reporting import is_of_another_kind
    from outreach.tables import CONVERSION, RANKING, SHEET

    if path.suffix.lower() not in {".csv", ".tsv", ".xlsx"} or not path.stat().st_size:
        return None
    for schema, setting in ((SHEET, "sheet"), (RANKING, ""), (CONVERSION, ""), (FIRST, "")):
        if not is_of_another_kind(path, schema):
            return setting, "" if setting else f"a {schema.name} table of outreach"
    return None


def _results_tool(path: Path) -> str:
    """Return which reader of results knows a file, empty for none."""
    from outreach.files.contract import Skipped
    from outreach.tracking.exports import READERS
    from outreach.tracking.find import find_files

    with tempfile.TemporaryDirectory(prefix="outreach-") as spool:
        try:
            for source in find_files([str(path)], Path(spool)):
                reader = None if isinstance(source, Skipped) else READERS.claimed(source)
                if reader is not None:
                    return reader.name.replace("_", " ")
        except OutreachError:
            return ""
    return ""


def _of_lists(path: Path) -> Found:
    """Return what the room of likes says of a file."""
    from outreach.cli.shared import counted
    from outreach.engine import Engine
    from outreach.likes.check import check

    with Engine() as engine:
        try:
            checked = check(engine, [path], named=False)
        except InputError as err:
            return Found(path.name, "", err.what)
        if checked.likes is None or not checked.likes.customers:
            why = next(
                (row["passed_over"] for row in checked.table.head() if row["passed_over"]), "not a list of follows"
            )
            return Found(path.name, "", str(why).partition(";")[0])
        likes = checked.likes
        return Found(path.name, "lists", f"{counted(likes.customers, 'customer')}, {counted(len(likes.likes), 'like')}")
