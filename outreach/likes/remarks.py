"""What there is to say about a reading: how tables were understood, what was decided, what is doubtful."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from outreach.engine import literal
from outreach.files.numbers import advice
from outreach.likes.bare_texts import doubtful_ids
from outreach.likes.by_hand import People
from outreach.likes.expressions import label_of
from outreach.likes.rejected import customers_lost, first_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.files.sources import Skipped
    from outreach.likes.gather import Gathering
    from outreach.likes.plain.base import Scan

__all__ = ["choices", "doubts", "reading"]

SHOWN: Final = 5
FEW_LISTS: Final = 3
NOTES_SHOWN: Final = 3
MOST_TABS: Final = 10


def reading(scans: Sequence[Scan], skipped: Sequence[Skipped]) -> Iterator[str]:
    """Say how each table was understood, and what was passed over."""
    lists = [scan for scan in scans if _is_list(scan)]
    if len(lists) > FEW_LISTS:
        yield _together(lists)
        scans = [scan for scan in scans if not _is_list(scan)]
    said = [_understood(list(tables)) for _, tables in groupby(scans, key=lambda table: (table.book, _how(table)))]
    yield from said[:SHOWN]
    if len(said) > SHOWN:
        yield f"and {len(said) - SHOWN} more table{'s' if len(said) > SHOWN + 1 else ''}"
    told = [one for one in skipped if one.why and not one.quiet]
    told.sort(key=lambda one: not one.wanted)  # those that are missed come first
    for one in told[:SHOWN]:
        yield f"Passed over {one.source}: {one.why}{f' ({one.hint})' if one.wanted and one.hint else ''}"
    if len(told) > SHOWN:
        yield f"Passed over {len(told) - SHOWN} more files"
    if quiet := sum(max(1, len(one.parts)) for one in skipped if one.quiet):
        yield f"Passed over {quiet} files of exports that hold no follows; outreach check --verbose names them."


def _is_list(scan: Scan) -> bool:
    """Whether a table is a list of follows in an export, and not many of them read as one."""
    return bool(scan.export) and not scan.files


def _together(lists: Sequence[Scan]) -> str:
    """Say in one line which exports were read, and what is to be said of several of their lists."""
    platforms = Counter(scan.kind.rpartition(" ")[2] for scan in lists)
    counts = ", ".join(f"{platform} {count}" for platform, count in sorted(platforms.items()))
    notes = Counter(note for scan in lists for note in scan.notes).most_common(NOTES_SHOWN)
    more = "".join(f"; {note}{f' ({count} lists)' if count > 1 else ''}" for note, count in notes)
    return f"{len(lists)} lists of follows in exports: {counts}; outreach check tells of each{more}"


def _how(table: Scan) -> str:
    """Return what tabs have in common that are told together; one that has more to say is told alone."""
    return table.label if table.notes or not table.book else table.kind


def _understood(tables: Sequence[Scan]) -> str:
    first = tables[0]
    if len(tables) > 1:
        tabs = ", ".join(table.label.removeprefix(f"{first.book}, tab ") for table in tables[:MOST_TABS])
        more = f" and {len(tables) - MOST_TABS} more" if len(tables) > MOST_TABS else ""
        return f"{first.book}, tabs {tabs}{more}: {first.kind}"
    encoding = [first.encoding] if first.encoding else []
    return f"{first.label}: {'; '.join((*encoding, first.said, *first.notes))}"


def choices(gathering: Gathering, alike: int) -> Iterator[str]:
    """Say what was decided where the tables left it open."""
    if lost := customers_lost(gathering):
        yield f"Customers without any usable row: {lost}; they are not counted."
    if unused := _unused_aliases(gathering):
        yield f"Aliases of customers that no list bears: {_placed(unused, gathering)}; write them as the lists do."
    if strangers := gathering.strangers:
        yield f"Handles without a platform: {strangers}; a platform column or --assume-platform NAME gives them one."
    if unsure := gathering.unsure:
        shown = ", ".join(unquote(key).replace(":name/", ": ") for key in unsure[:SHOWN])
        more = ", …" if len(unsure) > SHOWN else ""
        yield f"Names that several addresses bear: {len(unsure)} ({shown}{more}); kept apart, --same-as joins them."
    if alike:
        yield f"Customers whose labels differ from another's only in upper and lower case: {alike}; kept apart."
    if apart := gathering.sizes_apart():
        yield f"Resources of two sizes, one at least twice the other: {apart}; the larger size counts."


def _placed(unused: set[str], gathering: Gathering) -> str:
    """Return how many aliases, and in which lines of the user's file; never what they are."""
    people = next((scan.people for scan in gathering.scans if isinstance(scan.people, People)), None)
    if people is None:
        return str(len(unused))
    lines = sorted(people.lines[alias] for alias in unused)
    more = f" and {len(lines) - SHOWN} more" if len(lines) > SHOWN else ""
    return f"{len(unused)} ({people.path}, line {', '.join(map(str, lines[:SHOWN]))}{more})"


