"""Files, folders, standard input: one kind of thing to read from.

Whatever cannot be read from its place (standard input, a pipe, gzip, bzip2) is first written to the run's private
folder, so that everything behind this module has a plain file that can be read twice.
"""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Final

from outreach.errors import InputError
from outreach.files import BLOCK_BYTES, GZIP, HEAD_BYTES, OLE, ZIP
from outreach.files.contract import Skipped, refusal
from outreach.files.paths import refuse_empty, shown_path, unreadable
from outreach.files.source import Source
from outreach.files.streams import blocks_of, open_once, standard_input
from outreach.files.temporary import new_file
from outreach.files.walk import Walked, walk
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from outreach.files.contract import Reader
    from outreach.messages import Message

__all__ = ["ENDINGS", "find_sources", "is_table", "sources_in_archive"]

ENDINGS: Final = (
    ".csv", ".tsv", ".tab", ".txt", ".json", ".jsonl", ".ndjson", ".parquet", ".xlsx", ".xlsm", ".xlsb", ".ods",
)  # fmt: skip
LISTS_TOO: Final = (".xls", ".docx", ".doc", ".odt", ".rtf", ".numbers", ".pdf", ".gsheet")  # may hold a list, unread
PACKED: Final = (
    ".rar", ".7z", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz",
    ".zip",  # an empty or a broken one; the others are exports
)  # fmt: skip
TWICE: Final = message("given-twice")
ARCHIVE_BYTES: Final = 1 << 30  # so much may lie in one archive
UNPACKED_BYTES: Final = 8 << 20  # a gzip file may always unpack to this much ...
UNPACKED_RATIO: Final = 200  # ... and beyond it only to this many times its size; tables rarely reach 30


def find_sources(
    paths: Sequence[str | Path],
    temporary: Path,
    seen: set[Path] | None = None,
    taken: Collection[Path] = (),
    plug_ins: Callable[[], Sequence[Reader[Any, Any]]] = tuple,
) -> Iterator[Source | Skipped]:
    """Yield what the paths lead to, folders in the order of their files' names.

    Args:
        paths: Files, folders, or ``-`` for standard input.
        temporary: A private folder for what has to be written down first.
        seen: What was read before, and is not read twice.
        taken: Files of folders that somebody else has read.
        plug_ins: Gives readers that may know what is no table by its name; called where there is such a file.

    Raises:
        InputError: A path does not exist, may not be read, is empty, or is a folder without tables.

    """
    seen = set() if seen is None else seen
    for given in paths:
        path = Path(given)
        if str(given) == "-":
            if path in seen:
                yield Skipped("stdin", TWICE)
            else:
                seen.add(path)
                yield _standard_input(temporary)
            continue
        walked = _files(path, shown_path(given))
        if walked.files == (path,):
            yield Skipped(shown_path(path), TWICE) if _is_among(seen, path) else _source(path, temporary)
            continue
        known = {
            file
            for file in walked.files
            if is_table(file.name) or _is_text_named_xls(file) or _is_known(file, path, plug_ins)
        }
        if not known and not taken:
            raise _without_tables(shown_path(given), walked)
        files = {file: file in known for file in walked.files if file not in taken}
        yield from _found(path, files, seen, temporary)


def sources_in_archive(path: Path, temporary: Path, seen: set[Path]) -> Iterator[Source | Skipped]:
    """Yield the tables of a ZIP archive in the order of their names; its folders tell as much as others.

    Args:
        path: Where it is.
        temporary: A private folder.
        seen: What was read before, and is not read twice.

    Raises:
        InputError: It is damaged, encrypted, or unpacks to more than is allowed.

    """
    from outreach.files.archive import members, shown

    if _is_among(seen, path):
        yield Skipped(shown_path(path), TWICE)
        return
    size = 0
    for member in members(shown_path(path), path, temporary, is_table, patient=True):
        if member.path is None:
            yield refusal(member.label, member.refused or _is_empty(member.label))
            continue
        size += member.path.stat().st_size
        if size > ARCHIVE_BYTES:
            raise InputError("too much in one archive", where=shown_path(path), hint="unpack it and give the folder")
        inner = PurePosixPath(member.inner)
        names = (inner.stem, *reversed(inner.parts[:-1]), *member.outer, path.stem)
        yield Source(
            member.label,
            member.path,
            member.head,
            inner=member.inner,
            archive=member.archive,
            titles=tuple(shown(name) for name in names if name not in {"", ".", ".."}),
            found=True,
        )


