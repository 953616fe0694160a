"""From files to the ledger: every file is read before anything is written, and each report is one transaction."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from outreach.errors import InputError, UnknownFormatError
from outreach.files.contract import Skipped, sentence
from outreach.store.imports import Import, Kept, Result
from outreach.store.refunds import refund_of
from outreach.tracking.base import EVENTS, Period, Rejected, Remark, Report, Row
from outreach.tracking.exports import Export, exports
from outreach.tracking.readers import claimed, reader_named, readers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outreach.store.results import Results
    from outreach.tracking.base import Asked, Reader, Tags

__all__ = ["Imported", "Reading", "keep", "read"]

UNFIT: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters and halves of characters: no database takes all of them, and terminals obey some."""

PERSONAL: Final = re.compile(r"[^\s@/?&=]@[^\s@/?&=]{1,250}\.[^\W\d_]{2}|\+[0-9][0-9() .-]{7,20}[0-9]")
"""An e-mail address or a telephone number; mail tools put them into links."""

HIDDEN: Final = "(personal)"
LONGEST: Final = 2000  # letters of a value of a tag; the rest is cut off, as tools do


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from files, and nothing written yet.

    Args:
        reports: With the hash of the files that each was read from.
        rejected: Rows that could not be used.
        remarks: What the user should know.
        skipped: Files that were passed over.

    """

    reports: tuple[tuple[Report, str], ...]
    rejected: tuple[Rejected, ...]
    remarks: tuple[Remark, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """A report, and what came of writing it."""

    report: Report
    told: Import
    kept: Kept


def read(paths: Sequence[str], asked: Asked, read_as: str = "") -> Reading:
    """Read analytics exports.

    Args:
        paths: Files, folders, archives, ``-``.
        asked: What the user said beside them.
        read_as: Name of the reader to take, empty to recognise it.

    Raises:
        InputError: One of them cannot be used; says which and why.

    """
    opened: list[Export] = []
    skipped: list[Skipped] = []
    for one in exports(paths, asked.engine.folder, asked.encoding):
        if isinstance(one, Skipped):
            skipped.append(one)
        else:
            opened.append(one)
    by_reader, passed = _sorted_out(opened, paths, read_as)
    parts = [(part, some) for reader, some in by_reader for part in reader.read(some, asked)]
    reports = [(part, some) for part, some in parts if isinstance(part, Report)]
    return Reading(
        tuple((_in_period(report, asked), _hash(report, some, asked)) for report, some in reports),
        tuple(part for part, _ in parts if isinstance(part, Rejected)),
        tuple(part for part, _ in parts if isinstance(part, Remark)),
        (*skipped, *passed),
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
    imports = [(_told(report, sha256, source), report) for report, sha256 in reading.reports]
    kept = results.put_all([(told, [_result(row) for row in report.rows]) for told, report in imports], again=again)
    return [Imported(report, told, one) for (told, report), one in zip(imports, kept, strict=True)]


def _sorted_out(
    opened: Sequence[Export], paths: Sequence[str], read_as: str
) -> tuple[list[tuple[Reader, list[Export]]], list[Skipped]]:
    """Return the files of each reader, and those that none knows inside a folder or an archive.

    Raises:
        UnknownFormatError: No reader knows a file that was named, or anything in what was named.

    """
    every = readers()
    forced = reader_named(read_as) if read_as else None
    found: dict[str, list[Export]] = defaultdict(list)
    passed: list[Skipped] = []
    for export in opened:
        reader = forced or claimed(export, every)
        if reader is not None:
            found[reader.name].append(export)
        elif export.label in paths or export.label == "stdin":
            raise _unknown(export)
        else:
            passed.append(Skipped(export.label, sentence("no reader recognises it")))
    if opened and not found:
        raise _unknown(opened[0])
    chosen = [forced] if forced else [reader for reader in every if reader.name in found]
    return [(reader, found[reader.name]) for reader in chosen if found[reader.name]], passed


def _unknown(export: Export) -> UnknownFormatError:
    if export.beginning or export.workbook:
        _ = export.grids if export.workbook else export.text  # says what is wrong with it, if anything
        hint = (
            "outreach track --help lists what is read; of sign-ups or orders with other headers say which column is "
            "which, by number: --read-as sign-ups --columns date=1,email=2,url=5"
        )
        return UnknownFormatError(f"{export.label}: no reader recognises this file", hint=hint)
    return UnknownFormatError(f"{export.label}: neither a text nor a workbook", hint="export it as CSV")


def _in_period(report: Report, asked: Asked) -> Report:
    """Return a report with its period: its own, that of its days, the user's.

    Raises:
        InputError: It ends before it begins.

    """
    period = report.period or asked.period
    days = [row.day for row in report.rows if row.day]
    if period is None and days and report.kind not in EVENTS:
        period = Period(min(days), max(days))
    if period and period.start > period.end:
        raise InputError(f"{report.labels[0]}: its period ends before it begins", hint="look at its dates")
    if period and days and report.kind not in EVENTS and not (period.start <= min(days) and max(days) <= period.end):
        raise InputError(
            f"{report.labels[0]}: rows of days outside its period", hint="look at the dates, or at --period"
        )
    return replace(report, period=None if report.kind in EVENTS and not report.unit else period)


def _hash(report: Report, files: Iterable[Export], asked: Asked) -> str:
    """Return one hash of the files that a report was read from, and of what the user said of their columns.

    Of files about people it is keyed as their rows are: a file of one sign-up can be guessed whole.
    """
    hashes = sorted(one.sha256 for one in files if one.label in report.labels or one.archive in report.labels)
    hashes += [f"{role}={column}" for role, column in sorted(asked.columns.items())]
    found = hashes[0] if len(hashes) == 1 else hashlib.sha256("\n".join(hashes).encode()).hexdigest()
    return asked.hidden(f"file {found}") if any(row.id for row in report.rows) else found


def _told(report: Report, sha256: str, source: str) -> Import:
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
        flags="\n".join(map(_fit, report.flags)),
    )


def _grain(report: Report) -> str:
    if report.kind in EVENTS and not report.unit and all(row.id for row in report.rows):
        return "event"
    return "day" if any(row.day for row in report.rows) else "period"


def _result(row: Row) -> Result:
    return replace(
        _link(row.tags),
        day=row.day.isoformat() if row.day else None,
        denominator=row.denominator,
        numerator=row.numerator,
        revenue=row.revenue,
        cost=row.cost,
        currency=row.currency,
        event_id=refund_of(row.refund_of, row.id) if row.refund_of else row.id,
    )


@lru_cache(maxsize=4096)
def _link(tags: Tags) -> Result:
    """Return what a row says of its link, as the ledger keeps it."""
    return Result(
        utm_source=_nobodys(tags.source),
        utm_medium=_nobodys(tags.medium),
        utm_campaign=_nobodys(tags.campaign),
        utm_content=_nobodys(tags.content),
        promo=_nobodys(tags.promo),
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
    return HIDDEN if PERSONAL.search(unquote(text[:LONGEST])) else _fit(text[:LONGEST])
