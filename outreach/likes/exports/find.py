"""From platforms' exports to plans of tables: archives, unpacked folders, single files."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, TypeVar

from outreach.collector import paused
from outreach.errors import InputError
from outreach.files import ZIP
from outreach.files.archive import members, shown
from outreach.files.contract import Skipped
from outreach.files.find import ENDINGS
from outreach.files.kinds import workbook_kind
from outreach.files.paths import shown_path, unreadable
from outreach.files.source import Source
from outreach.files.streams import first_bytes
from outreach.files.walk import walk
from outreach.likes.exports import READERS
from outreach.likes.exports.base import ListOptions
from outreach.likes.exports.found import OFFICE, Exports, broken, may_be_ours
from outreach.likes.exports.neighbours import ITS_NAME, Claim, belongs
from outreach.likes.exports.owner import label_in, owner
from outreach.likes.likes_writer import LikesWriter, plan_list, with_customer
from outreach.likes.tables.titles import customer_of_titles
from outreach.messages import describe, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.engine import Engine
    from outreach.files.archive import Member
    from outreach.files.contract import Remark
    from outreach.likes.exports.base import ListReader
    from outreach.likes.plan import ReadOptions, ReadPlan
    from outreach.messages import Message

__all__ = ["exports_claimed", "exports_in"]

K = TypeVar("K")

LONGEST_PATH: Final = 400  # characters: no platform's own is longer
ALIKE: Final = 10  # likes: two people's lists of so many are not the same byte for byte
PLAIN: Final = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xlsb", ".ods")
BY_NAME: Final = "the name of its folder or archive"
BY_FOLDER: Final = "the name of the folder given"
BY_OPTION: Final = "--customer"
NO_LISTS: Final = "outreach formats lists the exports that are read, and how customers ask for them"
NO_SUBSCRIPTIONS: Final = (
    "of Google's Takeout, only YouTube's subscriptions are read: outreach formats youtube shows how to ask for them"
)
WHOSE: Final = (
    "put it into a folder named after the customer (exports/anna/…), give it alone with --customer NAME, or add its "
    "name to --customers FILE as an alias"
)
SEVERAL: Final = "it is unknown whose export this is, and the others next to it"
SAME_ONE: Final = "--customer NAME if all of them are one person's; otherwise, "
UNKNOWN: Final = message("list-not-recognised")
AGAIN: Final = message("second-list-of-kind")


def exports_in(engine: Engine, path: Path, options: ReadOptions, seen: dict[str, str]) -> Exports:
    """Return the lists in the exports behind a path.

    Args:
        engine: Lends its private folder.
        path: A file or a folder that is there.
        options: What the user says about it.
        seen: Hash of each longer list that was read before, with what messages call it.

    Raises:
        InputError: An archive is damaged, or nothing tells whose an export is.

    """
    return _Opening(engine, options, seen).folder(path) if path.is_dir() else _Opening(engine, options, seen).file(path)


def exports_claimed(
    engine: Engine, claimed: Sequence[tuple[Source, ListReader]], options: ReadOptions, seen: dict[str, str]
) -> Exports:
    """Return the lists in files whose readers are known: plug-ins, or one that the user named.

    Args:
        engine: Lends its private folder.
        claimed: The files behind one path, each with its reader.
        options: What the user says about them.
        seen: As for :func:`exports_in`.

    """
    return _Opening(engine, options, seen).claimed(claimed)


@dataclass(frozen=True, slots=True)
class _Around:
    """The names around a file that may tell whose it is.

    Args:
        names: Of its archive and the folders around it, in the order in which they are tried.
        folder: Of the folder that the user gave, which may hold several people's.
        where: Which export in that folder it is of.
        sure: Whether the first of the names is the one; else a nearer folder may be a customer's too.

    """

    names: tuple[str, ...]
    folder: str = ""
    where: str = ""
    sure: bool = False


@dataclass(frozen=True, slots=True)
class _Named:
    """A list of a folder, whose customer the names of folders tell.

    Args:
        plan: How the list is read.
        outer: The customer by the folder farthest out.
        inner: By the nearest one.
        kind: Reader and name of the file.

    """

    plan: ReadPlan
    outer: str
    inner: str
    kind: tuple[str, str]


class _Opening:
    """Opens what lies behind one path."""

    def __init__(self, engine: Engine, options: ReadOptions, seen: dict[str, str]) -> None:
        self.engine: Final = engine
        self.options: Final = options
        self.seen: Final = seen
        self.found: Final = Exports()
        self.passed: Final[dict[str, list[str]]] = {}  # export -> names of its files that hold no lists
        self.claims: Final[dict[tuple[str, ...], list[Claim]]] = {}  # folders around an export -> its lists
        self.of_the_folder: Final[list[tuple[str, ReadPlan]]] = []  # export -> a list of it that nothing else tells
        self.named: Final[list[_Named]] = []
        self.nameless: InputError | None = None
        self.first: Final[dict[tuple[str, str], str]] = {}  # kind of list -> the export that --customer says it of

    def file(self, path: Path) -> Exports:
        """Open a file that the user named."""
        head = _head(path)
        if _is_archive(path, head):
            self._archive(path, _Around((path.stem, *_nearest(path, path.parent.parts))))
            if path not in self.found.taken and path.suffix.lower() == ".zip" and not self._holds_tables(path):
                names = self.passed.get(str(path), ())
                raise InputError(describe(_without_lists(names)), where=str(path), hint=_what_to_ask(names))
        elif head and path.suffix.lower() == ".zip" and workbook_kind(path, head) is None:
            raise InputError(
                "named .zip, but not a ZIP archive",
                where=str(path),
                hint="download it again, or rename it",
            )
        elif may_be_ours(head):
            source = self._source(str(path), path, head, path.as_posix())
            before = _before(source.inner)
            if (reader := READERS.claimed(source)) is not None:
                around = (
                    (path.stem, *_nearest(path, path.parent.parts))
                    if before is None
                    else (*_titled(reader, path), *_nearest(path, before))
                )
                self.found.taken.add(path)
                self._read(source, reader, _Around(around))
        if self.nameless and not self.found.plans:
            raise self.nameless
        return self._done()

    def folder(self, folder: Path) -> Exports:
        """Open the files of a folder; what no reader knows is left to the plain tables."""
        own = folder.name if folder.name not in {"", ".", ".."} else folder.resolve().name
        files = {}
        walked = walk(folder)
        for one in walked.unread + walked.others:
            self.found.refuse(shown_path(one.path), one.error)
        for path in walked.files:
            relative = PurePosixPath(path.relative_to(folder).as_posix())
            files[path] = relative
            try:
                self._inside(path, relative, own)
            except InputError as err:  # one file that cannot be used does not cost the others
                self.found.refuse(shown_path(path), err)
                self.found.taken.add(path)
        self._part()
        self._settle()
        for path, relative in files.items():
            if path not in self.found.taken and relative.name.lower().endswith(ENDINGS):
                self._beside(folder, path, relative)
        return self._done()

    def _inside(self, path: Path, relative: PurePosixPath, own: str) -> None:
        """Open one file of a folder."""
        try:
            head = first_bytes(path)
        except OSError as err:  # who may not open it cannot tell what it is: it may be a list
            raise unreadable(shown_path(path), err) from err
        if _is_archive(path, head):
            self._archive(path, _Around((*relative.parts[:-1], path.stem), own, str(path)))
            if path not in self.found.taken and self._holds_tables(path):
                self.found.taken.add(path)
            if path not in self.found.taken:
                passed = self.passed.pop(str(path), [])
                self.found.skipped.append(Skipped(str(path), _without_lists(passed), hint=_what_to_ask(passed)))
                self.found.taken.add(path)
        elif (before := _before(str(relative))) is not None or may_be_ours(head):
            source = self._source(str(path), path, head, str(relative))
            if (reader := READERS.claimed(source)) is None:
                return
            self.found.taken.add(path)
            if before is not None:
                self.claims.setdefault(before, []).append(Claim(before, relative.parts))
            names = (*relative.parts[:-1], path.stem) if before is None else (*before, *_titled(reader, path))
            self._read(source, reader, _Around(names, own, _export_of(reader, path, relative, before)))

    def _holds_tables(self, path: Path) -> bool:
        """Note an archive that holds tables and nothing else: no platform makes one, people send one."""
        names = self.passed.get(str(path), [])
        if not names or not all(name.lower().endswith(PLAIN) for name in names):
            return False
        del self.passed[str(path)]
        self.found.plain.append(path)
        return True

    def claimed(self, files: Sequence[tuple[Source, ListReader]]) -> Exports:
        """Read files that were found by others."""
        for source, reader in files:
            self._read(source, reader, _around(source))
        self._settle()
        return self._done()

    def _archive(self, path: Path, around: _Around) -> None:
        """Read the members that a reader knows; count the others."""
        kept: list[tuple[Source, ListReader, tuple[str, ...]]] = []
        passed = self.passed.setdefault(str(path), [])
        archives: set[str | None] = set()
        refused: list[InputError] = []
        for member in members(str(path), path, self.engine.folder, _is_known, patient=True):
            if member.refused:
                err = member.refused
                refused.append(InputError(err.reason, where=member.label, line=err.line, hint=err.hint))
            elif member.path is None:
                passed.append(shown(member.inner))
            if member.path is None:
                continue
            source = self._of_member(member, member.path)
            if (reader := READERS.claimed(source)) is not None:
                kept.append((source, reader, (*reversed(_before(member.inner) or ()), *member.outer)))
                archives.add(owner(member.outer))
                continue
            member.path.unlink(missing_ok=True)
            if ITS_NAME.search(member.inner):
                self.found.skipped.append(
                    Skipped(source.label, UNKNOWN, wanted=True, hint="give it on its own: outreach check")
                )
            else:
                passed.append(shown(member.inner))
        self._refuse_all(refused, nothing=not kept)
        kept = kept or list(self._by_plug_ins(path))
        if kept:
            self.found.taken.add(path)
        in_several = _in_several((_kind(source, reader), owner(names)) for source, reader, names in kept)
        several = len(archives - {None}) > 1 or bool(in_several)
        for source, reader, names in kept:
            inside = replace(around, names=(*names, *around.names), sure=True)
            self._read(source, reader, inside if several or owner(around.names) is None else around)
            source.path.unlink(missing_ok=True)  # of one archive after the other no more than one is there

    def _refuse_all(self, refused: Sequence[InputError], *, nothing: bool) -> None:
        """Note the members of an archive that are damaged; where nothing else is in it, the last one is the error.

        Raises:
            InputError: Nothing of the archive can be read.

        """
        for one in refused[:-1] if nothing else refused:
            self.found.refuse(one.where, one)
        if refused and nothing:
            raise refused[-1]

    def _by_plug_ins(self, path: Path) -> Iterator[tuple[Source, ListReader, tuple[str, ...]]]:
        """Yield the members of an archive that plug-ins know, where nothing built in knows any of them."""
        if not READERS.plug_ins(self._broken):
            return
        for member in members(str(path), path, self.engine.folder, lambda _: True, patient=True):
            if member.path is None:
                continue
            source = self._of_member(member, member.path)
            if reader := READERS.claimed_by_plug_in(source, self._broken):
                yield source, reader, (*reversed(PurePosixPath(source.inner).parts[:-1]), *member.outer)
            else:
                member.path.unlink(missing_ok=True)

    def _broken(self, remark: Remark) -> None:
        self.found.skipped.append(broken(remark))

    def _source(self, label: str, path: Path, head: bytes, inner: str, archive: str = "") -> Source:
        return Source(label, path, head, inner=inner, archive=archive, encoding=self.options.encoding)

    def _of_member(self, member: Member, unpacked: Path) -> Source:
        return self._source(member.label, unpacked, member.head, member.inner, member.archive)

    def _read(self, source: Source, reader: ListReader, around: _Around) -> None:
        """Turn what a reader yields into a table, or note why there is none."""
        customer, how = self._customer(around)
        try:
            yielded = reader.read([source], ListOptions(dated=self.options.dated))
            parts = LikesWriter(yielded, profiles=self.options.profiles, dated=self.options.dated)
            with paused():
                rows = parts.written(self.engine, source.label)
        except InputError as err:
            self.found.refuse(source.label, err)
            return
        except MemoryError:
            hint = "give only the file with the list"
            error = InputError("there is not enough memory for it", where=source.label, hint=hint)
            self.found.refuse(source.label, error)
            return
        if parts.skipped or not parts.listed:
            nothing = Skipped(source.label, message("no-list-in-it"), quiet=True)
            self.found.skipped.append(parts.skipped or nothing)
            return
        if parts.count >= ALIKE and (before := self._again(source)):
            self.found.skipped.append(Skipped(source.label, message("same-list", before=before)))
            return
        if customer is None:
            error = InputError("it is unknown whose export this is", where=source.label, hint=WHOSE)
            self.nameless = self.nameless or error
            self.found.refuse(source.label, error)
            return
        if how == BY_OPTION and around.folder:
            export = self.first.setdefault(_kind(source, reader), around.where)
            parts.notes.extend([AGAIN] if export != around.where else [])
        plan = with_customer(plan_list(source, reader, parts, rows, how), customer)
        if how == BY_FOLDER:
            self.of_the_folder.append((around.where, plan))
        else:
            self.found.plans.append(plan)
            nearest = owner(reversed(around.names))
            if how == BY_NAME and around.folder and not around.sure and nearest and customer not in self.options.people:
                self.named.append(_Named(plan, customer, nearest, _kind(source, reader)))

    def _customer(self, around: _Around) -> tuple[str | None, str]:
        """Return whose a file is, and by what.

        What the user says is of a file that he named; of a folder it goes for those alone that nothing else tells. A
        name that he wrote down as a customer's alias is one, also where a platform gave it.
        """
        alias = next(
            (one for name in around.names for one in (name, f"{name}.zip") if one in self.options.people), None
        )
        named = alias or owner(around.names)
        if self.options.customer and (not around.folder or named is None):
            return self.options.customer, BY_OPTION
        if named is not None:
            return named, BY_NAME
        return (owner([around.folder]) if around.folder else None), BY_FOLDER

    def _part(self) -> None:
        """Give lists to the nearer folders' customers where one kind of list lies in several of them.

        In exports/anna/phone/… the folder farthest out is the customer's; in exports/may/anna/… and exports/may/boris/…
        it is nobody's.
        """
        parted = {outer for outer, _ in _in_several(((one.outer, one.kind), one.inner) for one in self.named)}
        nearer = {
            id(one.plan): with_customer(one.plan, one.inner)
            for one in self.named
            if one.outer in parted and one.inner != one.outer
        }
        self.found.plans = [nearer.get(id(plan), plan) for plan in self.found.plans]

    def _settle(self) -> None:
        """Take the lists that only the given folder's name tells for that customer's, if they are of one export alone.

        Of several, or beside a customer whose name is known, they may be anybody's.
        """
        several = len({export for export, _ in self.of_the_folder}) > 1
        if not several and not self.found.plans:
            self.found.plans += [plan for _, plan in self.of_the_folder]
            return
        for _, plan in self.of_the_folder:
            why = SEVERAL if several else "it is unknown whose export this is"
            hint = f"{SAME_ONE}{WHOSE}" if several else WHOSE
            self.found.refuse(plan.label, InputError(why, where=plan.label, hint=hint))
        self.of_the_folder.clear()

    def _beside(self, folder: Path, path: Path, relative: PurePosixPath) -> None:
        """Pass over a file that is of an export by where it lies, and no table of the user's own."""
        around = belongs(relative.parts, self.claims, whole=bool(self.of_the_folder))
        if around is None or not may_be_ours(_head(path)):
            return
        self.found.taken.add(path)
        if ITS_NAME.search(str(relative)):
            hint = f"outreach check {path} shows more"
            self.found.refuse(str(path), InputError(describe(UNKNOWN), where=str(path), hint=hint))
        else:
            self.passed.setdefault(str(folder.joinpath(*around)), []).append(shown(str(relative)))

    def _again(self, source: Source) -> str:
        """Return the list that was read before and is the same byte for byte; note this one."""
        before = self.seen.get(source.sha256, "")
        self.seen.setdefault(source.sha256, source.label)
        return before

    def _done(self) -> Exports:
        """Add how many files of each export were left out by their names."""
        for export, names in sorted(self.passed.items()):
            if names and (Path(export) in self.found.taken or Path(export).is_dir()):
                which = f"{len(names)} {'file' if len(names) == 1 else 'files'} of {export}"
                why = message("beside-lists" if Path(export).is_dir() else "no-lists-by-name")
                self.found.skipped.append(Skipped(which, why, parts=tuple(names), quiet=True))
        return self.found


