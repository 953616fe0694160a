"""The tables behind paths: what can be read, and what is passed over."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.sources import Skipped, Source, refusal, sources
from outreach.likes.exports import Exports, exports_in
from outreach.likes.plain.base import How, OwnTableError, Scan
from outreach.likes.plain.scan import scans
from outreach.likes.same_names import by_folder, without_copies
from outreach.likes.tables import UndecidedError, in_several
from outreach.likes.told import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.engine import Engine

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
    finding.decide()
    if not finding.found and not patient:
        raise finding.refused or finding.nothing()
    if finding.size < SMALL_BYTES:
        engine.run("set threads = 1")  # to share so little out costs more than to do it
    return (finding.found if patient else joined(finding.found)), finding.skipped


class _Finding:
    """What was found so far."""

    def __init__(self, engine: Engine, how: How, *, patient: bool) -> None:
        self.engine: Final = engine
        self.how = how
        self.patient: Final = patient
        self.seen: Final[set[Path]] = set()
        self.lists: Final[dict[str, str]] = {}
        self.found: Final[list[Scan]] = []
        self.skipped: Final[list[Skipped]] = []
        self.refused: InputError | None = None
        self.undecided: Final[list[tuple[Source, UndecidedError]]] = []
        self.size = 0

    def look(self, path: str | Path) -> None:
        """Look at one path; a file in a folder that holds no likes is passed over."""
        exports = self.exports(path)
        if exports.taken and not Path(path).is_dir():
            return
        found: list[Source | Skipped] = []
        failure: InputError | None = None
        try:
            found.extend(sources([path], self.engine.folder, self.seen, exports.taken))
        except InputError as err:
            failure = err  # what was found before it is read first
        for source in without_copies(by_folder(found) if self.how.customer_is is None else found):
            if isinstance(source, Skipped):
                self.skipped.append(source)
                continue
            self.size += source.path.stat().st_size
            try:
                self.read(source)
            except UndecidedError as err:
                self.undecided.append((source, err))
            except InputError as err:
                if not (source.found or self.patient):
                    raise
                self.pass_over(source.label, err, wanted=not (source.found and isinstance(err, OwnTableError)))
        if failure is not None:
            raise failure

    def decide(self) -> None:
        """Read what waited for the other lists: names beside the same addresses in several of them are the places'."""
        peers = in_several(err.pairs for _, err in self.undecided)
        self.how = replace(self.how, peers=peers)
        for source, err in self.undecided:
            try:
                if not peers:
                    raise err
                self.read(source)
            except InputError as still:
                if not (source.found or self.patient):
                    raise
                self.pass_over(source.label, still)

    def exports(self, path: str | Path) -> Exports:
        """Note the lists of platforms' exports behind a path."""
        if not (os.path.isfile(path) or os.path.isdir(path)):  # noqa: PTH112, PTH113 - Path fails at long names
            return Exports()  # a pipe gives its bytes only once
        found = exports_in(self.engine, Path(path), self.how, self.lists)
        for table in found.scans:
            self.note(table)
        self.skipped.extend(found.skipped)
        self.refused = self.refused or found.refused
        return found

    def nothing(self) -> InputError:
        """Return that there is nothing to read, with the first reason."""
        if not self.skipped:
            return InputError("nothing to read", hint="check the path")
        first = self.skipped[0]
        return InputError(f"{first.source}: {first.why}", hint=first.hint or "outreach check tells of every file")

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
