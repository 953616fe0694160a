"""From what a reader tells of one list to a table that the engine reads."""

from __future__ import annotations

import csv
from array import array
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from outreach.engine import literal_path
from outreach.files.contract import Rejected, Remark, Skipped
from outreach.files.lines import BadLine
from outreach.files.long_cells import long_cells
from outreach.files.spool import new_file
from outreach.likes.exports.base import Like, Listed
from outreach.likes.plain.base import Scan
from outreach.messages import describe, message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from outreach.engine import Engine
    from outreach.files.source import Source
    from outreach.likes.exports.base import ListReader, Part
    from outreach.messages import Message

__all__ = ["Parts", "joined", "relabel", "scan_of"]

ROLES: Final = ("customer", "platform", "url", "handle", "resource", "name", "subscribers", "followed_at")
RECORD: Final = len(ROLES) - 1
"""So many of a like's values, from the first, are the roles in their order."""
LONGEST_LINE: Final = 16 * 1024 * 1024
MANY: Final = 20  # lists of one reader
NOTES_SHOWN: Final = 3


class Parts:
    """What a reader told of one file, written down as it comes."""

    def __init__(self, parts: Iterator[Part], customer: str, *, profiles: bool) -> None:
        self._parts: Final = parts
        self._customer: Final[tuple[str | int, ...]] = (customer,)
        self._profiles: Final = profiles
        self.lines: Final = array("q")
        self.listed: Final[set[str]] = set()
        self.bad: Final[list[BadLine]] = []
        self.notes: Final[list[str]] = []
        self.skipped: Skipped | None = None
        self._reasons: Final[dict[Message, str]] = {}
        self.count = 0

    def written(self, engine: Engine) -> Path:
        """Write all likes down, one record a line; an empty list is a record with its platform alone."""
        target = new_file(engine.folder)
        with target.open("w", encoding="utf-8", errors="replace", newline="") as copy:
            writer = csv.writer(copy, lineterminator="\n")
            writer.writerows(self._likes())
            self.count = len(self.lines)
            if not self.count:
                for platform in sorted(self.listed):
                    self.lines.append(0)
                    writer.writerow((*self._customer, platform, *[""] * (len(ROLES) - 2)))
        return target

    def _likes(self) -> Iterator[tuple[str | int, ...]]:
        """Yield the records of all likes, and note what else there is."""
        noted, customer, left_out = self.lines.append, self._customer, 0
        for part in self._parts:
            if isinstance(part, Like):
                if part.person and not self._profiles:
                    left_out += 1
                    continue
                noted(part.line)
                yield customer + part[:RECORD]
                if part.platform not in self.listed:
                    self.listed.add(part.platform)
            else:
                self._note(part)
        if left_out:
            self.notes.append(describe(message("people-left-out", people=left_out)))

    def _note(self, part: Listed | Rejected | Skipped | Remark) -> None:
        if isinstance(part, Listed):
            self.listed.add(part.platform)
        elif isinstance(part, Rejected):
            if part.reason not in self._reasons:  # made once: there may be a million rows
                self._reasons[part.reason] = describe(part.reason)
            self.bad.append(BadLine(part.line or 0, self._reasons[part.reason]))
        elif isinstance(part, Skipped):
            self.skipped = part
        else:
            self.notes.append(describe(part.message))


def relabel(scan: Scan, customer: str, engine: Engine) -> None:
    """Write the likes of a list down again as those of another customer."""
    if scan.written is None:
        return
    target = new_file(engine.folder)
    with (
        long_cells(),
        scan.written.open(encoding="utf-8", newline="") as old,
        target.open("w", encoding="utf-8", newline="") as copy,
    ):
        writer = csv.writer(copy, lineterminator="\n")
        writer.writerows((customer, *record[1:]) for record in csv.reader(old))
    target.replace(scan.written)


def scan_of(source: Source, reader: ListReader, parts: Parts, written: Path, how: str) -> Scan:
    """Return the table that the likes of one file make; ``how`` tells what told the customer."""
    return Scan(
        label=source.label,
        relation=_relation([written]),
        cells={role: f"c{number}" for number, role in enumerate(ROLES)},
        said=f"{parts.count} followed, customer = {how}",
        kind=f"an export of {reader.platform}",
        bad=tuple(sorted(parts.bad, key=lambda line: (line.line, line.reason))),
        notes=tuple(parts.notes),
        numbers=parts.lines,
        written=written,
        export=reader.name,
    )


def _relation(paths: Sequence[Path]) -> str:
    columns = ", ".join(f"'c{number}': 'varchar'" for number in range(len(ROLES)))
    files = f"[{', '.join(map(literal_path, paths))}]"
    return (
        f"read_csv({files}, auto_detect=false, header=false, delim=',', quote='\"', escape='\"', nullstr='', "
        f"max_line_size={LONGEST_LINE}, compression='none', hive_partitioning=false, parallel=false, "
        f"columns={{{columns}}})"
    )


def joined(scans: Sequence[Scan]) -> list[Scan]:
    """Return tables with those of one reader as one, where there are many: the engine reads them together.

    Each step of reading costs the engine some milliseconds a table, whatever is in it.
    """
    groups: dict[str, list[Scan]] = {}
    for scan in scans:
        groups.setdefault(scan.export, []).append(scan)
    many = {name for name, some in groups.items() if name and len(some) > MANY}
    return [scan for scan in scans if scan.export not in many] + [_together(groups[name]) for name in sorted(many)]


def _together(scans: Sequence[Scan]) -> Scan:
    """Return several lists as one table."""
    first = scans[0]
    paths = [scan.written for scan in scans if scan.written is not None]
    numbers, files = array("q"), []
    for scan in scans:
        files.append((len(numbers), scan.label))
        numbers.extend(scan.numbers or ())
    notes = Counter(note for scan in scans for note in scan.notes)
    return replace(
        first,
        label=f"{len(scans)} files of {first.kind.removeprefix('an ')}",
        relation=_relation(paths),
        said=f"{len(numbers)} followed",
        bad=tuple(replace(bad, label=scan.label) for scan in scans for bad in scan.bad),
        notes=tuple(f"{note} ({count} files)" for note, count in notes.most_common(NOTES_SHOWN)),
        numbers=numbers,
        written=None,
        files=tuple(files),
    )