def _around(source: Source) -> _Around:
    """Return the names around a file that was found by others."""
    if not source.found:
        return _Around(source.titles)
    *stem_and_inner, given = source.titles
    return _Around((*reversed(stem_and_inner[1:]), *stem_and_inner[:1]), given, source.label)


def _export_of(reader: ListReader, path: Path, relative: PurePosixPath, before: tuple[str, ...] | None) -> str:
    """Return which export of the given folder a file is of; one without folders around it is an export of its own."""
    if before:
        return "/".join(before)
    deep = before is not None and len(relative.parts) > 1
    together = before is not None and getattr(reader, "together", False)
    return "." if deep or together else str(path)


def _titled(reader: ListReader, path: Path) -> tuple[str, ...]:
    """Return the file's own name where it may be the customer's."""
    titled = getattr(reader, "titled", False) and label_in(path.stem) and customer_of_titles((path.stem,))
    return (titled,) if titled else ()


def _kind(source: Source, reader: ListReader) -> tuple[str, str]:
    """Return what one person's export has once."""
    return reader.name, source.name


def _in_several(lists: Iterable[tuple[K, str | None]]) -> set[K]:
    """Return the kinds of lists that lie in folders of several people's names."""
    owners: dict[K, set[str]] = {}
    for kind, one in lists:
        if one is not None:
            owners.setdefault(kind, set()).add(one)
    return {kind for kind, some in owners.items() if len(some) > 1}