def _is_text_named_xls(file: Path) -> bool:
    """Whether a file is called an old workbook and is something else: a web page, a delimited text, a new workbook."""
    if not file.name.lower().endswith(".xls"):
        return False
    try:
        with file.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
    except OSError:
        return False
    if not head or head.startswith(OLE):
        return False
    table = b"\n" in head and any(sign in head for sign in (b"\t", b";", b","))
    return table or head.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith((b"<", ZIP))


def _is_known(file: Path, folder: Path, plug_ins: Callable[[], Sequence[Reader[Any, Any]]]) -> bool:
    """Whether a plug-in reads a file that is no table by its name."""
    if not (readers := plug_ins()):
        return False
    try:
        with file.open("rb") as stream:
            source = _unread(file, folder, stream.read(HEAD_BYTES))
    except OSError:
        return False
    return bool(source.head) and any(reader.identify(source) for reader in readers)


def _found(folder: Path, files: Mapping[Path, bool], seen: set[Path], temporary: Path) -> Iterator[Source | Skipped]:
    """Yield the files of a folder; one that cannot be read is skipped, unless that goes for all of them."""
    refused: InputError | None = None
    read = False
    for file, known in files.items():
        if _is_among(seen, file):
            yield Skipped(shown_path(file), TWICE)
        elif not known:
            wanted = file.name.lower().endswith((*LISTS_TOO, *PACKED))
            yield Skipped(shown_path(file), _why_not(file), wanted)
        else:
            try:
                source = _source(file, temporary, folder)
            except InputError as err:
                refused = refused or err
                yield refusal(shown_path(file), err)
                continue
            read = True
            yield source
    if refused and not read:
        raise refused


def _is_among(seen: set[Path], file: Path) -> bool:
    """Note a file; say whether it was noted before, under whatever path."""
    real = Path(os.path.realpath(file))  # resolve() fails at links in a circle
    before = real in seen
    seen.add(real)
    return before


def _why_not(file: Path) -> Message:
    """Return why a file is no table by its name."""
    name = file.name.lower()
    if name.endswith(".gsheet"):
        return message("only-a-link")
    if name.endswith(PACKED):
        return message("archive-not-read")
    return message("save-as-table" if name.endswith(LISTS_TOO) else "not-a-table-by-name")


def is_table(name: str) -> bool:
    """Whether a file is a table by its name."""
    return name.lower().removesuffix(".gz").endswith(ENDINGS)


def _is_text(name: str) -> bool:
    return name.isascii() or name.encode("utf-8", "replace").decode() == name


def _standard_input(temporary: Path) -> Source:
    with standard_input() as stream:
        return _copied(Source("stdin", Path("-"), b""), stream, temporary)


def _files(path: Path, label: str) -> Walked:
    """Return the file itself, or what lies in a folder."""
    refuse_empty(label)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise InputError("no such file or folder", where=label, hint=_hint_for_missing(label)) from None
    except (OSError, ValueError) as err:
        raise unreadable(label, err) from err
    return walk(path) if stat.S_ISDIR(mode) else Walked((path,), ())


def _without_tables(label: str, walked: Walked) -> InputError:
    """Return that there is nothing to read in a folder, or the first reason why nothing can be."""
    if unread := walked.unread + walked.others:
        return unread[0].error
    return InputError("no tables in this folder", where=label, hint=_hint_for_none(walked.files))


def _hint_for_none(files: Sequence[Path]) -> str:
    lists = [file for file in files if file.name.lower().endswith(LISTS_TOO)]
    if lists:
        more = f" and {len(lists) - 1} more" if len(lists) > 1 else ""
        return f"{lists[0].name}{more}: {_why_not(lists[0])}"
    return f"names of tables end in {', '.join(ENDINGS)} (or one of these and .gz)"


def _hint_for_missing(label: str) -> str:
    if "docs.google.com/" in label or "drive.google.com/" in label:
        return (
            "a Google Sheet cannot be read online: choose File > Download > Microsoft Excel in it, and give that file"
        )
    if label.startswith(("http://", "https://")):
        return "files are not downloaded: download it and give its path"
    return "check the path; if it has spaces, put it in quotes"


