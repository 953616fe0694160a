"""JSON whose lists of follows stand inside objects, written anew as a list of flat records that the engine reads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.files.json_text import parsed_all
from outreach.files.temporary import new_file
from outreach.likes.plain.base import NoListError, followers_refused
from outreach.likes.plain.wrapped import CUSTOMER, PLATFORM, Unwrapper
from outreach.likes.plan import Form
from outreach.likes.tables.contract import HEAD_ROWS
from outreach.likes.tables.titles import customer_of_titles
from outreach.messages import describe, message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from outreach.files.source import Source

__all__ = ["NO_FOLLOWS", "Unwrapped", "unwrapped"]

LARGEST: Final = 256 << 20
"""Bytes of a document that is parsed as a whole; a flat list may be of any length."""

MOST_WRITTEN: Final = 4 * LARGEST
"""Bytes of records: what stands once above a list is written for each of its members."""

ABOVE: Final = (CUSTOMER, PLATFORM)
TOGETHER: Final = 100
MOST_NAMES: Final = 500
ALONE: Final = "give only the list, as a list of records"
NO_FOLLOWS: Final = "give the list of what the person follows; outreach formats shows how to get it"


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """Flat records that were taken out of a file.

    Args:
        path: Where they are.
        form: A list, or one record a line where the file was so.
        records: A row of all keys, each with nothing under it, and behind it the first of them.

    """

    path: Path
    form: Form
    records: list[Any]


def unwrapped(source: Source, path: Path, folder: Path, *, lines: bool = False) -> Unwrapped:
    """Take the lists of follows out of a file.

    Args:
        source: The file.
        path: Its text in UTF-8.
        folder: A private folder for the records.
        lines: Whether each line is a document of its own; lines that are none stay, so that lines keep their numbers.

    Raises:
        InputError: It is damaged, or holds no list of follows.

    """
    if path.stat().st_size > LARGEST:
        raise InputError(
            f"lists inside objects, longer than {LARGEST >> 20} MB",
            where=source.label,
            hint=ALONE,
        )
    unwrapper = Unwrapper(customer_of_titles(source.titles))
    target = new_file(folder)
    names: dict[str, None] = {}
    first: list[dict[str, Any]] = []
    count = 0
    with target.open("w", encoding="utf-8", newline="\n") as stream:
        if not lines:
            stream.write("[")
        for made in _of_lines(path, unwrapper) if lines else _of_documents(source, path, unwrapper):
            if isinstance(made, str):
                stream.write(f"{made}\n")
                continue
            names.update(dict.fromkeys(made if len(names) < MOST_NAMES else made.keys() & ABOVE))
            stream.write("" if lines else ",\n" if count else "\n")
            stream.write(json.dumps(made, ensure_ascii=True))
            stream.write("\n" if lines else "")
            count += 1
            if count <= HEAD_ROWS:
                first.append(made)
            if not count % TOGETHER and stream.tell() > MOST_WRITTEN:
                raise InputError("its records would take too much memory", where=source.label, hint=ALONE)
        if not lines:
            stream.write("\n]\n")
    if not names:
        raise _nothing(source.label, unwrapper)
    above = [name for name in ABOVE if name in names]
    keys: dict[str, Any] = dict.fromkeys([*above, *names])
    return Unwrapped(target, Form.JSON_LINES if lines else Form.JSON_LIST, [keys, *first])


def _of_documents(source: Source, path: Path, unwrapper: Unwrapper) -> Iterator[dict[str, Any]]:
    """Yield the records of one document, or of several one after the other."""
    for document in parsed_all(source.label, path.read_text("utf-8", "replace")):
        yield from unwrapper.records(document)


def _of_lines(path: Path, unwrapper: Unwrapper) -> Iterator[dict[str, Any] | str]:
    """Yield the records of lines; a line without one as it stands, so that it is rejected with its number."""
    with path.open("rb") as stream:
        for line in stream:
            text = line.decode("utf-8", "replace").strip()
            try:
                document = json.loads(text)
            except (ValueError, RecursionError):
                document = None
            found = list(unwrapper.records([document])) if isinstance(document, dict) else []
            yield from found
            if not found:
                yield text


def _nothing(label: str, unwrapper: Unwrapper) -> InputError:
    """Return the refusal of a file without a list of follows."""
    if unwrapper.followers:
        return followers_refused(label)
    code = "no-follows-in-json" if unwrapper.others else "profile-or-settings"
    return NoListError(describe(message(code)), where=label, hint=NO_FOLLOWS)
