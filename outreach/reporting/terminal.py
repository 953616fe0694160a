"""The ranking as a picture for people: on a terminal in colour with links, elsewhere as plain text.

Columns stay columns whatever the names hold: widths are counted in cells, names in Arabic or Hebrew are isolated, and
signs whose width differs between terminals (joined emoji, skin tones, fillers) are shown in their simple form.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TextIO
from urllib.parse import unquote

from outreach.reporting.words import percent_range, plain, safe_address, thousands
from outreach.tables import IN_TOP_FIVE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from outreach.tables import Table

__all__ = ["ranking_lines", "show_ranking", "table_file"]

WIDTH: Final = 80
WIDTH_WIDE: Final = 120
LEAST_WIDTH: Final = 22
LEAST_NAME: Final = 12  # below this the columns that can be spared go first
GAP: Final = "  "
NAME_BESIDE_CHANCE: Final = 20  # who asked how certain the places are can do without the range
SPARED: Final = ("likely range", "subscribers")  # in this order, on a terminal too narrow for them
TOP_FIVE: Final = "in top five"
NOTHING: Final = "No place passes these filters."

_FILLERS: Final = "\u115f\u1160\u3164\uffa0"  # Hangul letters that show nothing
_STYLES: Final = {"title": "bold", "head": "dim", "rule": "dim", "platform": "cyan", "customers": "bold"}


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of the picture that an output's encoding may lack."""

    encoding: str
    rule: str
    cut: str
    isolate: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the ranking in words."""

    rank: str
    platform: str
    name: str
    link: str | None
    subscribers: str
    overlap: str
    listed: str
    likely: str
    affinity: str
    key: str
    group: object
    chance: str
    measured: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line: its text, what it is, and where a click leads."""

    text: str
    kind: str = ""
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The widths of the columns in cells."""

    rank: int
    platform: int
    name: int
    overlap: int
    listed: int
    key: int
    fields: tuple[tuple[str, int], ...]  # right of the place, right-aligned

    @property
    def place(self) -> int:
        """Platform and name together; a platform of width 0 is not shown."""
        return self.platform + len(GAP) + self.name if self.platform else self.name

    @property
    def hidden(self) -> list[str]:
        """The names of the columns that are not shown."""
        shown = {name for name, _ in self.fields}
        left_out = [name for name in ("subscribers", "affinity", "likely range") if name not in shown]
        return [*([] if self.platform else ["platform"]), *left_out, *([] if self.key else ["key"])]

    @property
    def line(self) -> int:
        """The whole line with its margin of one cell."""
        right = sum(len(GAP) + width for _, width in self.fields)
        return 1 + self.rank + len(GAP) + self.place + right + (len(GAP) + self.key if self.key else 0)


def show_ranking(
    table: Table,
    *,
    title: str,
    top: int = 20,
    wide: bool = False,
    by: str = "overlap",
    stream: TextIO | None = None,
    width: int | None = None,
) -> list[str]:
    """Print the ranking for a person, and return the names of the columns that it leaves out.

    On a terminal in its width, with links and colour (``NO_COLOR`` and ``TERM=dumb`` are heard); elsewhere the text
    of :func:`ranking_lines`.

    Args:
        table: A ranking.
        title: First line.
        top: How many places; 0 is all.
        wide: With affinity and key.
        by: What the table is sorted by; see :func:`ranking_lines`.
        stream: Where to; standard output by default.
        width: In cells; the terminal's by default.

    Raises:
        BrokenPipeError: The reader of the pipe has gone.

    """
    out = sys.stdout if stream is None else stream
    encoding = out.encoding or "utf-8"
    if out.isatty():
        return _show_styled(table, out, title=title, top=top, wide=wide, by=by, width=width, encoding=encoding)
    hidden: list[str] = []
    lines = _lines(table, title=title, top=top, wide=wide, by=by, width=width, encoding=encoding, hidden=hidden)
    out.writelines(_joined(line) + "\n" for line in lines)
    return hidden


def ranking_lines(
    table: Table,
    *,
    title: str,
    top: int = 0,
    wide: bool = False,
    by: str = "overlap",
    width: int | None = None,
    encoding: str = "utf-8",
) -> str:
    """Return the ranking as plain text, a line a place.

    Places that share a rank all show its number, so that a line means the same when it is copied elsewhere. A rule
    stands between groups of equal overlap (only where ``by`` is ``"overlap"``: else every line would have one). An
    unknown size is ``?``; ``~`` marks a resource known by its name only, since two can share a name. Names are cut
    to the width, keys never.

    Args:
        table: A ranking.
        title: First line.
        top: How many places; 0 is all.
        wide: With affinity and key.
        by: What the table is sorted by, ``overlap``, ``share`` or ``affinity``; the latter shows its column.
        width: In cells; 80 by default, 120 with ``wide``. The last cell stays empty.
        encoding: Signs that it lacks are replaced.

    """
    lines = _lines(table, title=title, top=top, wide=wide, by=by, width=width, encoding=encoding)
    return "".join(_joined(line) + "\n" for line in lines)


def table_file(table: Table, path: Path, *, title: str, wide: bool, by: str) -> None:
    """Write all places as the plain picture."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in _lines(table, title=title, top=0, wide=wide, by=by, width=None, encoding="utf-8"):
            file.write(_joined(line) + "\n")