def _titles(file: Path, folder: Path | None) -> tuple[str, ...]:
    """Return the names that may tell whose list a file is: its own, and those of the folders that were meant too."""
    above = file.parent if folder is None else Path(_named(folder), *file.relative_to(folder).parts[:-1])
    folders = () if above.is_absolute() else above.parts  # in an absolute path the folders tell about this computer
    name = file.name.removesuffix(".gz")
    return tuple(shown_path(title) for title in (Path(name).stem, *reversed(folders)) if title not in {"", ".", ".."})


def _named(folder: Path) -> str:
    """Return what a folder is called, though it was given as ``.`` or ``..``."""
    return folder.name if folder.name not in {"", ".."} else folder.resolve().name


def _unread(file: Path, folder: Path | None, head: bytes = b"") -> Source:
    """Return a file as it lies there; ``folder`` is where it was found, None where the user gave it."""
    # An absolute path, because the engine takes "~/" and "file:" at the beginning for something else.
    return Source(
        shown_path(file),
        file.absolute(),
        head,
        inner=shown_path(file.name),
        titles=_titles(file, folder),
        found=folder is not None,
    )


def _source(file: Path, temporary: Path, folder: Path | None = None) -> Source:
    """Open a file; ``folder`` is where it was found, None where the user gave it."""
    source = _unread(file, folder)
    try:
        # A pipe gives its bytes only once, and the engine knows no names but those of text.
        copied = not stat.S_ISREG(file.stat().st_mode) or not _is_text(str(file))
        with open_once(file) as stream:
            if copied:
                return _copied(source, stream, temporary)
            return _unpacked(replace(source, head=stream.read(HEAD_BYTES)), temporary)
    except OSError as err:
        raise unreadable(source.label, err) from err


def _copied(source: Source, stream: BinaryIO, temporary: Path) -> Source:
    """Write a stream to the private folder."""
    target = new_file(temporary)
    with target.open("wb") as copy:
        copy.writelines(blocks_of(stream, source.label))
    with target.open("rb") as written:
        head = written.read(HEAD_BYTES)
    return _unpacked(replace(source, path=target, head=head), temporary)


def _is_empty(label: str) -> InputError:
    return InputError("the file is empty", where=label, hint="export or save it again")


def _opener(head: bytes) -> Callable[[Path], IO[bytes]] | None:
    """Return what reads a compressed file, by how it begins; None for one that is not compressed."""
    if head.startswith(GZIP):
        import gzip

        return gzip.open  # type: ignore[return-value]  # opened for reading bytes
    if head.startswith(b"BZh") and head[4:10] == b"1AY&SY":
        import bz2

        return bz2.open
    return None


def _unpacked(source: Source, temporary: Path) -> Source:
    """Return a source whose bytes are not compressed, and not missing."""
    if not source.head:
        raise _is_empty(source.label)
    if (opened := _opener(source.head)) is None:
        return source
    import zlib

    target = new_file(temporary)
    allowed = max(UNPACKED_BYTES, source.path.stat().st_size * UNPACKED_RATIO)
    size = 0
    try:
        with opened(source.path) as packed, target.open("wb") as copy:
            while block := packed.read(BLOCK_BYTES):
                size += len(block)
                if size > allowed:
                    raise InputError(
                        f"unpacks to more than {UNPACKED_RATIO} times its size",
                        where=source.label,
                        hint="unpack it yourself if you trust it",
                    )
                copy.write(block)
    except (EOFError, ValueError, OSError, zlib.error) as err:
        target.unlink(missing_ok=True)
        if isinstance(err, OSError) and err.errno is not None:  # the disk's, not the file's
            raise
        kind = "gzip" if source.head.startswith(GZIP) else "bzip2"
        raise InputError(
            f"the {kind} file is cut off or damaged", where=source.label, hint="download it again"
        ) from err
    with target.open("rb") as unpacked:
        head = unpacked.read(HEAD_BYTES)
    if not head:
        raise InputError("the file inside is empty", where=source.label, hint="export or save it again")
    return replace(source, path=target, head=head)
