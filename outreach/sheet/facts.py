"""What the marketer found out by hand about places, as the resources sheet says it.

An empty cell is unknown and changes nothing. ``-`` is an answer: there is none, or it cannot be known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from outreach.errors import InputError
from outreach.files.contract import Rejected, reason
from outreach.files.encodings import damaged
from outreach.files.grid import marked
from outreach.files.numbers import Size, advice, sizes
from outreach.keys import identify, is_name, name_key, platform_named, platform_of, strength
from outreach.messages import describe, message
from outreach.sheet.grid import Grid, grid_of
from outreach.sheet.price import is_unclear
from outreach.tables import verbatim
from outreach.words.accepting import NOTHING, WORDS, meaning_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from outreach.messages import Message


__all__ = ["Doubt", "Fact", "Sheet", "facts_in", "is_own", "joined", "own_words", "read_sheet", "with_cells"]

CHANGED: Final = ("subscribers", "accepts_posts", "topic", "place")
"""Columns that change the ranking's tables."""

FEW_APART: Final = 3  # rows; fewer may each have been changed by hand
ROUNDED: Final = re.compile(r"[1-9](?:[.,]\d+)?E\+\d+")  # what Excel makes of many digits in a CSV file


@dataclass(frozen=True, slots=True)
class Fact:
    """What the sheet says about one place; None is not said.

    Args:
        row: Where, from 1; the first of several.
        key: The place.
        name: What it is called.
        subscribers: People.
        accepts_posts: ``yes``, ``no``, ``paid``, ``ask``, or as the marketer wrote it.
        topic: As the marketer wrote it.
        excluded: Whether it is to be left out.
        nothing: Columns with a dash: there is none, or it cannot be known; nobody need look again.
        cells: Every filled cell by its column, as written.

    """

    row: int
    key: str
    name: str | None = None
    subscribers: int | None = None
    accepts_posts: str | None = None
    topic: str | None = None
    excluded: bool = False
    nothing: frozenset[str] = frozenset()
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is odd about one cell.

    Args:
        why: In a message.
        used: Whether the cell counts all the same.

    """

    why: Message
    used: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A resources sheet that was read.

    Args:
        grid: Where things lie in the file.
        facts: One for each place, in the order of the rows.
        rows: Row to its filled cells by column, as written.
        named: Row to the keys that it names, unusable ones too; two where its key and its address differ.
        bad: Rows that cannot be used.
        doubts: Cells that cannot be used, by their row, and why; the rest of the row counts.
        odd: Row and column to what is odd about that cell.

    """

    grid: Grid
    facts: tuple[Fact, ...]
    rows: Mapping[int, Mapping[str, str]]
    named: Mapping[int, tuple[str, ...]]
    bad: tuple[Rejected, ...]
    doubts: tuple[Rejected, ...]
    odd: Mapping[tuple[int, str], Doubt] = field(default_factory=dict)

    def describe(self, most: int = 20) -> list[Message]:
        """Return what could not be used, one message a row."""
        rows = sorted({*self.bad, *self.doubts}, key=lambda row: (row.line or 0, describe(row.reason)))
        shown = [message("row-of-sheet", file=one.source, row=one.line or 0, reason=one.reason) for one in rows[:most]]
        more = len(rows) - most
        return [*shown, message("more-rows-of-sheet", file=self.grid.label, rows=more)] if more > 0 else shown


def facts_in(table: str | Path) -> Sequence[Fact]:
    """Return the rows of a resources sheet; none of another table, such as a ranking, which knows no owner."""
    try:
        return read_sheet(table).facts
    except InputError:
        return ()


def read_sheet(path: str | Path, encoding: str | None = None, label: str | None = None) -> Sheet:
    """Read a resources sheet: a workbook or a delimited text, columns by their headers, in any of five languages.

    Args:
        path: Where it lies.
        encoding: Of a text; None finds out.
        label: What messages call it; the path if there is none.

    Raises:
        UnknownFormatError: It is no such sheet.
        InputError: It cannot be read, or most of its addresses and keys disagree.

    """
    grid = grid_of(path, encoding, label)
    return _understood(grid, [(number, _cells(grid, texts)) for number, texts in grid.rows])


def with_cells(sheet: Sheet, cells: Mapping[tuple[int, str], str]) -> Sheet:
    """Return a sheet as it would be read with other texts in some of its cells; its file stays as it is.

    Args:
        sheet: As it was read.
        cells: Row and column to the text; an empty one empties the cell.

    """
    rows = {row: dict(texts) for row, texts in sheet.rows.items()}
    for (row, column), text in cells.items():
        if text.strip():
            rows[row][column] = text
        else:
            rows[row].pop(column, None)
    return _understood(sheet.grid, list(rows.items()))


