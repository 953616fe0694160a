"""The results of an open campaign: what was read of them, the report, and what a person ties, as ``outreach track``."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from outreach.app.ledgers import ledger_of, setting_or_usual
from outreach.campaign.clock import this_day
from outreach.campaign.values import is_there, value_of
from outreach.campaign.writing import DEFAULTS
from outreach.errors import InputError, OutreachError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from outreach.app.desk import Desk
    from outreach.campaign.ledger import Natural, Placement
    from outreach.campaign.ledger.imports import Import
    from outreach.campaign.ledger.ledger import Ledger
    from outreach.campaign.ledger.ties import Tie
    from outreach.campaign.settings import Campaign
    from outreach.reporting.people_sheet import PeopleSheet
    from outreach.teasers.changed_links import ChangedLink
    from outreach.tracking.answers import Answer
    from outreach.tracking.base import Untied
    from outreach.tracking.importing import Imported, Reading
    from outreach.tracking.report import ConversionReport

__all__ = [
    "Shown", "concluded", "export", "forget", "is_report", "read_files", "results_folder", "show", "tie",
    "type_numbers", "untie",
]  # fmt: skip

SHEET: Final = "results.xlsx"
"""The sheet that numbers typed on the page go into, as all examples of ``track --template`` call it."""

SOURCE: Final = "typed"
"""Name of what is typed on the page: typed again it takes its own place, and that of no other table."""

MOST_BYTES_LOOKED_AT: Final = 50_000_000
"""Above that a file among the lists is not opened to find out whether it is a report."""

_untied: WeakKeyDictionary[Desk, list[Untied]] = WeakKeyDictionary()
"""Answers that no place is tied to: they are for the screen, and no database keeps them."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is to show.

    Args:
        report: Of the ledger.
        sheet: Conclusion and table for people, None where nothing was measured.
        conclusion: Its lines.
        imports: What was read.
        ties: What was tied by hand.
        answers: That are tied to no place.
        changed: Texts that carry another link than their own, and are not tied.
        typed: What stands in the sheet of typed numbers.
        waiting: How many files and folders with results there are.
        left_out: What was measured and has no column in the table.

    """

    report: ConversionReport | None
    sheet: PeopleSheet | None
    conclusion: tuple[str, ...]
    imports: tuple[Import, ...]
    ties: tuple[Tie, ...]
    answers: tuple[Answer, ...]
    changed: tuple[ChangedLink, ...]
    typed: Mapping[Natural, Mapping[str, str]]
    waiting: int
    left_out: tuple[str, ...] = ()

    @property
    def placements(self) -> Sequence[Placement]:
        """The posts: what is in the ledger and was not declined."""
        return [one for one in self.report.placements if one.status != "declined"] if self.report else ()


def show(desk: Desk, language: str) -> Shown:
    """Return what the ledger says of the results.

    Args:
        desk: The campaign.
        language: Of the conclusion and the table.

    Raises:
        OutreachError: The ledger cannot be used, or several sources count the same.

    """
    from outreach.campaign.ledger.results import Results
    from outreach.campaign.ledger.ties import ties_of

    campaign = desk.campaign()
    waiting = len(_files(campaign))
    ledger = ledger_of(campaign)
    if ledger is None:
        return Shown(None, None, (), (), (), _answers(desk), (), {}, waiting)
    made, sheet, conclusion, left_out = _report(campaign, ledger, language)
    ties = ties_of(ledger.database)
    return Shown(
        report=made,
        sheet=sheet,
        conclusion=conclusion,
        imports=tuple(Results(ledger.database).imports()),
        ties=ties,
        answers=_answers(desk),
        changed=tuple(_changed(desk, campaign, made, ties)),
        typed=_typed(desk),
        waiting=waiting,
        left_out=left_out,
    )


def concluded(desk: Desk, language: str) -> tuple[str, tuple[str, int | None]]:
    """Return the conclusion's first line, and what is counted first of all conversions with its number.

    Raises:
        OutreachError: The ledger cannot be used, or several sources count the same.

    """
    from outreach.messages import full_sentence
    from outreach.reporting.measure_words import kind_in
    from outreach.reporting.overview import overview
    from outreach.tracking.conclusion import conclude
    from outreach.tracking.lines import Choice
    from outreach.tracking.report import report

    campaign = desk.campaign()
    ledger = ledger_of(campaign)
    if ledger is None:
        return "", ("", None)
    made = report(ledger, Choice("resource", campaign.settings.visits, currency=campaign.settings.currency))
    seen = overview(made.sections)
    if seen is None:
        return "", ("", None)
    first = next(iter(conclude(made.sections)), None)
    said = full_sentence(first, language) if first else ""
    for header, (kind, goal) in seen.kinds.items():
        return said, (kind_in(kind, goal, language), sum(row.counts.get(header) or 0 for row in seen.rows))
    return said, ("", None)


def _report(
    campaign: Campaign, ledger: Ledger, language: str
) -> tuple[ConversionReport, PeopleSheet | None, tuple[str, ...], tuple[str, ...]]:
    """Return the report, its table for people, its conclusion, and what has no column in the table."""
    from outreach.messages import full_sentence
    from outreach.reporting.overview import overview
    from outreach.reporting.report_sheet import report_sheet
    from outreach.tracking.conclusion import conclude
    from outreach.tracking.lines import Choice
    from outreach.tracking.report import report

    made = report(ledger, Choice("resource", campaign.settings.visits, currency=campaign.settings.currency))
    conclusion = tuple(full_sentence(one, language) for one in conclude(made.sections))
    seen = overview(made.sections)
    sheet = report_sheet(seen, conclusion, language=language) if seen else None
    return made, sheet, conclusion, seen.left_out if seen else ()


def export(desk: Desk, language: str) -> bytes:
    """Return the report as a workbook, as ``outreach track -o report.xlsx`` writes it.

    Raises:
        OutreachError: There is nothing to report, or it cannot be written.

    """
    from outreach.app.downloads import content_of
    from outreach.engine import Engine
    from outreach.tracking.table import conversion_table

    campaign = desk.campaign()
    ledger = ledger_of(campaign)
    if ledger is None:
        raise InputError("nothing was measured yet", hint="give a file of your analytics, or type numbers")
    made, sheet, *_ = _report(campaign, ledger, language)
    with Engine() as engine:
        return content_of(conversion_table(engine, made.sections), "xlsx", sheet)


def _changed(desk: Desk, campaign: Campaign, report: ConversionReport, ties: Sequence[Tie]) -> list[ChangedLink]:
    """Return the texts whose link was changed by hand, each once, without those that are tied already."""
    from outreach.teasers.changed_links import changed_in_files, changed_in_ledger
    from outreach.tracking.attribution import names_of
    from outreach.tracking.tags import tags_in

    folder = desk.within(Path(setting_or_usual(campaign, "drafts")))
    files = sorted(folder.glob("*.md")) if folder.is_dir() else []
    placements = [one for one in report.placements if one.status != "declined"]
    tied = {one.text for one in ties}
    found: dict[object, ChangedLink] = {}
    for one in (*changed_in_files(placements, files), *changed_in_ledger(placements)):
        if tied.isdisjoint(names_of(tags_in(one.link))):
            found.setdefault((one.placement.natural, one.link), one)
    return list(found.values())


def results_folder(desk: Desk) -> Path:
    """Return the folder that takes files with results."""
    for path in _paths(desk.campaign()):
        if os.path.isdir(path):  # noqa: PTH112 - Path's fails at long names
            return desk.within(Path(path))
    return desk.within(desk.folder / str(DEFAULTS["results"][0]))  # type: ignore[index]  # a tuple of names


def is_report(path: Path) -> bool:
    """Return whether a file is one that the results are read from, by its beginning."""
    try:
        state = path.stat()
    except OSError:
        return False
    return _is_report(str(path), state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=256)
def _is_report(path: str, _written: int, size: int) -> bool:
    from outreach.files.contract import Skipped
    from outreach.tracking.exports import READERS
    from outreach.tracking.find import find_files

    if size > MOST_BYTES_LOOKED_AT:
        return False
    try:
        with tempfile.TemporaryDirectory(prefix="outreach-") as folder:
            return any(
                not isinstance(one, Skipped) and READERS.claimed(one) is not None
                for one in find_files([path], Path(folder))
            )
    except OutreachError:
        return False


def _paths(campaign: Campaign) -> tuple[str, ...]:
    found: tuple[str, ...] = value_of(campaign, "results")
    return found or tuple(campaign.path(one) for one in DEFAULTS["results"])  # type: ignore[attr-defined]  # likewise


def _files(campaign: Campaign) -> list[str]:
    """Return the files and folders with results that are there."""
    return [path for path in _paths(campaign) if is_there(path)]


def read_files(
    desk: Desk, paths: Sequence[Path] | None = None, *, again: bool = False, source: str = ""
) -> tuple[Reading, list[Imported]]:
    """Read files with results into the ledger, all or none, as ``outreach track`` does.

    Args:
        desk: The campaign.
        paths: Which; all of the campaign where they are not given.
        source: What was measured, where the files do not tell it.
        again: Whether they take the place of what was read before of the same days.

    Raises:
        Conflict: A file overlaps in part with what was read before.
        OutreachError: A file cannot be used; nothing was written.

    """
    from outreach.campaign.ledger.answers import keep_currency
    from outreach.campaign.ledger.secret import LedgerSecret
    from outreach.engine import Engine
    from outreach.tracking.base import ImportOptions
    from outreach.tracking.remembered import with_remembered
    from outreach.tracking.report import import_files

    campaign = desk.campaign()
    settings = campaign.settings
    given = [os.path.relpath(path) for path in paths] if paths is not None else _files(campaign)
    if not given:
        raise InputError("there is no file with results", hint="drop one, or type numbers")
    ledger = ledger_of(campaign, create=True)
    if ledger is None:
        raise InputError("there is no database")
    with Engine() as engine:
        asked = ImportOptions(
            engine=engine,
            secret=LedgerSecret(ledger.database),
            today=this_day(),
            goal=settings.goal,
            exclude=settings.exclude_ip,
            currency=settings.currency,
            market=settings.market,
        )
        reading, imported = import_files(
            ledger, given, with_remembered(asked, ledger.database), again=again, source=source
        )
    if settings.currency:
        keep_currency(ledger.database, settings.currency, again=False)
    before = [] if paths is None else _untied.get(desk, [])
    read = {label for one in imported for label in one.report.labels}
    _untied[desk] = [*(one for one in before if one.source not in read), *reading.untied]
    return reading, imported


def _answers(desk: Desk) -> tuple[Answer, ...]:
    from outreach.tracking.answers import untied_answers

    return tuple(untied_answers(_untied.get(desk, [])))


def _files_with_answers(desk: Desk) -> list[Path] | None:
    """Return the files that answers came from; None for all, where one of them lies in an archive."""
    files = [Path(one.source) for one in _untied.get(desk, [])]
    return files if files and all(file.is_file() for file in files) else None


def forget(desk: Desk, number: int) -> str:
    """Remove what was read from one file; return what it was called.

    Raises:
        InputError: There is none of that number.

    """
    from outreach.campaign.ledger.results import Results

    ledger = ledger_of(desk.campaign())
    gone = Results(ledger.database).forget(number) if ledger else None
    if gone is None:
        raise InputError("there is no such import any more", hint="reload the page")
    return gone.called


def tie(desk: Desk, kind: str, text: str, place: str) -> None:
    """Tie a tag or an answer to a place.

    Args:
        desk: The campaign.
        kind: ``tag`` or ``answer``.
        text: What stands in the link, or what people answered.
        place: Key of the place, or the tag of one of its links.

    Raises:
        OutreachError: It cannot be tied so.

    """
    from outreach.campaign.ledger.ties import keep_ties
    from outreach.tracking.attribution import Attribution
    from outreach.tracking.ties import answer_ties, tag_ties

    ledger = ledger_of(desk.campaign())
    if ledger is None:
        raise InputError("there is no database", hint="reload the page")
    attribution = Attribution(ledger.placements())
    ties = (answer_ties if kind == "answer" else tag_ties)(attribution, [f"{text}={place}"])
    keep_ties(ledger.database, ties)
    if kind == "answer":
        read_files(desk, _files_with_answers(desk))  # the ledger has no answers: the files are asked once more


def untie(desk: Desk, number: int) -> Tie:
    """Remove a tie.

    Raises:
        InputError: There is none of that number.

    """
    from outreach.campaign.ledger.ties import remove_tie

    ledger = ledger_of(desk.campaign())
    gone = remove_tie(ledger.database, number) if ledger else None
    if gone is None:
        raise InputError("there is no such tie any more", hint="reload the page")
    return gone


def _typed(desk: Desk) -> Mapping[Natural, Mapping[str, str]]:
    """Return what stands in the sheet of typed numbers; nothing where it cannot be read: reading it says why."""
    from outreach.reporting.results_sheet import typed_results

    path = desk.within(desk.folder / SHEET)
    try:
        return typed_results(path) if path.exists() else {}
    except InputError:
        return {}


def type_numbers(desk: Desk, values: Mapping[Natural, Mapping[str, str]]) -> tuple[Reading, list[Imported]]:
    """Put numbers into the sheet of ``outreach track --template``, and read it.

    Raises:
        OutreachError: The sheet cannot be written, or a number cannot be used.

    """
    from outreach.reporting.results_sheet import type_results, typed_results
    from outreach.tracking.importing import Reading

    ledger = ledger_of(desk.campaign())
    placements = [one for one in ledger.placements() if one.status != "declined"] if ledger else []
    if ledger is None or not placements:
        raise InputError("there are no posts to type numbers for", hint="write the texts first")
    path = type_results(placements, desk.within(desk.folder / SHEET), values).path
    if not any(typed_results(path).values()):
        _forget_typed(ledger, set())
        return Reading((), (), (), ()), []
    reading, imported = read_files(desk, [path], again=True, source=SOURCE)
    _forget_typed(ledger, {one.entry.sha256 for one in imported})
    return reading, imported


def _forget_typed(ledger: Ledger, now: Collection[str]) -> None:
    """Remove what was typed before and is empty now.

    Args:
        ledger: Of the campaign.
        now: Hashes of what stays.

    """
    from outreach.campaign.ledger.results import Results

    results = Results(ledger.database)
    for one in results.imports():
        if one.source_name == SOURCE and one.sha256 not in now and one.id:
            results.forget(one.id)