def _show_styled(
    table: Table, out: TextIO, *, title: str, top: int, wide: bool, by: str, width: int | None, encoding: str
) -> list[str]:
    from rich.console import Console
    from rich.style import Style
    from rich.text import Text

    class Ours(Console):
        def on_broken_pipe(self) -> None:  # rich would end the program here
            raise  # noqa: PLE0704 - rich calls this inside its except

    console = Ours(file=out, markup=False, highlight=False, emoji=False)
    styles = {kind: Style.parse(style) for kind, style in _STYLES.items()}
    width, hidden = width or console.width, list[str]()
    for line in _lines(table, title=title, top=top, wide=wide, by=by, width=width, encoding=encoding, hidden=hidden):
        text = Text(end="\n")
        for piece in line:
            text.append(piece.text, styles.get(piece.kind, Style.null()) + Style(link=piece.link))
        console.print(text, soft_wrap=True)
    return hidden


def _lines(
    table: Table,
    *,
    title: str,
    top: int,
    wide: bool,
    by: str,
    width: int | None,
    encoding: str,
    hidden: list[str] | None = None,
) -> Iterator[list[Piece]]:
    """Yield the picture line by line; the rows are read twice, first for their widths.

    ``hidden`` gets the names of the columns that are not shown.
    """
    signs = _signs(encoding)
    cells = width or (WIDTH_WIDE if wide else WIDTH)
    total = max(cells, LEAST_WIDTH) - 1  # some terminals break the line after the last cell
    if title:
        yield [Piece(" "), Piece(_cut(_steady(title, signs), total - 1, signs), "title")]
    layout = _layout(_places(table, top, signs), total, wide=wide, affinity=wide or by == "affinity")
    if layout is None:
        yield [Piece(f" {NOTHING}")]
        return
    if hidden is not None:
        hidden += layout.hidden
    yield _head(layout)
    before: Place | None = None
    for place in _places(table, top, signs):
        if by == "overlap" and before is not None and before.group != place.group:
            yield [Piece(" "), Piece(signs.rule * (layout.line - 1), "rule")]
        yield _row(place, layout, signs)
        before = place


def _places(table: Table, top: int, signs: Signs) -> Iterator[Place]:
    limit = f" limit {top:d}" if top else ""
    names = table.schema.names
    for rows in table.engine.batches(table.select() + limit):
        for row in rows:
            yield _place(dict(zip(names, row, strict=True)), signs)


def _place(row: dict[str, Any], signs: Signs) -> Place:
    rest = row["resource"].partition(":")[2]
    by_name = rest.startswith("name/")
    name = _steady(row["name"] or "", signs) or _steady(unquote(rest.removeprefix("name/")), signs) or "?"
    size, affinity = row["subscribers"], row["affinity"]
    return Place(
        rank=str(row["rank"]),
        platform=_steady(row["platform"], signs),
        name=f"~ {name}" if by_name else name,
        link=safe_address(row["url"]),
        subscribers="?" if size is None else thousands(size),
        overlap=str(row["overlap"]),
        listed=str(row["listed"]),
        likely=percent_range(row["share_low"], row["share_high"]),
        affinity="" if affinity is None or affinity != affinity else thousands(round(affinity)),  # noqa: PLR0124 - NaN
        key=_encodable(plain(row["resource"]), signs),
        group=row["overlap"],
        chance=_chance(row),
        measured=_measured(row),
    )


def _chance(row: dict[str, Any]) -> str:
    """Return the chance to be among the first five; nothing where it is unknown, or the table does not have it."""
    if row.get(IN_TOP_FIVE.name) is None:
        return ""
    from outreach.reporting.chance_words import chance_in

    return chance_in(row[IN_TOP_FIVE.name])


def _measured(row: dict[str, Any]) -> str:
    """Return what a place brought so far; nothing where nothing was counted, or the table does not tell."""
    visits, conversions = row.get("visits"), row.get("conversions")
    if visits is None and conversions is None:
        return ""
    of = "?" if visits is None else thousands(visits)
    return f"{'?' if conversions is None else thousands(conversions)} of {of}"


