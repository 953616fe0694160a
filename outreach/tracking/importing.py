"""From files to the ledger: every file is read before anything is written, and each report is one transaction."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from outreach.campaign.ledger.imports import Import, Kept, Result
from outreach.campaign.ledger.ties import ANSWERED
from outreach.errors import InputError, UnknownFormatError
from outreach.files.contract import Rejected, Remark, Skipped
from outreach.files.grid import HEADER_WITHIN
from outreach.files.private import private_code
from outreach.messages import decoded, describe, encoded, message
from outreach.tracking.base import EVENTS, Period, Report, Row, Tying, Untied, is_personal
from outreach.tracking.event_rows import EventRows, assumed_currency, event_id_of, has_ids, has_stages
from outreach.tracking.exports import READERS
from outreach.tracking.find import find_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outreach.campaign.ledger.results import Results
    from outreach.files.source import Source
    from outreach.messages import Message
    from outreach.tracking.base import ImportOptions, ResultsReader, Tags

__all__ = ["Imported", "Reading", "flags_of", "keep", "read"]

UNFIT: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters and halves of characters: no database takes all of them, and terminals obey some."""

HIDDEN: Final = "(personal)"
ASSUMED: Final = 16
"""Digits of the hash of what was assumed of files."""
OF_TEN: Final = re.compile(r"(?<![\d.,:/-])0(?: ?[^\W\d]{1,4} ?| ?[-–—…] ?|\.{2,3})10(?![\d.,:/-])")
"""A question from 0 to 10, in any language."""
LONGEST: Final = 2000  # letters of a value of a tag; the rest is cut off, as tools do


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from files, and nothing written yet.

    Args:
        reports: With the hash of the files that each was read from.
        rejected: Rows that could not be used.
        remarks: What the user should know.
        skipped: Files that were passed over.
        tyings: Rows that say where a link belongs.
        untied: Answers that are tied to no place; for the screen alone.

    """

    reports: tuple[tuple[Report, str], ...]
    rejected: tuple[Rejected, ...]
    remarks: tuple[Remark, ...]
    skipped: tuple[Skipped, ...]
    tyings: tuple[Tying, ...] = ()
    untied: tuple[Untied, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """A report, and what came of writing it; what the user's answers on stages are kept as."""

    report: Report
    entry: Import
    kept: Kept
    answers: frozenset[str] = frozenset()


def read(paths: Sequence[str], options: ImportOptions, read_as: str = "") -> Reading:
    """Read analytics exports.

    Args:
        paths: Files, folders, archives, ``-``.
        options: What the user asked of the import.
        read_as: Name of the reader to take, empty to recognise it.

    Raises:
        InputError: One of them cannot be used; says which and why.

    """
    opened: list[Source] = []
    skipped: list[Skipped] = []
    for one in find_files(paths, options.engine.folder, options.encoding):
        (skipped if isinstance(one, Skipped) else opened).append(one)  # type: ignore[arg-type]  # as told apart
    remarks: list[Remark] = []
    by_reader, unknown = _sorted_out(opened, paths, read_as, remarks)
    asked = replace(options, currency="")  # what stands in no file is filled in here, and marked
    parts = [(part, some) for reader, some in by_reader for part in reader.read(some, asked)]
    reports = [(_with_currency(part, options), some) for part, some in parts if isinstance(part, Report)]
    return Reading(
        tuple((_in_period(report, options), _hash(report, some, options)) for report, some in reports),
        tuple(part for part, _ in parts if isinstance(part, Rejected)),
        tuple(dict.fromkeys([*(part for part, _ in parts if isinstance(part, Remark)), *remarks])),
        (*skipped, *(part for part, _ in parts if isinstance(part, Skipped)), *unknown),
        tuple(part for part, _ in parts if isinstance(part, Tying)),
        tuple(part for part, _ in parts if isinstance(part, Untied)),
    )


def keep(results: Results, reading: Reading, *, source: str = "", again: bool = False) -> list[Imported]:
    """Write what was read into the ledger, all of it or nothing.

    Args:
        results: Of the ledger.
        reading: From :func:`read`.
        source: Name of what was measured, where the files do not tell it or tell it wrong.
        again: Replace whatever overlaps.

    Raises:
        Conflict: A report overlaps an older one in part.

    """
    imports = [(_entry(report, sha256, source), report) for report, sha256 in reading.reports]
    kept = results.put_all([(entry, _results(report.rows)) for entry, report in imports], again=again)
    return [Imported(report, entry, one) for (entry, report), one in zip(imports, kept, strict=True)]