def _nearest(path: Path, folders: Sequence[str]) -> tuple[str, ...]:
    """Return the names of folders, the nearest first; of an absolute path that alone, and not the user's own."""
    if not path.is_absolute():
        return tuple(reversed(folders))
    return tuple(name for name in folders[-1:] if name not in {path.anchor, Path.home().name})


def _without_lists(names: Sequence[str]) -> Message:
    return message("zip-without-lists", files=len(names))


def _what_to_ask(names: Sequence[str]) -> str:
    """Return the way out of an archive without lists."""
    takeout = any(name.startswith("Takeout/") for name in names)
    return NO_SUBSCRIPTIONS if takeout else NO_LISTS


def _before(inner: str) -> tuple[str, ...] | None:
    """Return the folders before what a reader knows by its path, None where no reader does.

    Of several readers the one that knows most of the path: to the others its folders are strange.
    """
    path = unicodedata.normalize("NFC", inner.replace("\\", "/"))
    if len(path) > LONGEST_PATH:
        return None
    matches = [
        found for reader in READERS.readers() if (found := reader.paths.search(path)) and found.end() == len(path)
    ]
    if not matches:
        return None
    start = min(found.start() for found in matches)
    return tuple(part for part in path[:start].split("/") if part not in {"", ".", ".."})


def _is_known(inner: str) -> bool:
    return _before(inner) is not None


def _head(path: Path) -> bytes:
    try:
        return first_bytes(path)
    except OSError:
        return b""  # said where it is read


def _is_archive(path: Path, head: bytes) -> bool:
    """Tell whether a file is an archive; a damaged workbook still bears its name."""
    named = path.suffix.lower() in OFFICE
    return head.startswith(ZIP) and not named and workbook_kind(path, head) is None