def _understood(grid: Grid, rows: Sequence[tuple[int, dict[str, str]]]) -> Sheet:
    """Return what the filled cells of a sheet say.

    Raises:
        InputError: Most of its addresses and keys disagree.

    """
    understood = sizes(dict.fromkeys(marked(cells["subscribers"]) for _, cells in rows if "subscribers" in cells))
    facts: dict[str, Fact] = {}
    named: dict[int, tuple[str, ...]] = {}
    bad: list[Rejected] = []
    doubts: list[Rejected] = []
    odd: dict[tuple[int, str], Doubt] = {}
    compared: list[bool] = []
    link_column = grid.columns.get("address", -1) + 1
    for number, cells in rows:
        named[number], why, together = _named(cells, grid.links.get((number, link_column)))
        if together is not None:
            compared.append(together)
        if why:
            bad.append(Rejected(grid.label, number, why))
            continue
        if "key" in cells and identify(cells["key"]).key is None:
            doubts.append(Rejected(grid.label, number, message("key-names-no-place")))
        fact, of_cells = _fact(number, named[number], cells, understood)
        doubts += [Rejected(grid.label, number, why) for why in dict.fromkeys(one.why for one in of_cells.values())]
        odd.update(((number, column), doubt) for column, doubt in of_cells.items())
        both, apart = joined(facts.get(fact.key), fact)
        if apart:
            twice = message("place-twice", row=facts[fact.key].row, columns=apart)
            bad.append(Rejected(grid.label, number, twice))
        facts[fact.key] = both
    _refuse_sorted(grid, compared)
    used = named.keys() - {line.line for line in bad}
    for row in sorted(grid.formulas):
        code = "formula-without-value-others-count" if row in used else "formula-without-value"
        doubts.append(Rejected(grid.label, row, message(code)))
    return Sheet(grid, tuple(facts.values()), dict(rows), named, tuple(bad), tuple(doubts), odd)


def _refuse_sorted(grid: Grid, compared: Sequence[bool]) -> None:
    """Refuse a sheet of which one column was sorted without the others.

    Args:
        grid: The sheet.
        compared: For each row of which the address and the key can be compared, whether they name one place.

    """
    apart = compared.count(False)
    if apart >= FEW_APART and apart * 2 > len(compared):
        raise InputError(
            f"{grid.label}: the address and the key belong to different places in {apart} of the {len(compared)} rows "
            "that have both: one column was sorted alone",
            hint="undo the sorting and sort all columns together; or delete the column that was sorted, address or "
            "key, and the other one counts",
        )


def _cells(grid: Grid, texts: Sequence[str]) -> dict[str, str]:
    """Return the filled cells of a row by their column."""
    found = {column: texts[place] for column, place in grid.columns.items() if place < len(texts)}
    if grid.tab is None and {"key", "address"} <= grid.columns.keys():
        found = {column: verbatim(text) for column, text in found.items()}
    return {column: text for column, text in found.items() if text.strip()}


def _named(cells: Mapping[str, str], link: str | None) -> tuple[tuple[str, ...], Message | None, bool | None]:
    """Return the keys that a row names, why it cannot be used, and whether its address and its key name one place.

    Args:
        cells: The filled ones.
        link: The address behind the cell of the address; it counts where the text names none.

    Returns:
        The keys, the one that counts first; None where nothing is wrong; None where the two cannot be
        compared, because one is missing, or is a name or a bare id of the same platform.

    """
    platform = platform_named(cells.get("platform", ""))
    by_key = identify(cells["key"]) if "key" in cells else None
    address = cells.get("address", "").strip()
    by_address = identify(address, platform) if address and address not in NOTHING else None
    if link and by_address and (by_address.key is None or is_name(by_address.key)):
        by_address = identify(link)
    keys = tuple(dict.fromkeys(found.key for found in (by_key, by_address) if found and found.key))
    if len(keys) == 2 and (platform_of(keys[0]) != platform_of(keys[1]) or strength(keys[0]) == strength(keys[1])):
        return keys, message("address-and-key-disagree"), False
    together = True if len(keys) == 1 and by_key and by_address and by_key.key == by_address.key else None
    if keys and by_key and by_key.key and not by_address and platform not in {None, platform_of(keys[0])}:
        return keys, message("platform-and-key-disagree"), together
    if keys:
        return keys, None, together
    if by_key is None and by_address is None and platform and (named := name_key(cells.get("place", ""), platform)):
        return (named,), None, None
    found = by_address or by_key
    return (), reason("address-names-nothing", why=found.why) if found else message("sheet-no-address"), None


