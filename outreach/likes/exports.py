"""From platforms' exports to tables that the engine reads: archives, unpacked folders, single files."""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from array import array
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from outreach.engine import literal_path
from outreach.errors import InputError
from outreach.likes.archive import ZIP, members, shown
from outreach.likes.owners_of_files import owner
from outreach.likes.plain.base import Scan
from outreach.likes.plain.lines import BadLine
from outreach.likes.plain.workbook import workbook_kind
from outreach.likes.readers import claimed, readers
from outreach.likes.readers.base import HEAD_BYTES, Like, Listed, Passed, Rejected, Remark, Source
from outreach.likes.sources import Skipped, refusal
from outreach.likes.spool import new_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.engine import Engine
    from outreach.likes.plain.base import How
    from outreach.likes.readers.base import Reader

__all__ = ["Exports", "exports_in", "joined"]

ROLES: Final = ("customer", "platform", "url", "handle", "resource", "name", "subscribers", "followed_at")
RECORD: Final = len(ROLES) - 1
"""So many of a like's values, from the first, are the roles in their order."""
LONGEST_PATH: Final = 400  # characters: no platform's own is longer
LONGEST_LINE: Final = 16 * 1024 * 1024
MANY: Final = 20  # lists of one reader
NOTES_SHOWN: Final = 3
ALIKE: Final = 10  # likes: two people's lists of so many are not the same byte for byte
OFFICE: Final = (".xlsx", ".xlsm", ".xlsb", ".ods", ".docx", ".odt", ".pptx", ".numbers")
FIRST_LINE: Final = 4096
OUR_COLUMN: Final = re.compile(
    r"(?:^|[,;|\t])[\s\ufeff\"']*(?:customer|client|клиент|заказчик|покупатель|πελάτης|πελατης|klients|հաճախորդ)\b",
    re.IGNORECASE,
)
BY_NAME: Final = "the name of its folder or archive"
BY_FOLDER: Final = "the name of the folder given"
NO_LISTS: Final = "outreach formats tells which exports are read; of tables inside, unpack it and give them"
WHOSE: Final = "put it into a folder of the customer's name (exports/anna/…), or give it alone with --customer NAME"


@dataclass(slots=True)
class Exports:
    """What was found of exports behind one path.

    Args:
        scans: A table for each list.
        skipped: What was passed over, and why.
        taken: Files that belong to exports, and are no plain tables.
        refused: Why the first of those that cannot be used cannot.

    """

    scans: list[Scan] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    taken: set[Path] = field(default_factory=set)
    refused: InputError | None = None


def exports_in(engine: Engine, path: Path, how: How, seen: dict[str, str]) -> Exports:
    """Return the lists in the exports behind a path.

    Args:
        engine: Lends its private folder.
        path: A file or a folder that is there.
        how: What the user says about it.
        seen: Hash of each longer list that was read before, with what messages call it.

    Raises:
        InputError: An archive is damaged, or nothing tells whose an export is.

    """
    return _Opening(engine, how, seen).folder(path) if path.is_dir() else _Opening(engine, how, seen).file(path)


@dataclass(frozen=True, slots=True)
class _Around:
    """The names around a file that may tell whose it is.

    Args:
        names: Of its archive and the folders around it, in the order in which they are tried.
        folder: Of the folder that the user gave, which may hold several people's.
        where: Which export in that folder it is of.

    """

    names: tuple[str, ...]
    folder: str = ""
    where: str = ""


