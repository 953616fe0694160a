"""Logs of calls: each caller is one enquiry, whatever exchange or service of tracked numbers wrote them.

The number of who called is hashed as persons are. The number that was called is the company's own, and is kept where
the log shows that it is: it tells the place, once it is tied to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from outreach.campaign.ledger.stages import stage_of
from outreach.errors import InputError
from outreach.files.cells import Unreadable
from outreach.files.contract import Rejected
from outreach.files.dates import day, day_first
from outreach.files.grid import HEADER_WITHIN
from outreach.messages import message
from outreach.tracking.base import STEP, Period, Report, Row, Tags
from outreach.tracking.exports.declared import columns_of_calls, is_log_of_calls, rows_below
from outreach.tracking.exports.event_columns import find_columns
from outreach.tracking.exports.event_words import ENQUIRY
from outreach.tracking.exports.persons import Numbers, name_of_number
from outreach.tracking.sums import cell
from outreach.tracking.tags import decode_tag, tags_in
from outreach.words.cells import is_total
from outreach.words.fold import fold_header
from outreach.words.vocabulary import words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from outreach.files.contract import Remark
    from outreach.files.source import Source
    from outreach.messages import Message
    from outreach.tracking.base import ImportOptions

__all__ = ["Calls"]

WHO: Final = ("caller", "number")
TALKED: Final = ("talk", "length", "seconds")
PARTS: Final = ("source", "medium", "campaign", "content")
MOST_OWN: Final = 20
"""Numbers that a company shows; where nothing says which calls came in, a log of more was not called by customers."""


@dataclass(frozen=True, slots=True)
class _Call:
    """One call that came in: who, when, by which number or link, and whether anybody answered."""

    line: int
    caller: str
    called: str
    tags: Tags
    answered: bool
    day: date | None = None


class Calls:
    """Reader of logs of calls."""

    name = "calls"
    reads = "logs of calls: date, caller, number called, seconds; every caller is one enquiry"

    def identify(self, source: Source) -> bool:
        """Tell by the headers; a list at the desk that asks where people heard of us is one of sign-ups."""
        if not any(map(is_log_of_calls, source.first_rows[:HEADER_WITHIN])):
            return False
        columns = find_columns(source.label, list(enumerate(source.first_rows, 1)), {})
        return columns is None or "heard_from" not in columns.at

    def read(self, sources: Sequence[Source], options: ImportOptions) -> Iterator[Report | Rejected | Remark]:
        """Yield one report a file."""
        for source in sources:
            yield from _file(source, options)


def _file(source: Source, options: ImportOptions) -> Iterator[Report | Rejected | Remark]:
    header, rows = rows_below(source.grids, is_log_of_calls)
    if not header:
        raise InputError(
            f"{source.label}: it has no log of calls", hint="begin it with a line such as: date,caller,number called"
        )
    at = columns_of_calls(header)
    numbers = Numbers(options.market, lambda: [cell(cells, at.get(role)) for _, cells in rows for role in WHO])
    first = day_first({text for _, cells in rows if (text := cell(cells, at["date"])) and text[4:5] != "-"})
    calls: list[_Call] = []
    out = 0
    for line, cells in rows:
        if fold_header(cell(cells, at.get("direction"))) in words_of("calls.outgoing"):
            out += 1
        elif not is_total(next((text for text in cells if text.strip()), "")):
            try:
                call = _call(line, cells, at, numbers)
                calls.append(replace(call, day=day(cell(cells, at["date"]), first=first, today=options.today)))
            except Unreadable as err:
                yield Rejected(source.label, line, err.reason)
    if not _are_own(calls, told="direction" in at):
        calls = [replace(call, called="") for call in calls]
    of_caller: dict[str, list[_Call]] = {}
    for call in calls:
        of_caller.setdefault(call.caller, []).append(call)
    made = tuple(_row(some, options) for some in of_caller.values())
    yield _report(source.label, made, options, tuple(_notes(len(calls), of_caller.values(), out)))


def _call(line: int, cells: Sequence[str], at: Mapping[str, int], numbers: Numbers) -> _Call:
    """Return what a row says, without its day.

    Raises:
        Unreadable: Who called does not stand there.

    """
    caller = next(filter(None, (numbers.tidy(cell(cells, at.get(role))) for role in WHO)), "")
    if not caller:
        raise Unreadable("no-caller")
    own: dict[str, Any] = {part: decode_tag(text) for part in PARTS if (text := cell(cells, at.get(part)))}
    place = decode_tag(cell(cells, at.get("place")))
    tags = tags_in(cell(cells, at.get("url")))._replace(start="", resource=place, **own)
    return _Call(line, caller, numbers.tidy(cell(cells, at.get("called"))), tags, _answered(cells, at))


def _answered(cells: Sequence[str], at: Mapping[str, int]) -> bool:
    """Tell whether a call was answered: by its own column, else by how long it was spoken."""
    for role in ("answered", "result"):
        if text := fold_header(cell(cells, at.get(role))):
            return text not in words_of("calls.missed") and text not in words_of("cells.no") and text != "0"
    talked = next((text for role in TALKED if (text := cell(cells, at.get(role)))), "")
    return at.keys().isdisjoint(TALKED) or any(sign in "123456789" for sign in talked)


def _are_own(calls: Sequence[_Call], *, told: bool) -> bool:
    """Tell whether the numbers called are the company's: it has few, and nobody's calls came from them."""
    called = {call.called for call in calls} - {""}
    return (told or len(called) <= MOST_OWN) and called.isdisjoint(call.caller for call in calls)


def _row(calls: Sequence[_Call], options: ImportOptions) -> Row:
    """Return the enquiry of one caller: of the first day, with the first link or number that tells anything."""
    calls = sorted(calls, key=lambda call: (call.day is None, call.day, call.line))
    first = calls[0]
    tags = next((call.tags for call in calls if call.tags.tagged), first.tags)
    if not tags.tagged and (called := next((call.called for call in calls if call.called), "")):
        tags = tags._replace(resource=name_of_number(called))
    return Row(
        tags,
        first.day,
        numerator=1,
        id=options.hidden(f"call of {first.caller}"),
        line=first.line,
        person=options.hidden(first.caller),
        stage=stage_of(ENQUIRY),
    )


def _notes(calls: int, callers: Collection[Sequence[_Call]], out: int) -> Iterator[Message]:
    if again := calls - len(callers):
        yield message("calls-again", rows=again)
    if missed := sum(not any(call.answered for call in some) for some in callers):
        yield message("callers-missed", callers=missed)
    if out:
        yield message("calls-outgoing", rows=out)


def _report(label: str, rows: tuple[Row, ...], options: ImportOptions, flags: tuple[Message, ...]) -> Report:
    days = [row.day for row in rows if row.day]
    return Report(
        tool="sign-ups",  # a caller who books is one person: both are of one count
        labels=(label,),
        rows=rows,
        kind=STEP,
        period=options.period or (Period(min(days), max(days)) if days else None),
        flags=flags,
        total=(None, len(rows)),
    )
