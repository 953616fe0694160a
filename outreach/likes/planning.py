"""From paths to tables: first how each of them is to be read, then what Python has to read of them."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.lines import safe_copy
from outreach.files.sources import Skipped, Source, refusal, sources
from outreach.likes.executors.reading import read_rows
from outreach.likes.executors.written import RowFile
from outreach.likes.exports import Exports, exports_in
from outreach.likes.likes_writer import joined
from outreach.likes.plain.base import OwnTableError
from outreach.likes.plain.plans import plans_of
from outreach.likes.plain.workbooks import Workbooks
from outreach.likes.plan import Form, ReadOptions, ReadPlan, SourceTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.engine import Engine

__all__ = ["tables_in", "text_for_engine"]

SMALL_BYTES: Final = 4 * 1024 * 1024
PYTHON_BYTES: Final = 96 * 1024
"""A text of fewer bytes is read by Python, with all others of that kind. The engine takes a sixth of a second less for
each megabyte, and some sixteen milliseconds a table before it begins: they break even here."""


def tables_in(
    engine: Engine, paths: Sequence[str | Path], options: ReadOptions | None = None, *, patient: bool = False
) -> tuple[list[SourceTable], list[Skipped]]:
    """Return the tables behind some paths, and what was passed over.

    Args:
        engine: Lends its private folder.
        paths: Files, folders, or ``-``.
        options: What the user says about the tables.
        patient: Pass over what the user named and cannot be read, too.

    Raises:
        InputError: Something that the user named cannot be read, or nothing that was found can.

    """
    planning = _Planning(engine, options or ReadOptions(), patient=patient)
    for path in paths:
        before = len(planning.skipped)
        try:
            planning.look(path)
        except InputError as err:
            if not patient:
                raise
            # Of a folder each of whose files was refused nothing more is to be said.
            if not any(one.wanted for one in planning.skipped[before:]):
                planning.pass_over(str(path), err)
    tables = list(_tables(engine, planning))
    if not tables and not patient:
        raise planning.refused or planning.nothing()
    if planning.size < SMALL_BYTES:
        engine.run("set threads = 1")  # to share so little out costs more than to do it
    return tables, planning.skipped


@dataclass(frozen=True, slots=True)
class _Planned:
    """A plan, and whether its table is passed over where it cannot be read."""

    plan: ReadPlan
    tolerated: bool


class _Planning:
    """What was planned so far."""

    def __init__(self, engine: Engine, options: ReadOptions, *, patient: bool) -> None:
        self.engine: Final = engine
        self.options: Final = options
        self.patient: Final = patient
        self.seen: Final[set[Path]] = set()
        self.lists: Final[dict[str, str]] = {}
        self.workbooks: Final = Workbooks()
        self.planned: Final[list[_Planned]] = []
        self.skipped: Final[list[Skipped]] = []
        self.refused: InputError | None = None
        self.size = 0

    def look(self, path: str | Path) -> None:
        """Look at one path; a file in a folder that holds no likes is passed over."""
        exports = self.exports(path)
        if exports.taken and not Path(path).is_dir():
            return
        for source in sources([path], self.engine.folder, self.seen, exports.taken):
            if isinstance(source, Skipped):
                self.skipped.append(source)
                continue
            self.size += source.path.stat().st_size
            try:
                self.plan(source)
            except InputError as err:
                if not (source.found or self.patient):
                    raise
                self.pass_over(source.label, err, wanted=not (source.found and isinstance(err, OwnTableError)))

    def exports(self, path: str | Path) -> Exports:
        """Note the lists of platforms' exports behind a path."""
        if not (os.path.isfile(path) or os.path.isdir(path)):  # noqa: PTH112, PTH113 - Path fails at long names
            return Exports()  # a pipe gives its bytes only once
        found = exports_in(self.engine, Path(path), self.options, self.lists)
        self.planned.extend(_Planned(plan, tolerated=False) for plan in found.plans)
        self.skipped.extend(found.skipped)
        self.refused = self.refused or found.refused
        return found

    def plan(self, source: Source) -> None:
        """Note the plans of a source."""
        for plan in plans_of(self.engine, source, self.options, self.workbooks):
            if isinstance(plan, Skipped):
                self.skipped.append(plan)
            else:
                self.planned.append(_Planned(plan, source.found or self.patient))

    def nothing(self) -> InputError:
        """Return that there is nothing to read, with the first reason."""
        if not self.skipped:
            return InputError("nothing to read", hint="check the path")
        first = self.skipped[0]
        return InputError(f"{first.source}: {first.why}", hint=first.hint or "outreach check tells of every file")

    def pass_over(self, label: str, error: InputError, *, wanted: bool = True) -> None:
        """Note that something was not read, which should have been where it was ``wanted``."""
        self.refused = self.refused or error
        self.skipped.append(replace(refusal(label, error), wanted=wanted))


def _tables(engine: Engine, planning: _Planning) -> Iterator[SourceTable]:
    """Yield the tables of plans in their order, those of many lists of one platform as one at the end."""
    tolerated = {id(one.plan): one.tolerated for one in planning.planned}
    plans = [one.plan for one in planning.planned]
    if not planning.patient:
        plans = joined(plans)
    rows = RowFile(engine.folder)
    try:
        for number, plan in enumerate(plans):
            try:
                yield _table(engine, plan, planning.workbooks, rows)
            except InputError as err:
                if not tolerated.get(id(plan)):
                    raise
                planning.pass_over(plan.label, err)
            if number + 1 == len(plans) or plans[number + 1].path != plan.path:
                planning.workbooks.close(plan.path)
    finally:
        rows.close()


def _table(engine: Engine, plan: ReadPlan, workbooks: Workbooks, rows: RowFile) -> SourceTable:
    """Return a planned table, read by Python or ready for the engine.

    Raises:
        InputError: It is damaged.

    """
    if plan.form is Form.EXPORT:
        return SourceTable(plan, plan.bad, plan.notes, written=plan.lists)
    if plan.path is None or plan.form not in {Form.TEXT, Form.TAB}:
        return SourceTable(plan, plan.bad, plan.notes)
    if plan.form is Form.TEXT and plan.layout is None and plan.path.stat().st_size >= PYTHON_BYTES:
        return text_for_engine(plan, plan.path, engine.folder)
    return read_rows(plan, workbooks.tab(plan), rows, progress=engine.progress)


def text_for_engine(plan: ReadPlan, path: Path, folder: Path) -> SourceTable:
    """Return a text as one that the engine can read.

    Args:
        plan: Of a text whose header line says it all.
        path: Where it is.
        folder: A private folder for a safe copy, where one is needed.

    """
    text, bad = safe_copy(path, folder, plan.delimiter or "", plan.width)
    return SourceTable(plan, (*plan.bad, *(line for line in bad if line.line > plan.skip)), plan.notes, text)
