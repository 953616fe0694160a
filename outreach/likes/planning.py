"""From paths to tables: first how each of them is to be read, then what Python has to read of them."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.contract import Skipped, refusal
from outreach.files.find import find_sources, is_table, sources_in_archive
from outreach.likes.executors.reading import read_rows
from outreach.likes.executors.written import RowFile
from outreach.likes.exports import READERS
from outreach.likes.exports.found import Exports, broken, may_hold_lists
from outreach.likes.plain.base import NoListError, OwnTableError
from outreach.likes.plain.plans import plans_of
from outreach.likes.plain.workbooks import Workbooks
from outreach.likes.plan import Form, ReadOptions, ReadPlan, SourceTable
from outreach.likes.same_names import by_folder, without_copies
from outreach.likes.tables import UndecidedError, in_several
from outreach.likes.tables.cells import is_address
from outreach.likes.tables.titles import customer_of_titles
from outreach.messages import describe
from outreach.stopping import stop_if_asked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.engine import Engine
    from outreach.files.contract import Remark
    from outreach.files.source import Source
    from outreach.likes.exports.base import ListReader

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
    planning.decide()
    tables = list(_tables(engine, planning))
    if not tables and not patient:
        raise planning.refused or planning.nothing()
    if tables and not patient and all(table.plan.of_places for table in tables):
        raise InputError(
            "this shows how large places are, not who follows them",
            where=tables[0].label,
            hint="give the customers' lists too",
        )
    if planning.size < SMALL_BYTES:
        engine.run("set threads = 1")  # to share so little out costs more than to do it
    return tables, planning.skipped


@dataclass(frozen=True, slots=True)
class _Planned:
    """A plan, whether its table is passed over where it cannot be read, and the source of a plain table."""

    plan: ReadPlan
    tolerated: bool
    source: Source | None = None


def _owner_of(planned: _Planned) -> str | None:
    """Return whose list of addresses a plain table is by its title; tables of names are copies where they are alike."""
    if planned.source is None or not all(is_address(address) for _, address in planned.plan.pairs):
        return None
    return customer_of_titles(planned.source.titles)


class _Planning:
    """What was planned so far."""

    def __init__(self, engine: Engine, options: ReadOptions, *, patient: bool) -> None:
        self.engine: Final = engine
        self.options = options
        self.patient: Final = patient
        self.seen: Final[set[Path]] = set()
        self.lists: Final[dict[str, str]] = {}
        self.workbooks: Final = Workbooks()
        self.planned: Final[list[_Planned]] = []
        self.skipped: Final[list[Skipped]] = []
        self.refused: InputError | None = None
        self.undecided: Final[list[tuple[Source, UndecidedError]]] = []
        self.size = 0

    def look(self, path: str | Path) -> None:
        """Look at one path; a file in a folder that holds no likes is passed over."""
        exports = self.exports(path)
        if exports.taken and not Path(path).is_dir():
            return
        claimed: list[tuple[Source, ListReader]] = []
        found, failure = self.sources(path, exports)
        for source in found:
            stop_if_asked()
            if isinstance(source, Skipped):
                self.skip(source)
                continue
            source = replace(source, encoding=self.options.encoding)  # noqa: PLW2901 - what plug-ins may know of it
            self.size += source.path.stat().st_size
            try:
                if reader := self.read_or_claim(source):
                    claimed.append((source, reader))
            except UndecidedError as err:
                self.undecided.append((source, err))
            except InputError as err:
                if not (source.found or self.patient):
                    raise
                self.pass_over(source.label, err, wanted=not (source.found and isinstance(err, NoListError)))
        if failure is not None:
            raise failure
        if claimed:
            from outreach.likes.exports.find import exports_claimed

            self.take(exports_claimed(self.engine, claimed, self.options, self.lists))

    def sources(self, path: str | Path, exports: Exports) -> tuple[Iterable[Source | Skipped], InputError | None]:
        """Return what lies behind a path, and why that is not all; what was found before a failure is read first."""
        found: list[Source | Skipped] = []
        failure: InputError | None = None
        try:
            if exports.plain != [Path(path)]:
                found.extend(find_sources([path], self.engine.folder, self.seen, exports.taken, self.plug_ins))
            for archive in exports.plain:
                found.extend(sources_in_archive(archive, self.engine.folder, self.seen))
        except InputError as err:
            failure = err
        return without_copies(by_folder(found) if self.options.customer_is is None else found), failure

    def decide(self) -> None:
        """Plan what waited for the other lists: names beside the same addresses in several of them are the places'."""
        lists = {(one.plan.pairs, _owner_of(one)) for one in self.planned}
        peers = in_several([*(pairs for pairs, _ in lists), *(err.pairs for _, err in self.undecided)])
        self.options = replace(self.options, peers=peers)
        waiting = [
            one.source
            for one in self.planned
            if one.source and not peers.isdisjoint(one.plan.pairs) and not self._has_names_of_places(one.plan)
        ]
        for source in dict.fromkeys(waiting):
            self.plan_again(source)
        for source, err in self.undecided:
            try:
                if not peers:
                    raise err
                self.plan(source)
            except InputError as still:
                if not (source.found or self.patient):
                    raise
                self.pass_over(source.label, still)

    def _has_names_of_places(self, plan: ReadPlan) -> bool:
        """Whether names are read as the places' own already: what other lists hold can only say so once more."""
        return "name" in plan.columns and "customer" in plan.constants and not self.options.explained

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
            self.plan(source)
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
        if not may_hold_lists(Path(path)):
            return Exports()
        from outreach.likes.exports.find import exports_in

        found = exports_in(self.engine, Path(path), self.options, self.lists)
        self.take(found)
        return found

    def take(self, found: Exports) -> None:
        """Note what was found of exports."""
        self.planned.extend(_Planned(plan, tolerated=False) for plan in found.plans)
        for one in found.skipped:
            self.skip(one)
        self.refused = self.refused or found.refused

    def skip(self, one: Skipped) -> None:
        """Note what was left out, a broken plug-in once."""
        if one.why.code != "plug-in-broken" or one not in self.skipped:
            self.skipped.append(one)

    def plan(self, source: Source) -> None:
        """Note the plans of a source."""
        for plan in plans_of(self.engine, source, self.options.for_file(source.label), self.workbooks):
            if isinstance(plan, Skipped):
                self.skipped.append(plan)
            else:
                self.planned.append(self.planned_of(plan, source))

    def plan_again(self, source: Source) -> None:
        """Plan a source once more, knowing the other lists; what cannot be planned so stays as it was."""
        places = [place for place, one in enumerate(self.planned) if one.source is source]
        with suppress(InputError):
            plans = list(plans_of(self.engine, source, self.options.for_file(source.label), self.workbooks))
            again = [self.planned_of(plan, source) for plan in plans if isinstance(plan, ReadPlan)]
            self.planned[places[0] : places[-1] + 1] = again

    def planned_of(self, plan: ReadPlan, source: Source) -> _Planned:
        """Return a plan of a source with what to do where its table cannot be read."""
        return _Planned(plan, source.found or self.patient, source)

    def nothing(self) -> InputError:
        """Return that there is nothing to read, with the first reason."""
        if not self.skipped:
            return InputError("nothing to read", hint="check the path")
        first = self.skipped[0]
        return InputError(describe(first.why), where=first.source, hint=first.hint or "outreach check shows every file")

    def pass_over(self, label: str, error: InputError, *, wanted: bool = True) -> None:
        """Note that something was not read, which should have been where it was ``wanted``."""
        self.refused = self.refused or error
        self.skipped.append(replace(refusal(label, error), wanted=wanted))


def _tables(engine: Engine, planning: _Planning) -> Iterator[SourceTable]:
    """Yield the tables of plans in their order, those of many lists of one platform as one at the end."""
    tolerated = {id(one.plan): one.tolerated for one in planning.planned}
    plans = [one.plan for one in planning.planned]
    if not planning.patient and any(plan.export for plan in plans):
        from outreach.likes.likes_writer import joined

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
    from outreach.files.lines import safe_copy

    text, bad = safe_copy(path, folder, plan.delimiter or "", plan.width)
    return SourceTable(plan, (*plan.bad, *(line for line in bad if (line.line or 0) > plan.skip)), plan.notes, text)