def own_words(key: str) -> str:
    """Return what to call a place of which no name is known: the rest of its key, as the ranking shows it.

    Example:
        >>> own_words("telegram:smm_riga"), own_words("facebook:name/baltic%20marketers")
        ('smm_riga', 'baltic marketers')

    """
    return unquote(key.partition(":")[2].removeprefix("name/"))


def is_own(place: str, keys: Iterable[str]) -> bool:
    """Tell whether a cell of a place only repeats the key, and is no name that a person wrote.

    Example:
        >>> is_own("smm_riga", ["telegram:smm_riga"]), is_own("SMM Riga", ["telegram:smm_riga"])
        (True, False)

    """
    text = " ".join(verbatim(place.strip()).split())
    words = {own_words(key) for key in keys}
    return text in words or bool(ROUNDED.fullmatch(text) and any(word.isdecimal() for word in words))


def _fact(
    row: int, keys: Sequence[str], cells: Mapping[str, str], understood: Mapping[str, Size]
) -> tuple[Fact, dict[str, Doubt]]:
    """Return what a row says, and what is odd about some of its cells."""
    nothing = frozenset(column for column, text in cells.items() if text.strip() in NOTHING)
    lost = {column for column, text in cells.items() if damaged(text)}
    letters = message("letters-lost-in-sheet")
    odd = {column: Doubt(letters, used=column not in CHANGED) for column in cells if column in lost}
    texts = {column: " ".join(cells[column].split()) for column in CHANGED if column in cells.keys() - nothing - lost}
    size = understood[marked(cells["subscribers"])] if "subscribers" in texts else Size(None, "")
    if size.doubt and (doubt := advice(marked(cells["subscribers"]), size.doubt)):
        odd["subscribers"] = Doubt(message("size-doubtful", doubt=doubt), used=size.number is not None)
    excluded, unclear = _excluded(cells.get("exclude", ""))
    if unclear:
        odd["exclude"] = Doubt(message("exclude-unclear"))
    accepts = (
        "no" if "accepts_posts" in nothing else meaning_of(texts["accepts_posts"]) if "accepts_posts" in texts else None
    )
    if accepts not in {None, *WORDS}:
        odd["accepts_posts"] = Doubt(message("accepts-posts-unknown"), used=True)
    if "price" in cells and is_unclear(cells["price"]):
        odd.setdefault("price", Doubt(message("price-unclear"), used=True))
    name = texts.get("place")
    fact = Fact(
        row,
        keys[0],
        None if name and is_own(name, keys) else name,
        size.number,
        accepts,
        texts.get("topic"),
        excluded,
        nothing - {"key", "address"},
        cells,
    )
    return fact, odd


def _excluded(text: str) -> tuple[bool, bool]:
    """Return whether a cell says yes, and whether it says neither yes nor no."""
    meaning = meaning_of(text) if text.strip() else "no"
    return meaning == "yes", meaning not in {"yes", "no"}


def joined(before: Fact | None, later: Fact) -> tuple[Fact, tuple[str, ...]]:
    """Return two rows of one place as one, and the columns in which they contradict each other; the first counts."""
    if before is None:
        return later, ()
    pairs = {column: (_value(before, column), _value(later, column)) for column in CHANGED}
    apart = tuple(
        column for column, (first, second) in pairs.items() if None not in (first, second) and first != second
    )
    if apart:
        return before, apart
    return (
        replace(
            before,
            name=before.name or later.name,
            subscribers=before.subscribers or later.subscribers,
            accepts_posts=before.accepts_posts or later.accepts_posts,
            topic=before.topic or later.topic,
            excluded=before.excluded or later.excluded,
            nothing=before.nothing | later.nothing,
            cells={**later.cells, **before.cells},
        ),
        (),
    )


def _value(fact: Fact, column: str) -> str | int | None:
    """Return what a row says in a column; a dash is a value where it says that there is none."""
    if column == "topic" and column in fact.nothing:
        return "-"
    return {"place": fact.name, "topic": fact.topic, "accepts_posts": fact.accepts_posts}.get(column, fact.subscribers)
