"""The file of links that belong to no placement, with the column ``place`` filled in by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.source import Source
from outreach.tables import UNMATCHED, verbatim
from outreach.tracking.base import Tags, Tying, about

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from outreach.files.contract import Remark
    from outreach.tracking.base import ImportOptions

__all__ = ["UnmatchedSheet", "filled_rows"]

NEEDED: Final = frozenset(UNMATCHED.names)
COLUMNS: Final = ("utm_source", "utm_medium", "utm_campaign", "utm_content")


class UnmatchedSheet:
    """Tagged links that belonged to no placement, and where a person says that they belong."""

    name = "unmatched-sheet"
    reads = "the file of outreach track --unmatched, with its column place filled in"

    def identify(self, source: Source) -> bool:
        """Tell by the headers: all of ours in one row."""
        return any(set(map(str.strip, cells)) >= NEEDED for cells in source.first_rows)

    def read(self, sources: Sequence[Source], _options: ImportOptions) -> Iterator[Tying | Remark]:
        """Yield what each filled row ties."""
        for source in sources:
            rows = list(_tyings(source))
            yield from rows
            read = about(source.label, "ties-read", rows=len(rows)) if rows else about(source.label, "no-ties-in-file")
            yield read


def filled_rows(path: str, folder: Path) -> list[Tying]:
    """Return what the filled rows of a file tie; none where it is no file of unmatched links.

    Args:
        path: The file.
        folder: A private one for what has to be written down first.

    """
    from outreach.tracking.find import find_files

    try:
        opened = [one for one in find_files([path], folder) if isinstance(one, Source)]
        return [row for one in opened if UnmatchedSheet().identify(one) for row in _tyings(one)]
    except InputError:
        return []


def _tyings(source: Source) -> Iterator[Tying]:
    for grid in source.grids:
        at: dict[str, int] = {}
        for line, cells in grid.rows:
            if not at:
                if set(map(str.strip, cells)) >= NEEDED:
                    at = {name.strip(): place for place, name in enumerate(cells)}
                continue
            told = {name: _cell(source, cells, place) for name, place in at.items()}
            if told["place"]:
                source_name, medium, campaign, content = (told[column] for column in COLUMNS)
                tags = Tags(source_name, medium, campaign, content, resource=told["named"])
                yield Tying(source.label, line, tags, told["place"])


def _cell(source: Source, cells: Sequence[str], place: int) -> str:
    text = cells[place].strip() if place < len(cells) else ""
    return text if source.workbook else verbatim(text)
