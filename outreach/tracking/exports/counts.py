"""Tables of one count a row: how often a bot was started by each of its links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.grid import HEADER_WITHIN
from outreach.tracking.base import Report, Row, Tags
from outreach.tracking.exports.declared import fits, folded, rows_below
from outreach.tracking.sums import by_link, cell, count, totals
from outreach.tracking.tags import decode_tag
from outreach.words.cells import is_total
from outreach.words.columns import Form, map_headers
from outreach.words.vocabulary import text_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.files.contract import Rejected, Remark
    from outreach.files.source import Source
    from outreach.tracking.base import ImportOptions

__all__ = ["Counts"]

STARTS: Final = Form("counts.starts", ("start", "numerator"))


class Counts:
    """Reader of what a bot counts by its links' payloads."""

    name = "counts"
    reads = "starts of a Telegram bot by payload: start,count"

    def identify(self, source: Source) -> bool:
        """Tell by the two headers, and none of a list of people."""
        return any(_is_header(cells) for cells in source.first_rows[:HEADER_WITHIN])

    def read(self, sources: Sequence[Source], options: ImportOptions) -> Iterator[Report | Rejected | Remark]:
        """Yield one report a file: a start is a conversion of its own kind, without visits beside it."""
        for source in sources:
            rows = by_link(_rows(source))
            yield Report(
                tool=text_in("tools", "counts.starts.tool"),
                labels=(source.label,),
                rows=rows,
                kind=text_in("tools", "counts.starts.kind"),
                goal=text_in("tools", "counts.starts.goal"),
                period=options.period,
                total=totals(rows),
            )


def _is_header(cells: Sequence[str]) -> bool:
    told = map_headers(cells, STARTS).positions
    return {"start", "numerator"} <= told.keys() and fits(STARTS.section, folded(cells))


def _rows(source: Source) -> Iterator[Row]:
    """Yield a row for each payload; the row of totals is left out.

    Raises:
        InputError: There is no such table, or a count is none.

    """
    header, rows = rows_below(source.grids, _is_header)
    if not header:
        raise InputError(f"{source.label}: it has no table of starts", hint="begin it with a line such as: start,count")
    at = map_headers(header, STARTS).positions
    for line, cells in rows:
        start = cell(cells, at["start"])
        if not is_total(start):
            number = count(f"{source.label}, line {line}", cell(cells, at["numerator"]))
            yield Row(Tags(start=decode_tag(start)), numerator=number, line=line)
