"""Which kind of workbook a file is, by its content, and what it is instead; the members are looked at only in a ZIP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from outreach.errors import InputError
from outreach.files import HEAD_BYTES, OLE, ZIP

if TYPE_CHECKING:
    from pathlib import Path

    from outreach.files.package import Package

__all__ = ["AS_XLSX", "Kind", "kind_of_table", "refused", "workbook_kind"]

Kind: TypeAlias = Literal["xlsx", "xlsm", "xlsb", "ods"]

EMPTY_ZIP: Final = b"PK\x05\x06"
ODF: Final = b"application/vnd.oasis.opendocument."
AS_SHEET: Final = "copy the table into a spreadsheet and give that"
AS_XLSX: Final = 'open it and save it as an Excel workbook (.xlsx) or as "CSV UTF-8"'
MEMBERS: Final = (
    ("word/document.xml", "a Word document", AS_SHEET),
    ("ppt/presentation.xml", "a PowerPoint presentation", AS_SHEET),
    ("Index/Document.iwa", "an Apple Numbers document", "export it from Numbers to Excel or CSV"),
    ("Index.zip", "an Apple Numbers document", "export it from Numbers to Excel or CSV"),
)
STREAMS: Final = (
    ("WordDocument", "an old Word document (.doc)", AS_SHEET),
    ("PowerPoint Document", "an old PowerPoint presentation (.ppt)", AS_SHEET),
    ("Workbook", "an old Excel workbook (.xls)", AS_XLSX),
    ("Book", "an old Excel workbook (.xls)", AS_XLSX),
)


def workbook_kind(path: Path, head: bytes) -> Kind | None:
    """Return which kind of workbook a file is, by its content; a damaged one is what its head promises.

    Args:
        path: Where its bytes are.
        head: Its first ones.

    """
    if not head.startswith(ZIP):
        return None
    from outreach.files.package import Package

    try:
        package = Package("", path)
        if "xl/workbook.bin" in package:
            return "xlsb"
        if "[Content_Types].xml" in package and any(name.startswith("xl/") for name in package.members):
            return "xlsm" if b"macroEnabled" in package.text("[Content_Types].xml") else "xlsx"
        return "ods" if package.text("mimetype").startswith(ODF + b"spreadsheet") else None
    except InputError:
        if ODF + b"spreadsheet" in head[:200]:
            return "ods"
        return "xlsx" if b"xl/" in head or b"[Content_Types].xml" in head[:200] else None


def refused(label: str, path: Path, head: bytes) -> InputError | None:
    """Return why a file that looks like a workbook from outside is none; None for a workbook, and for all others.

    Args:
        label: What messages call it.
        path: Where its bytes are.
        head: Its first 64 KiB.

    """
    if head.startswith(EMPTY_ZIP):
        return _none(label, "an empty ZIP archive", "export it again")
    if head.startswith(OLE):
        return _old(label, path, head)
    if not head.startswith(ZIP) or workbook_kind(path, head):
        return None
    from outreach.files.package import Package

    try:
        return _none(label, *_archive(Package(label, path)))
    except InputError:
        return _none(label, "a ZIP archive that is cut off or damaged", "export or download it again")


def kind_of_table(label: str, path: Path, *, if_empty: str = "") -> Kind | None:
    """Return which kind of workbook a table is, None for a text.

    Args:
        label: What messages call it.
        path: Where its bytes are.
        if_empty: What to do about a file without bytes, which is then refused.

    Raises:
        InputError: It cannot be read, is empty, or looks like a workbook and is none.

    """
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
    except (OSError, ValueError) as err:
        reason = err.strerror if isinstance(err, OSError) else "this is not a file name"
        raise InputError(f"cannot be read ({reason})", where=label, hint="check the path") from err
    if if_empty and not head.strip():
        raise InputError("the file is empty", where=label, hint=if_empty)
    if error := refused(label, path, head):
        raise error
    return workbook_kind(path, head)


def _archive(package: Package) -> tuple[str, str]:
    """Return what a ZIP archive is that holds no workbook, and the way out."""
    for member, what, hint in MEMBERS:
        if member in package:
            return what, hint
    if package.text("mimetype").startswith(ODF):
        return "an OpenDocument text or presentation", AS_SHEET
    return "a ZIP archive", "unpack it and give the files inside"


def _none(label: str, what: str, hint: str) -> InputError:
    return InputError(f"this is {what}, not a table", where=label, hint=hint)


def _old(label: str, path: Path, head: bytes) -> InputError:
    """Tell the files of old office programs apart by the names of their streams."""
    names = head + _directory(path, head)
    if "EncryptedPackage".encode("utf-16-le") in names:
        from outreach.files.package import protected

        return protected(label)
    for stream, what, hint in STREAMS:
        if stream.encode("utf-16-le") in names:
            return _none(label, what, hint)
    return _none(label, "a document of an old office program", AS_XLSX)


def _directory(path: Path, head: bytes) -> bytes:
    """Return the beginning of the list of streams, which may stand anywhere in the file."""
    size = 1 << min(int.from_bytes(head[30:32], "little"), 12)
    with path.open("rb") as stream:
        stream.seek((int.from_bytes(head[48:52], "little") + 1) * size)
        return stream.read(4096)
