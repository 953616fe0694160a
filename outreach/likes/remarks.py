"""What there is to say about a reading: how tables were understood, what was decided, what is doubtful."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from outreach.files.numbers import advice
from outreach.likes.by_hand import People

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from outreach.files.sources import Skipped
    from outreach.likes.gather import Gathering
    from outreach.likes.plan import SourceTable

__all__ = ["choices", "doubts", "reading"]

SHOWN: Final = 5
FEW_LISTS: Final = 3
NOTES_SHOWN: Final = 3
MOST_TABS: Final = 10


def reading(tables: Sequence[SourceTable], skipped: Sequence[Skipped]) -> Iterator[str]:
    """Describe how each table was understood, and what was passed over."""
    lists = [table for table in tables if _is_list(table)]
    if len(lists) > FEW_LISTS:
        yield _together(lists)
        tables = [table for table in tables if not _is_list(table)]
    described = [
        _understood(list(some)) for _, some in groupby(tables, key=lambda table: (table.plan.book, _as(table)))
    ]
    yield from described[:SHOWN]
    if len(described) > SHOWN:
        yield f"and {len(described) - SHOWN} more table{'s' if len(described) > SHOWN + 1 else ''}"
    shown = [one for one in skipped if one.why and not one.quiet]
    shown.sort(key=lambda one: not one.wanted)  # those that are missed come first
    for one in shown[:SHOWN]:
        yield f"Passed over {one.source}: {one.why}{f' ({one.hint})' if one.wanted and one.hint else ''}"
    if len(shown) > SHOWN:
        yield f"Passed over {len(shown) - SHOWN} more files"
    if quiet := sum(max(1, len(one.parts)) for one in skipped if one.quiet):
        yield f"Passed over {quiet} files of exports that hold no follows; outreach check --verbose names them."


def _is_list(table: SourceTable) -> bool:
    """Whether a table is a list of follows in an export, and not many of them read as one."""
    return bool(table.plan.export) and len(table.plan.lists) == 1


def _together(lists: Sequence[SourceTable]) -> str:
    """Return in one line which exports were read, and what several of their lists have in common."""
    platforms = Counter(table.plan.kind.rpartition(" ")[2] for table in lists)
    counts = ", ".join(f"{platform} {count}" for platform, count in sorted(platforms.items()))
    notes = Counter(note for table in lists for note in table.notes).most_common(NOTES_SHOWN)
    more = "".join(f"; {note}{f' ({count} lists)' if count > 1 else ''}" for note, count in notes)
    return f"{len(lists)} lists of follows in exports: {counts}; outreach check tells of each{more}"


def _as(table: SourceTable) -> str:
    """Return what tabs have in common that are described together; one that has more to say is described alone."""
    return table.label if table.notes or not table.plan.book else table.plan.kind


def _understood(tables: Sequence[SourceTable]) -> str:
    first, plan = tables[0], tables[0].plan
    if len(tables) > 1:
        tabs = ", ".join(table.label.removeprefix(f"{plan.book}, tab ") for table in tables[:MOST_TABS])
        more = f" and {len(tables) - MOST_TABS} more" if len(tables) > MOST_TABS else ""
        return f"{plan.book}, tabs {tabs}{more}: {plan.kind}"
    encoding = [plan.encoding] if plan.encoding else []
    return f"{first.label}: {'; '.join((*encoding, plan.description, *first.notes))}"


def choices(gathering: Gathering, alike: int) -> Iterator[str]:
    """Describe what was decided where the tables left it open."""
    if lost := gathering.follows.customers_lost():
        yield f"Customers without any usable row: {lost}; they are not counted."
    if unused := gathering.follows.unused_aliases:
        yield f"Aliases of customers that no list bears: {_placed(unused, gathering)}; write them as the lists do."
    if strangers := gathering.places.strangers:
        yield f"Handles without a platform: {strangers}; a platform column or --assume-platform NAME gives them one."
    if unsure := gathering.places.unsure:
        shown = ", ".join(unquote(key).replace(":name/", ": ") for key in unsure[:SHOWN])
        more = ", …" if len(unsure) > SHOWN else ""
        yield f"Names that several addresses bear: {len(unsure)} ({shown}{more}); kept apart, --same-as joins them."
    if alike:
        yield f"Customers whose labels differ from another's only in upper and lower case: {alike}; kept apart."
    if apart := gathering.described.sizes_apart():
        yield f"Resources of two sizes, one at least twice the other: {apart}; the larger size counts."


def _placed(unused: Collection[str], gathering: Gathering) -> str:
    """Return how many aliases, and in which lines of the user's file; never what they are."""
    people = gathering.people
    if not isinstance(people, People):
        return str(len(unused))
    lines = sorted(people.lines[alias] for alias in unused)
    more = f" and {len(lines) - SHOWN} more" if len(lines) > SHOWN else ""
    return f"{len(unused)} ({people.path}, line {', '.join(map(str, lines[:SHOWN]))}{more})"


def doubts(gathering: Gathering) -> Iterator[str]:
    """Describe what was not understood, or contradicts itself."""
    yield from _sizes(gathering)
    if dates := gathering.follows.dates_not_understood():
        yield f"Dates that were not understood: {dates}; taken as unknown."
    if conflicts := gathering.places.conflicts:
        shown = "; ".join(f"{alias.key} and {alias.same_as}" for alias in conflicts[:3])
        yield f"Pairs of addresses said to be one resource that cannot be: {len(conflicts)} ({shown}); kept apart."
    if lost := gathering.follows.labels_lost():
        yield (
            f"Customers whose label is question marks: {lost}; several may be one, because the file was saved in an "
            "encoding without their letters. Save it again as CSV UTF-8."
        )


def _sizes(gathering: Gathering) -> Iterator[str]:
    """Describe which sizes were not understood or are doubtful: for each kind the first, with its place."""
    kinds: dict[str, list[tuple[int, str]]] = {}
    for found, kind in sorted(gathering.described.odd_sizes.items()):
        kinds.setdefault(kind, []).append(found)
    for kind, odd in sorted(kinds.items()):
        source = odd[0][0]
        texts = [text for number, text in odd if number == source]
        first = next(filter(None, (executor.of_sizes(source, texts) for executor in gathering.executors)))
        rows = gathering.counts.of_sizes(odd)
        more = f" ({rows - 1} more such row{'s' if rows > 2 else ''})" if rows > 1 else ""
        yield f"{first.label}, line {first.line}: {advice(first.subscribers or '', kind)}{more}"
