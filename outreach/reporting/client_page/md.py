"""The page as Markdown: the same words and tables, pictures as the sentences that describe them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outreach.reporting.client_page.blocks import Drawing, Grid, Lines, Prose, Tiles
from outreach.reporting.client_page.cells import NUMBERS, cell
from outreach.reporting.client_page.html import MADE_BY
from outreach.reporting.client_page.own_words import as_markdown
from outreach.reporting.markdown import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.reporting.client_page.blocks import Block, Page, Tile
    from outreach.reporting.client_page.cells import Cell

__all__ = ["page_markdown"]


def page_markdown(page: Page) -> str:
    """Return a page as Markdown."""
    parts = [f"<!-- {MADE_BY} -->", f"# {escape(page.title)}", escape(page.days)]
    for part in page.parts:
        parts += [f"## {escape(part.title)}"] if part.title else []
        for block in part.blocks:
            parts += _blocks(block, page.language)
    if page.left_out:
        parts.append(escape(page.left_out))
    return "\n\n".join(parts) + "\n"


def _blocks(block: Block, language: str) -> Iterator[str]:
    if isinstance(block, Prose):
        yield as_markdown(block.markdown).strip()
    elif isinstance(block, Lines):
        mark = "- " if block.kind in ("list", "note") else ""
        yield ("\n" if mark else "\n\n").join(f"{mark}{escape(line)}" for line in block.texts)
    elif isinstance(block, Tiles):
        yield "\n".join(map(_tile, block.tiles))
    elif isinstance(block, Drawing):
        yield f"*{escape(block.figure.title)}*: {escape(block.figure.description)}"
    else:
        yield _grid(block, language)
        if block.note:
            yield escape(block.note)


def _tile(one: Tile) -> str:
    below = "".join(f" ({escape(text)})" for text in one.below)
    return f"- {escape(one.label)}: **{escape(f'{one.value} {one.unit}'.strip())}**{below}"


def _grid(block: Grid, language: str) -> str:
    lines = [
        [escape(one.header) for one in block.fields],
        ["---:" if one.look in NUMBERS else "---" for one in block.fields],
    ]
    lines += [
        [_cell(cell(one, value, language)) for one, value in zip(block.fields, row.cells, strict=True)]
        for row in block.rows
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(one: Cell) -> str:
    text = escape(one.text)
    return f"[{text}](<{one.address}>)" if one.address and text else text
