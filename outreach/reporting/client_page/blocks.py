"""What a page is made of, whatever it is written as: paragraphs, big figures, tables, pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.figures import Figure
    from outreach.reporting.client_page.logo import Logo
    from outreach.reporting.people_sheet import Field, PeopleRow

WIDTH: Final = 900.0
"""Of pictures, in pixels: they shrink with the page, and no further than can be read."""

__all__ = ["WIDTH", "Block", "Drawing", "Grid", "Lines", "Page", "Part", "Prose", "Tile", "Tiles"]


@dataclass(frozen=True, slots=True)
class Prose:
    """A text that the user wrote, in Markdown."""

    markdown: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Sentences of ours.

    Args:
        texts: In their order.
        kind: ``lead`` (the first is the most important), ``list``, or ``note``.

    """

    texts: tuple[str, ...]
    kind: str = "list"


@dataclass(frozen=True, slots=True)
class Tile:
    """One big figure.

    Args:
        label: What it counts.
        value: As the reader writes it.
        number: The value itself; None is not known.
        unit: Behind the value, like a currency; empty for none.
        below: What stands small below it: of which budget, and how it was before.
        share: Of the budget, 0..1; None where there is none.

    """

    label: str
    value: str
    number: float | None
    unit: str = ""
    below: tuple[str, ...] = ()
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Tiles:
    """The figures that a reader looks at first."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Args:
        name: Of the table, for files that are made of it.
        title: What it shows, read out before it.
        fields: Its columns.
        rows: Its rows.
        note: What is not shown, in a sentence; empty for nothing.
        tools: Whether it can be sorted, filtered and exported.
        folded: Headers of columns that are shown only where somebody asks for them, on pages with tools.

    """

    name: str
    title: str
    fields: Sequence[Field]
    rows: Sequence[PeopleRow]
    note: str = ""
    tools: bool = False
    folded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture."""

    name: str
    figure: Figure


Block: TypeAlias = Prose | Lines | Tiles | Grid | Drawing


@dataclass(frozen=True, slots=True)
class Part:
    """One section: its name among ``SECTIONS``, its heading (empty for none), what is in it."""

    name: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """All that a client's page says.

    Args:
        language: Of its texts.
        client: Whose it is; empty where it is not known.
        title: The headline.
        days: Of which days it speaks, and when it was made.
        parts: Its sections, in their order.
        left_out: Which sections have no data, in a sentence; empty for none.
        words: Of the page itself, in the language.
        logo: Of the client.

    """

    language: str
    client: str
    title: str
    days: str
    parts: tuple[Part, ...]
    left_out: str
    words: Mapping[str, str]
    logo: Logo | None = None

    def part(self, name: str) -> Part | None:
        """Return a section by its name, None where it is not there."""
        return next((one for one in self.parts if one.name == name), None)