def _sorted_out(
    opened: Sequence[Source], paths: Sequence[str], read_as: str, remarks: list[Remark]
) -> tuple[list[tuple[ResultsReader, list[Source]]], list[Skipped]]:
    """Return the files of each reader, and those that none knows inside a folder or an archive.

    Args:
        opened: All files.
        paths: As the user gave them.
        read_as: Name of the reader to take, empty to recognise it.
        remarks: Gets those on broken plug-ins.

    Raises:
        UnknownFormatError: No reader knows a file that was named, or anything in what was named.

    """
    forced = READERS.named(read_as, remarks.append) if read_as else None
    found: dict[str, tuple[ResultsReader, list[Source]]] = {}
    unknown: list[Skipped] = []
    for source in opened:
        reader = forced or READERS.claimed(source) or READERS.claimed_by_plug_in(source, remarks.append)
        if reader is not None:
            found.setdefault(reader.name, (reader, []))[1].append(source)
        elif source.label in paths or source.label == "stdin":
            raise _unknown(source, remarks)
        else:
            unknown.append(Skipped(source.label, message("no-reader")))
    if opened and not found:
        raise _unknown(opened[0], remarks)
    order = [reader.name for reader in READERS.readers()]
    return sorted(
        found.values(), key=lambda one: order.index(one[0].name) if one[0].name in order else len(order)
    ), unknown


def _unknown(source: Source, remarks: Sequence[Remark]) -> UnknownFormatError:
    """Return that no reader knows a file, nor the plug-ins that failed on it."""
    if not source.beginning and not source.workbook:
        return UnknownFormatError("neither a text nor a workbook", where=source.label, hint="export it as CSV")
    _ = source.grids if source.workbook else source.text  # raises what is wrong with it, if anything
    if told := _of_another_command(source):
        what, hint = told
        return UnknownFormatError(what, where=source.label, hint=hint)
    broken = [f"{describe(remark.message)}; " for remark in dict.fromkeys(remarks)]
    hint = (
        "outreach track --help lists what is read; for sign-ups or orders with other headers, give the columns by "
        "number: --read-as sign-ups --columns date=1,email=2,url=5"
    )
    return UnknownFormatError(f"{describe(message('no-reader'))}", where=source.label, hint="".join(broken) + hint)


def _of_another_command(source: Source) -> tuple[str, str] | None:
    """Return what a file is that another command reads, and which one; None where it is none of these."""
    from outreach.tracking.exports.flat import grids_of
    from outreach.words.columns import tells_likes

    try:
        rows = [cells for grid in grids_of(source) for _, cells in grid.rows[:HEADER_WITHIN]]
    except InputError:
        return None
    if any(OF_TEN.search(cell) for cells in rows for cell in cells):
        return "this is a survey, not a report of results", f"outreach survey {source.label} reads it"
    if any(map(tells_likes, rows)):
        return (
            "this is a list of what customers follow, not a report of results",
            f"outreach rank {source.label} reads it",
        )
    return None


def _with_currency(report: Report, options: ImportOptions) -> Report:
    """Return a report whose sums without a currency have the one that the user said."""
    money = options.currency
    if money and isinstance(report.rows, EventRows):
        return replace(report, rows=report.rows.with_currency(money))
    if not money or not any(map(_is_bare, report.rows)):
        return report
    return replace(
        report,
        rows=tuple(row._replace(currency=money, assumed=True) if _is_bare(row) else row for row in report.rows),
    )


def _is_bare(row: Row) -> bool:
    return not row.currency and (row.revenue is not None or row.cost is not None or row.expected is not None)


def _in_period(report: Report, options: ImportOptions) -> Report:
    """Return a report with its period: its own, that of its days, the user's.

    Raises:
        InputError: It ends before it begins.

    """
    period = report.period or options.period
    days = [] if report.kind in EVENTS else [row.day for row in report.rows if row.day]
    if period is None and days:
        period = Period(min(days), max(days))
    if period and period.start > period.end:
        raise InputError(f"{report.labels[0]}: its period ends before it begins", hint="check its dates")
    if period and days and not (period.start <= min(days) and max(days) <= period.end):
        raise InputError(f"{report.labels[0]}: rows of days outside its period", hint="check the dates, or --period")
    return replace(report, period=None if report.kind in EVENTS and not report.unit else period)


