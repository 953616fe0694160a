"""The tables behind paths: what can be read, and what is passed over."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.contract import Skipped, refusal
from outreach.files.sources import is_table, sources
from outreach.likes.exports import READERS
from outreach.likes.exports.find import Exports, broken, exports_claimed, exports_in
from outreach.likes.plain.base import How, OwnTableError, Scan
from outreach.likes.plain.scan import scans
from outreach.likes.told import joined
from outreach.messages import describe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.engine import Engine
    from outreach.files.contract import Remark
    from outreach.files.source import Source
    from outreach.likes.exports.base import ListReader

__all__ = ["tables_in"]

SMALL_BYTES: Final = 4 * 1024 * 1024


def tables_in(
    engine: Engine, paths: Sequence[str | Path], how: How | None = None, *, patient: bool = False
) -> tuple[list[Scan], list[Skipped]]:
    """Return the tables behind some paths, and what was passed over.

    Args:
        engine: Lends its private folder.
        paths: Files, folders, or ``-``.
        how: What the user says about the tables.
        patient: Pass over what the user named and cannot be read, too.

    Raises:
        InputError: Something that the user named cannot be read, or nothing that was found can.

    """
    finding = _Finding(engine, how or How(), patient=patient)
    for path in paths:
        before = len(finding.skipped)
        try:
            finding.look(path)
        except InputError as err:
            if not patient:
                raise
            if not any(one.wanted for one in finding.skipped[before:]):  # of a folder all of whose files were told
                finding.pass_over(str(path), err)
    if not finding.found and not patient:
        raise finding.refused or finding.nothing()
    if finding.size < SMALL_BYTES:
        engine.run("set threads = 1")  # to share so little out costs more than to do it
    return (finding.found if patient else joined(finding.found)), finding.skipped


class _Finding:
    """What was found so far."""

    def __init__(self, engine: Engine, how: How, *, patient: bool) -> None:
        self.engine: Final = engine
        self.how: Final = how
        self.patient: Final = patient
        self.seen: Final[set[Path]] = set()
        self.lists: Final[dict[str, str]] = {}
        self.found: Final[list[Scan]] = []
        self.skipped: Final[list[Skipped]] = []
        self.refused: InputError | None = None
        self.size = 0

    def look(self, path: str | Path) -> None:
        """Look at one path; a file in a folder that holds no likes is passed over."""
        exports = self.exports(path)
        if exports.taken and not Path(path).is_dir():
            return
        claimed: list[tuple[Source, ListReader]] = []
        for source in sources([path], self.engine.folder, self.seen, exports.taken, self.plug_ins):
            if isinstance(source, Skipped):
                self.skipped.append(source)
                continue
            source = replace(source, encoding=self.how.encoding)  # noqa: PLW2901 - what plug-ins may know of it
            self.size += source.path.stat().st_size
            try:
                if reader := self.read_or_claim(source):
                    claimed.append((source, reader))
            except InputError as err:
                if not (source.found or self.patient):
                    raise
                self.pass_over(source.label, err, wanted=not (source.found and isinstance(err, OwnTableError)))
        if claimed:
            self.take(exports_claimed(self.engine, claimed, self.how, self.lists))

    def plug_ins(self) -> Sequence[ListReader]:
        """Return the plug-ins, asked for what nothing built in reads."""
        return READERS.plug_ins(self.broken)

    def read_or_claim(self, source: Source) -> ListReader | None:
        """Note the tables of a source; where nothing built in reads it, return the plug-in that does.

        Raises:
            InputError: Nobody reads it, or two plug-ins do.

        """
        no_table = source.found and not is_table(source.name)
        if no_table and (reader := READERS.claimed_by_plug_in(source, self.broken)):
            return reader
        before = len(self.skipped)
        try:
            self.read(source)
        except OwnTableError:
            raise
        except InputError:
            tabs = slice(before, len(self.skipped))
            if (reader := READERS.claimed_by_plug_in(source, self.broken)) is None:
                raise
            del self.skipped[tabs]
            return reader
        return None

    def broken(self, remark: Remark) -> None:
        """Note that a plug-in is broken."""
        self.skip(broken(remark))

    def exports(self, path: str | Path) -> Exports:
        """Note the lists of platforms' exports behind a path."""
        if not (os.path.isfile(path) or os.path.isdir(path)):  # noqa: PTH112, PTH113 - Path fails at long names
            return Exports()  # a pipe gives its bytes only once
        found = exports_in(self.engine, Path(path), self.how, self.lists)
        self.take(found)
        return found

    def take(self, found: Exports) -> None:
        """Note what was found of exports."""
        for table in found.scans:
            self.note(table)
        for one in found.skipped:
            self.skip(one)
        self.refused = self.refused or found.refused

    def skip(self, one: Skipped) -> None:
        """Note what was left out, a broken plug-in once."""
        if one.why.code != "plug-in-broken" or one not in self.skipped:
            self.skipped.append(one)

    def nothing(self) -> InputError:
        """Return that there is nothing to read, with the first reason."""
        if not self.skipped:
            return InputError("nothing to read", hint="check the path")
        first = self.skipped[0]
        return InputError(
            f"{describe(first.why)}", where=first.source, hint=first.hint or "outreach check tells of every file"
        )

    def note(self, table: Scan) -> None:
        """Note a table."""
        self.found.append(replace(table, people=self.how.people) if self.how.people else table)

    def read(self, source: Source) -> None:
        """Note the tables of a source."""
        for table in scans(self.engine, source, self.how):
            if isinstance(table, Skipped):
                self.skipped.append(table)
            else:
                self.note(table)

    def pass_over(self, label: str, error: InputError, *, wanted: bool = True) -> None:
        """Note that something was not read, which should have been where it was ``wanted``."""
        self.refused = self.refused or error
        self.skipped.append(replace(refusal(label, error), wanted=wanted))