class _Opening:
    """Opens what lies behind one path."""

    def __init__(self, engine: Engine, how: How, seen: dict[str, str]) -> None:
        self.engine: Final = engine
        self.how: Final = how
        self.seen: Final = seen
        self.found: Final = Exports()
        self.passed: Final[dict[str, list[str]]] = {}
        self.sole: Final[dict[tuple[str, str], str]] = {}  # list of a reader -> the one export of the given folder

    def file(self, path: Path) -> Exports:
        """Open a file that the user named."""
        head = _head(path)
        around = () if path.is_absolute() else tuple(reversed(path.parent.parts))
        if _is_archive(path, head):
            self._archive(path, _Around((path.stem, *around)))
            if path not in self.found.taken and path.suffix.lower() == ".zip":
                raise InputError(f"{path}: {_without_lists(self.passed.get(str(path), ()))}", hint=NO_LISTS)
        elif _may_be_ours(head):
            source = self._source(str(path), path, head, path.as_posix())
            before = _before(source.inner)
            names = (path.stem, *around) if before is None else tuple(reversed(before if around else ()))
            self._read(source, _Around(names))
        return self._done()

    def folder(self, folder: Path) -> Exports:
        """Open the files of a folder; what no reader knows is left to the plain tables."""
        own = folder.name if folder.name not in {"", ".", ".."} else folder.resolve().name
        for path in sorted(file for file in folder.rglob("*") if file.is_file()):
            relative = PurePosixPath(path.relative_to(folder).as_posix())
            if any(part.startswith((".", "~$", "__MACOSX")) for part in relative.parts):
                continue
            try:
                self._inside(path, relative, own)
            except InputError as err:  # one file that cannot be used does not cost the others
                self.found.refused = self.found.refused or err
                self.found.skipped.append(refusal(str(path), err))
                self.found.taken.add(path)
        return self._done()

    def _inside(self, path: Path, relative: PurePosixPath, own: str) -> None:
        """Open one file of a folder."""
        head = _head(path)
        if _is_archive(path, head):
            self._archive(path, _Around((*relative.parts[:-1], path.stem), own, str(path)))
            if path not in self.found.taken:
                self.found.skipped.append(
                    Skipped(str(path), _without_lists(self.passed.pop(str(path), ())), hint=NO_LISTS)
                )
                self.found.taken.add(path)
        elif (before := _before(str(relative))) is not None or _may_be_ours(head):
            names = (*relative.parts[:-1], path.stem) if before is None else before
            source = self._source(str(path), path, head, str(relative))
            self._read(source, _Around(names, own, "/".join(before or (str(path),))))

    def _archive(self, path: Path, around: _Around) -> None:
        """Read the members that a reader knows; count the others."""
        kept: list[tuple[Source, Reader]] = []
        passed = self.passed.setdefault(str(path), [])
        for member in members(str(path), path, self.engine.folder, lambda inner: _before(inner) is not None):
            if member.path is None:
                passed.append(shown(member.inner))
                continue
            label = f"{path}: {shown(member.inner)}"
            source = self._source(label, member.path, member.head, member.inner)
            if (reader := claimed(source)) is None:
                passed.append(shown(member.inner))
                member.path.unlink(missing_ok=True)
            else:
                kept.append((source, reader))
        if kept:
            self.found.taken.add(path)
            for source, reader in kept:
                self._told(source, reader, around)
                source.path.unlink(missing_ok=True)  # of one archive after the other no more than one is there

    def _source(self, label: str, path: Path, head: bytes, inner: str) -> Source:
        return Source(label, path, head, inner, encoding=self.how.encoding, dated=self.how.dated)

    def _read(self, source: Source, around: _Around) -> None:
        if (reader := claimed(source)) is not None:
            self.found.taken.add(source.path)
            self._told(source, reader, around)

    def _told(self, source: Source, reader: Reader, around: _Around) -> None:
        """Turn what a reader tells into a table, or note why there is none."""
        customer, how = self._customer(around)
        try:
            parts = _Parts(reader.read(source), customer or "", profiles=self.how.profiles)
            told = parts.written(self.engine)
        except InputError as err:
            self.found.refused = self.found.refused or err
            self.found.skipped.append(refusal(source.label, err))
            return
        if parts.passed or not parts.listed:
            why = parts.passed or "no list of follows in it"
            self.found.skipped.append(Skipped(source.label, why, quiet=True))
            return
        if parts.count >= ALIKE and (before := self._again(source)):
            self.found.skipped.append(Skipped(source.label, f"the same list as {before}, read once"))
            return
        if customer is None:
            raise InputError(f"{source.label}: nothing tells whose export this is", hint=WHOSE)
        if how == BY_FOLDER:
            self._refuse_second(source, reader, around)
        scan = _scan(source, reader, parts, told, how)
        if not self.how.dated:  # not every reader leaves them out
            cells = {role: cell for role, cell in scan.cells.items() if role != "followed_at"}
            scan = replace(scan, cells=cells)
        self.found.scans.append(scan)

    def _customer(self, around: _Around) -> tuple[str | None, str]:
        """Return whose a file is, and what told it.

        What the user says is of a file that he named; of a folder it goes for those alone that nothing else tells.
        """
        told = owner(around.names)
        if self.how.customer and (not around.folder or told is None):
            return self.how.customer, "--customer"
        if told is not None:
            return told, BY_NAME
        return (owner([around.folder]) if around.folder else None), BY_FOLDER

    def _refuse_second(self, source: Source, reader: Reader, around: _Around) -> None:
        """Refuse a second list of one kind that only the given folder's name would tell: it may be another person's.

        Raises:
            InputError: There was one of another export.

        """
        first = self.sole.setdefault((reader.name, source.name), around.where)
        if first != around.where:
            raise InputError(
                f"{source.label}: whose this is only the folder's name tells, and of {first} too: two people's?",
                hint=WHOSE,
            )

    def _again(self, source: Source) -> str:
        """Return the list that was read before and is the same byte for byte; note this one."""
        with source.path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        before = self.seen.get(digest, "")
        self.seen.setdefault(digest, source.label)
        return before

    def _done(self) -> Exports:
        """Say of the archives how many of their files were passed over by their names."""
        for archive, names in sorted(self.passed.items()):
            if names and Path(archive) in self.found.taken:
                which = f"{len(names)} {'file' if len(names) == 1 else 'files'} of {archive}"
                why = "no lists of follows by their names"
                self.found.skipped.append(Skipped(which, why, parts=tuple(names), quiet=True))
        return self.found