def _hash(report: Report, files: Iterable[Source], options: ImportOptions) -> str:
    """Return one hash of the files that a report was read from, and of what was assumed of them.

    Of files about people it is keyed as their rows are: a file of one sign-up can be guessed whole. That of the files
    alone then stands before the rest, so that they are known again under other assumptions.
    """
    hashes = sorted(one.sha256 for one in files if one.label in report.labels or one.archive in report.labels)
    assumed = [f"{role}={column}" for role, column in sorted(options.columns.items())]
    assumed += [f"currency={money}"] if (money := assumed_currency(report.rows)) else []
    if not has_ids(report.rows):
        return _joined(hashes + assumed)
    assumed += [f"market={options.market}"] if options.market else []
    assumed += [f"answer={number}" for number in sorted(options.answers.values()) if report.kind == ANSWERED]
    assumed += ["stages"] if has_stages(report.rows) else []  # which older versions did not keep
    keyed = options.hidden(f"file {_joined(hashes)}")
    return f"{keyed}.{_joined(['', *assumed])[:ASSUMED]}" if assumed else keyed


def _joined(hashes: Sequence[str]) -> str:
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("\n".join(hashes).encode()).hexdigest()


def _entry(report: Report, sha256: str, source: str) -> Import:
    period = report.period
    return Import(
        sha256=sha256,
        tool=report.tool,
        source_name=source or _fit(report.source_name) or report.tool,
        grain=_grain(report),
        unit=report.unit,
        kind=report.kind,
        goal=_fit(report.goal),
        period_start=period.start.isoformat() if period else None,
        period_end=period.end.isoformat() if period else None,
        timezone=_fit(report.timezone),
        attribution_model=_fit(report.attribution),
        flags="\n".join(_fit(encoded(flag)) for flag in report.flags),
    )


def flags_of(one: Import) -> tuple[Message, ...]:
    """Return what makes the counts of an import doubtful; ledgers of older versions hold sentences."""
    return tuple(decoded(line) for line in one.flags.splitlines() if line)


def _grain(report: Report) -> str:
    if isinstance(report.rows, EventRows) or (
        report.kind in EVENTS and not report.unit and all(row.id for row in report.rows)
    ):
        return "event"
    return "day" if any(row.day for row in report.rows) else "period"


def _results(rows: Sequence[Row]) -> Iterable[Result]:
    """Return rows as the ledger keeps them; many events some at a time."""
    return rows.results(_link) if isinstance(rows, EventRows) else [_result(row) for row in rows]


def _result(row: Row) -> Result:
    return _link(row.tags)._replace(
        day=row.day.isoformat() if row.day else None,
        denominator=row.denominator,
        numerator=row.numerator,
        revenue=row.revenue if row.expected is None else row.expected,
        cost=row.cost,
        currency=row.currency,
        event_id=event_id_of(row.id, row.person, row.refund_of),
        stage=row.stage,
        assumed=int(row.assumed),
    )


@lru_cache(maxsize=4096)
def _link(tags: Tags) -> Result:
    """Return what a row says of its link, as the ledger keeps it."""
    return Result(
        utm_source=_nobodys(tags.source),
        utm_medium=_nobodys(tags.medium),
        utm_campaign=_nobodys(tags.campaign),
        utm_content=_nobodys(tags.content),
        promo=HIDDEN if private_code(tags.promo) else _nobodys(tags.promo),
        start=_nobodys(tags.start),
        short_url=_nobodys(tags.short_url),
        resource=_fit(tags.resource),  # a place may be called like name@instance
        rest=int(tags.rest),
    )


def _fit(text: str) -> str:
    """Return a text that every database takes and no terminal obeys."""
    return UNFIT.sub("", text) if UNFIT.search(text) else text


def _nobodys(text: str) -> str:
    """Return a value of a tag that names no person: what somebody put into a link is not for the ledger."""
    return HIDDEN if is_personal(text[:LONGEST]) else _fit(text[:LONGEST])