def _layout(places: Iterable[Place], total: int, *, wide: bool, affinity: bool) -> Layout | None:
    """Measure the places and share the line out among the columns; None without places."""
    from rich.cells import cell_len

    seen = [0] * 10
    for place in places:
        sizes = (
            len(place.rank),
            cell_len(place.platform),
            cell_len(place.name),
            len(place.subscribers),
            len(place.overlap),
            len(place.listed),
            len(place.affinity),
            cell_len(place.key),
            len(place.chance),
            len(place.measured),
        )
        seen = list(map(max, seen, sizes))
    rank, platform, name, subscribers, overlap, listed, index, key, chance, measured = seen
    if not rank:
        return None
    fields = {
        "subscribers": max(len("subscribers"), subscribers),
        **({"affinity": max(len("affinity"), index)} if affinity else {}),
        "customers": max(len("customers"), overlap + len(" of ") + listed),
        "likely range": len("likely range"),
        **({TOP_FIVE: max(len(TOP_FIVE), chance)} if chance else {}),
        **({"converted": max(len("converted"), measured)} if measured else {}),
    }
    least = NAME_BESIDE_CHANCE if chance else LEAST_NAME

    def laid(names: Sequence[str], platform: int) -> Layout:
        """Return the layout of these columns with a name as wide as the line lets it be, or less than 0."""
        kept = tuple((name, fields[name]) for name in names)
        bare = Layout(max(2, rank), platform, 0, overlap, listed, key if wide else 0, kept)
        return replace(bare, name=total - bare.line)

    names = list(fields)
    layout = laid(names, platform)
    if not wide:  # who asks for all columns gets them, and a longer line
        for spared in SPARED:
            if layout.name < least:
                least = LEAST_NAME
                names.remove(spared)
                layout = laid(names, platform)
        if layout.name < LEAST_NAME:
            layout = laid(names, 0)
    base = layout.name - max(0, total - (WIDTH_WIDE if wide else WIDTH) + 1)  # the name's width on a usual line
    return replace(layout, name=max(min(layout.name, max(base, name)), LEAST_NAME if wide else len("place")))


def _head(layout: Layout) -> list[Piece]:
    line = f" {'#':<{layout.rank}}{GAP}{'place':<{layout.place}}"
    line += "".join(f"{GAP}{name:>{width}}" for name, width in layout.fields)
    return [Piece(line + (f"{GAP}key" if layout.key else ""), "head")]


def _row(place: Place, layout: Layout, signs: Signs) -> list[Piece]:
    from rich.cells import cell_len

    name = _cut(place.name, layout.name, signs)
    blank = " " * (layout.name - cell_len(name))
    pieces = [Piece(f" {place.rank:<{layout.rank}}{GAP}")]
    if layout.platform:
        pieces += [Piece(place.platform + " " * (layout.platform - cell_len(place.platform)), "platform"), Piece(GAP)]
    pieces += [Piece(_isolated(name, signs), "name", place.link), Piece(blank)]
    values = {
        "subscribers": place.subscribers,
        "customers": f"{place.overlap:>{layout.overlap}} of {place.listed:>{layout.listed}}",
        "likely range": place.likely,
        "affinity": place.affinity,
        TOP_FIVE: place.chance,
        "converted": place.measured,
    }
    pieces += [Piece(f"{GAP}{values[field]:>{width}}", field) for field, width in layout.fields]
    return [*pieces, Piece(GAP + _isolated(place.key, signs), "key")] if layout.key else pieces


def _joined(line: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in line)


def _signs(encoding: str) -> Signs:
    """Return the picture's signs in an encoding, those that it lacks in ASCII."""
    try:
        "".encode(encoding)
    except LookupError:
        encoding = "ascii"

    def has(signs: str) -> bool:
        try:
            return signs.encode(encoding).decode(encoding) == signs
        except UnicodeError:
            return False

    return Signs(
        encoding,
        rule="─" if has("─") else "-",
        cut="…" if has("…") else "..",
        isolate=("\u2068", "\u2069") if has("\u2068\u2069") else ("", ""),
    )


def _encodable(text: str, signs: Signs) -> str:
    return text.encode(signs.encoding, "replace").decode(signs.encoding)


def _steady(text: str, signs: Signs) -> str:
    """Return a plain text of which every terminal thinks that it is equally wide."""
    clean = plain(text)
    if not clean.isascii():
        import unicodedata

        whole = unicodedata.normalize("NFC", clean)
        clean = "".join(sign for sign in whole if not _varies(sign)).lstrip()
        while clean and unicodedata.category(clean[0]) in ("Mn", "Me", "Mc"):  # an accent without its letter
            clean = clean[1:].lstrip()
    return _encodable(clean, signs).strip()


def _varies(sign: str) -> bool:
    """Tell whether terminals disagree how wide a text gets by this sign: joiners, variations, skin tones, fillers."""
    return sign == "\u200d" or "\ufe00" <= sign <= "\ufe0f" or "\U0001f3fb" <= sign <= "\U0001f3ff" or sign in _FILLERS


def _cut(text: str, width: int, signs: Signs) -> str:
    """Return the text if it fits into ``width`` cells, else its beginning and a sign that more follows."""
    from rich.cells import cell_len

    if cell_len(text) <= width:
        return text
    cut = signs.cut[:width]
    end = 0
    while cell_len(text[: end + 1]) <= width - len(cut):
        end += 1
    return text[:end].rstrip() + cut


def _isolated(text: str, signs: Signs) -> str:
    """Return a text that does not turn the columns beside it round."""
    if text.isascii():
        return text
    import unicodedata

    turns = any(unicodedata.bidirectional(sign) in ("R", "AL", "AN") for sign in text)
    return text.join(signs.isolate) if turns else text