class _Parts:
    """What a reader told of one file, written down as it comes."""

    def __init__(
        self, parts: Iterator[Like | Listed | Rejected | Passed | Remark], customer: str, *, profiles: bool
    ) -> None:
        self._parts: Final = parts
        self._customer: Final[tuple[str | int, ...]] = (customer,)
        self._profiles: Final = profiles
        self.lines: Final = array("q")
        self.listed: Final[set[str]] = set()
        self.bad: Final[list[BadLine]] = []
        self.notes: Final[list[str]] = []
        self.passed = ""
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
            self.notes.append(f"people are no communities and were left out: {left_out} (--include-people)")

    def _note(self, part: Listed | Rejected | Passed | Remark) -> None:
        if isinstance(part, Listed):
            self.listed.add(part.platform)
        elif isinstance(part, Rejected):
            self.bad.append(BadLine(part.line, part.reason))
        elif isinstance(part, Passed):
            self.passed = part.why
        else:
            self.notes.append(part.text)


def _without_lists(names: Sequence[str]) -> str:
    return f"a ZIP archive of {len(names)} {'file' if len(names) == 1 else 'files'} without a list of follows"


def _scan(source: Source, reader: Reader, parts: _Parts, written: Path, how: str) -> Scan:
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


def _before(inner: str) -> tuple[str, ...] | None:
    """Return the folders before what a reader knows by its path, None where no reader does.

    Of several readers the one that knows most of the path: to the others its folders are strange.
    """
    path = unicodedata.normalize("NFC", inner.replace("\\", "/"))
    if len(path) > LONGEST_PATH:
        return None
    matches = [found for reader in readers() if (found := reader.paths.search(path)) and found.end() == len(path)]
    if not matches:
        return None
    start = min(found.start() for found in matches)
    return tuple(part for part in path[:start].split("/") if part not in {"", ".", ".."})


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(HEAD_BYTES)
    except OSError:
        return b""  # said where it is read


def _is_archive(path: Path, head: bytes) -> bool:
    """Tell whether a file is an archive; a damaged workbook still bears its name."""
    named = path.suffix.lower() in OFFICE
    return head.startswith(ZIP) and not named and workbook_kind(path, head) is None


def _may_be_ours(head: bytes) -> bool:
    """Tell by the first bytes whether a file could be of an export: no platform names a column after our customers."""
    if not head or head.startswith((ZIP, b"PAR1", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")):
        return False
    return OUR_COLUMN.search(head.partition(b"\n")[0][:FIRST_LINE].decode("utf-8", "replace")) is None