def _unused_aliases(gathering: Gathering) -> set[str]:
    """Return the labels that the user said to be another's and that stand in no table."""
    left = {alias for scan in gathering.scans for alias in scan.people}
    for scan in gathering.scans:
        if left:
            listed = ", ".join(map(literal, sorted(left)))
            label = label_of(scan)
            met = gathering.engine.rows(f"select distinct {label} from {scan.relation} where {label} in ({listed})")
            left -= {name for (name,) in met}
    return left


def doubts(gathering: Gathering) -> Iterator[str]:
    """Say what was not understood, or contradicts itself."""
    yield from _sizes(gathering)
    if dates := gathering.dates_not_understood():
        yield f"Dates that were not understood: {dates}; taken as unknown."
    if rounded := doubtful_ids(gathering.engine):
        yield (
            f"Ids that a spreadsheet may have rounded, their last digits being zeros: {rounded}; where that is so, "
            "export the list again and keep the column as text."
        )
    if conflicts := gathering.conflicts:
        shown = "; ".join(f"{alias.key} and {alias.same_as}" for alias in conflicts[:3])
        yield f"Pairs of addresses said to be one resource that cannot be: {len(conflicts)} ({shown}); kept apart."
    if lost := gathering.labels_lost():
        yield (
            f"Customers whose label is question marks: {lost}; several may be one, because the file was saved in an "
            "encoding without their letters. Save it again as CSV UTF-8."
        )


def _sizes(gathering: Gathering) -> Iterator[str]:
    """Say which sizes were not understood or are doubtful: for each kind the first, with its place."""
    kinds: dict[str, list[tuple[int, str]]] = {}
    for found, kind in sorted(gathering.odd_sizes.items()):
        kinds.setdefault(kind, []).append(found)
    for kind, odd in sorted(kinds.items()):
        source = odd[0][0]
        scan = gathering.scans[source]
        listed = ", ".join(literal(text) for number, text in odd if number == source)
        label, line, text = first_line(gathering, scan, f"subscribers in ({listed})", "subscribers")
        rows = _rows_of(gathering, odd)
        more = f" ({rows - 1} more such row{'s' if rows > 2 else ''})" if rows > 1 else ""
        yield f"{label}, line {line}: {advice(text, kind)}{more}"


def _rows_of(gathering: Gathering, odd: Sequence[tuple[int, str]]) -> int:
    """Return the number of rows with one of these (table, text of a size)."""
    tables, texts = zip(*odd, strict=True)
    rows = gathering.engine.rows(
        "select sum(f.rows) from found f join (select unnest(?) as source, unnest(?) as text) o "
        "on o.source = f.source and o.text = f.subscribers where f.fault = 0",
        [list(tables), list(texts)],
    )
    return int(rows[0][0] or 0)
