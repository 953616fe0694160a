"""What is found of exports behind a path, and which files may be of one at all; a plain table needs nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from outreach.files import GZIP, OLE, ZIP
from outreach.files.contract import Skipped, refusal
from outreach.files.streams import first_bytes
from outreach.patterns import pattern
from outreach.words.vocabulary import texts_of

if TYPE_CHECKING:
    from pathlib import Path

    from outreach.errors import InputError
    from outreach.files.contract import Remark
    from outreach.likes.plan import ReadPlan

__all__ = ["OFFICE", "Exports", "broken", "may_be_ours", "may_hold_lists"]

OFFICE: Final = (".xlsx", ".xlsm", ".xlsb", ".ods", ".docx", ".odt", ".pptx", ".numbers")
FIRST_LINE: Final = 4096
OUR_COLUMN: Final = pattern(
    rf"(?:^|[,;|\t])(?:[^\S\t]|[\ufeff\"'])*(?:{'|'.join(map(re.escape, texts_of('tables.customer')))})\b",
    re.IGNORECASE,
)
"""No platform names a column after our customers."""


@dataclass(slots=True)
class Exports:
    """What was found of exports behind one path.

    Args:
        plans: How each list is read.
        skipped: What was left out, and why.
        taken: Files that belong to exports, and are no plain tables.
        refused: Why the first of those that cannot be used cannot.
        plain: Archives of nothing but tables, which are read like a folder of them.

    """

    plans: list[ReadPlan] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    taken: set[Path] = field(default_factory=set)
    refused: InputError | None = None
    plain: list[Path] = field(default_factory=list)

    def refuse(self, label: str, error: InputError) -> None:
        """Note what should have been read, and why it was not."""
        self.refused = self.refused or error
        self.skipped.append(refusal(label, error))


def broken(remark: Remark) -> Skipped:
    """Return that a plug-in is broken, as something that was left out."""
    return Skipped(str(remark.message["name"]), remark.message)


def may_hold_lists(path: Path) -> bool:
    """Return whether exports may lie behind a path: it is a folder, an archive, or no table of ours."""
    if path.is_dir() or path.suffix.lower() == ".zip":
        return True
    try:
        head = first_bytes(path)
    except OSError:
        return False  # said where it is read
    return (head.startswith(ZIP) and path.suffix.lower() not in OFFICE) or may_be_ours(head)


def may_be_ours(head: bytes) -> bool:
    """Tell by the first bytes whether a file could be of an export: no platform names a column after our customers."""
    if not head or head.startswith((ZIP, b"PAR1", GZIP, OLE)):
        return False
    return OUR_COLUMN.search(head.partition(b"\n")[0][:FIRST_LINE].decode("utf-8", "replace")) is None
