"""What there is to say about a reading: how tables were understood, what was decided, what is doubtful."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from outreach.files.numbers import DOUBTS, advice
from outreach.likes.bare_texts import doubtful_ids
from outreach.likes.by_hand import People
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from outreach.files.contract import Skipped
    from outreach.likes.gather import Gathering
    from outreach.likes.plan import SourceTable
    from outreach.messages import Message, Value

__all__ = ["choices", "doubts", "passed_over", "reading"]

SHOWN: Final = 5
FEW_LISTS: Final = 3
NOTES_SHOWN: Final = 3
MOST_TABS: Final = 10


def reading(tables: Sequence[SourceTable], skipped: Sequence[Skipped]) -> Iterator[Message]:
    """Yield how each table was understood, and what was left out."""
    all_tables = tables
    lists = [table for table in tables if _is_list(table)]
    if len(lists) > FEW_LISTS:
        yield _together(lists)
        tables = [table for table in tables if not _is_list(table)]
    described = [
        _understood(list(some)) for _, some in groupby(tables, key=lambda table: (table.plan.book, _as(table)))
    ]
    yield from described[:SHOWN]
    if len(described) > SHOWN:
        yield message("more-tables", tables=len(described) - SHOWN)
    if columns := sum(len(table.plan.unused) for table in all_tables):
        yield message("columns-not-used", columns=columns)
    shown = [one for one in skipped if not one.quiet]
    shown.sort(key=lambda one: not one.wanted)  # those that are missed come first
    yield from map(passed_over, shown[:SHOWN])
    if len(shown) > SHOWN:
        yield message("passed-over-more", files=len(shown) - SHOWN)
    if quiet := sum(max(1, len(one.parts)) for one in skipped if one.quiet):
        yield message("passed-over-quietly", files=quiet)


def passed_over(one: Skipped) -> Message:
    """Return that a file was left out, and the way out where it should have been read."""
    if one.wanted and one.hint:
        return message("passed-over-with-hint", file=one.source, why=one.why, hint=one.hint)
    return message("passed-over", file=one.source, why=one.why)


def _is_list(table: SourceTable) -> bool:
    """Whether a table is a list of follows in an export, and not many of them read as one."""
    return bool(table.plan.export) and len(table.plan.lists) == 1


def _together(lists: Sequence[SourceTable]) -> Message:
    """Return in one line which exports were read, and what several of their lists have in common."""
    platforms = Counter(table.plan.platform for table in lists)
    counts = tuple(f"{platform} {count}" for platform, count in sorted(platforms.items()))
    notes = Counter(note for table in lists for note in table.notes).most_common(NOTES_SHOWN)
    shown = tuple(message("note-of-lists", note=note, lists=count) if count > 1 else note for note, count in notes)
    return message("few-many-lists", lists=len(lists), platforms=counts, more=(message("check-tells"), *shown))


def _as(table: SourceTable) -> str | Message:
    """Return what tabs have in common that are described together; one that has more to say is described alone."""
    return table.label if table.notes or not table.plan.book else table.plan.kind


def _understood(tables: Sequence[SourceTable]) -> Message:
    first, plan = tables[0], tables[0].plan
    if len(tables) > 1:
        tabs = [table.label.removeprefix(f"{plan.book}, tab ") for table in tables]
        return message("tabs-understood", file=plan.book, tabs=_first(tabs, MOST_TABS), shape=plan.kind)
    encoding = [plan.encoding] if plan.encoding else []
    return message("table-understood", file=first.label, how=(*encoding, plan.description, *first.notes))


def _first(texts: Sequence[str], most: int) -> tuple[Value, ...] | Message:
    """Return the first of some texts, and how many more there are."""
    if len(texts) <= most:
        return tuple(texts)
    return message("and-more", first=tuple(texts[:most]), more=len(texts) - most)


def choices(gathering: Gathering, alike: int) -> Iterator[Message]:
    """Yield what was decided where the tables left it open."""
    if lost := gathering.follows.customers_lost():
        yield message("customers-lost", customers=lost)
    if unused := gathering.follows.unused_aliases:
        yield _not_met(unused, gathering)
    if strangers := gathering.places.strangers:
        yield message("handles-without-platform", handles=strangers)
    if unsure := gathering.places.unsure:
        shown = [unquote(key).replace(":name/", ": ") for key in unsure[:SHOWN]]
        names = (*shown, "…") if len(unsure) > SHOWN else tuple(shown)
        yield message("names-of-several-addresses", number=len(unsure), names=names)
    if pairs := gathering.places.alike:
        yield _maybe_one(pairs)
    if alike:
        yield message("labels-differ-in-case", customers=alike)
    if apart := gathering.described.sizes_apart():
        yield message("two-sizes", resources=apart)


def _maybe_one(pairs: Sequence[tuple[str, str]]) -> Message:
    """Return which names and addresses may be one place, and how to say that they are."""
    shown = [f"{unquote(name.partition(':name/')[2])} = {key}" for name, key in pairs[:NOTES_SHOWN]]
    more = ("…",) if len(pairs) > NOTES_SHOWN else ()
    return message("maybe-one-place", number=len(pairs), pairs=(*shown, *more))


def _not_met(unused: Collection[str], gathering: Gathering) -> Message:
    """Return how many aliases stand in no list, and in which lines of the user's file; never what they are."""
    people = gathering.people
    if not isinstance(people, People):
        return message("aliases-not-met", aliases=len(unused))
    lines = sorted(people.lines[alias] for alias in unused)
    where = _first([str(line) for line in lines], SHOWN)
    return message("aliases-not-met-in-lines", aliases=len(unused), file=str(people.path), lines=where)


def doubts(gathering: Gathering) -> Iterator[Message]:
    """Yield what was not understood, or contradicts itself."""
    yield from _sizes(gathering)
    if dates := gathering.follows.dates_not_understood():
        yield message("dates-not-understood", dates=dates)
    if conflicts := gathering.places.conflicts:
        shown = "; ".join(f"{alias.key} and {alias.same_as}" for alias in conflicts[:3])
        yield message("aliases-contradict", pairs=len(conflicts), shown=shown)
    if rounded := doubtful_ids(gathering.counts):
        yield message("ids-maybe-rounded", ids=rounded)
    if lost := gathering.follows.labels_lost():
        yield message("labels-are-question-marks", customers=lost)


def _sizes(gathering: Gathering) -> Iterator[Message]:
    """Yield which sizes were not understood or are doubtful: for each kind the first, with its place."""
    kinds: dict[str, list[tuple[int, str]]] = {}
    for found, kind in sorted(gathering.described.odd_sizes.items()):
        kinds.setdefault(kind, []).append(found)
    for kind, odd in sorted(kinds.items(), key=lambda item: DOUBTS.index(item[0])):
        source = odd[0][0]
        texts = [text for number, text in odd if number == source]
        row = next(filter(None, (executor.of_sizes(source, texts) for executor in gathering.executors)))
        rows = gathering.counts.of_sizes(odd)
        more = message("more-such-rows", rows=rows - 1) if rows > 1 else ""
        what = advice(row.subscribers or "", kind) or message(kind)
        yield message("odd-size", file=row.label, line=row.line or 0, what=what, more=more)
