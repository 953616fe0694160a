"""The page as one HTML file: no request, its own style and script and nothing else may act in it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from outreach.figures import STYLE, policy
from outreach.reporting.client_page.blocks import Drawing, Grid, Lines, Prose, Tiles
from outreach.reporting.client_page.cells import NUMBERS, cell
from outreach.reporting.client_page.own_words import as_html
from outreach.reporting.client_page.page import KIND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.reporting.client_page.blocks import Block, Page

__all__ = ["MADE_BY", "TEMPLATE", "page_html", "page_policy"]

TEMPLATE: Final = "page.html.j2"
FIELDS: Final = ("page", "parts", "style", "script", "policy", "made_by")
MADE_BY: Final = "outreach report"
"""What says in a file that this program wrote it."""
LOOKS: Final = {
    "number": "number", "decimal": "number", "percent": "number", "fine percent": "number", "middle": "rank",
    "right": "right",
}  # fmt: skip
"""Look of a column to its class on the page."""


def page_html(page: Page, templates: str | None = None) -> str:
    """Return a page as HTML.

    Args:
        page: What it says.
        templates: Folder of own templates.

    Raises:
        TemplateError: The template cannot be read or filled in.

    """
    from outreach.teasers.template_folders import TemplateFolders

    folders = TemplateFolders(KIND, templates, FIELDS)
    found = folders.find((TEMPLATE,))
    assert found is not None  # noqa: S101 - the program brings one
    style, script = _style_and_script(page)
    values = {
        "page": page,
        "parts": [_Part(part.name, part.title, [_shown(one, page) for one in part.blocks]) for part in page.parts],
        "style": _Safe(style),
        "script": _Safe(script),
        "policy": policy(style, script),
        "made_by": MADE_BY,
    }
    return folders.fill(found, values, page.language, page.words) + "\n"


def page_policy(page: Page) -> str:
    """Return what a page may do, as it says itself: a server can say it of any template of the user's own, too."""
    return policy(*_style_and_script(page))


def _style_and_script(page: Page) -> tuple[str, str]:
    return _packaged("page.css") + _without_gaps(STYLE), _packaged("table.js") + _of_pictures(page)


class _Safe(str):
    """A text of ours that is HTML already."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


class _Part:
    """A section for the template."""

    def __init__(self, name: str, title: str, blocks: list[dict[str, Any]]) -> None:
        self.name, self.title, self.blocks = name, title, blocks


@cache
def _packaged(name: str) -> str:
    """Return a file beside this one."""
    return _without_gaps(files(__package__).joinpath(name).read_text("utf-8"))


def _without_gaps(text: str) -> str:
    """Return a text without empty lines: the template's text loses those, and the policy has a hash of it."""
    return "\n".join(line for line in text.splitlines() if line.strip()) + "\n"


def _of_pictures(page: Page) -> str:
    """Return the scripts of pictures that answer to pointer and keys, each once."""
    drawn = [one.figure for part in page.parts for one in part.blocks if isinstance(one, Drawing)]
    return "".join(map(_without_gaps, dict.fromkeys(one.script for one in drawn if one.script)))


def _shown(block: Block, page: Page) -> dict[str, Any]:
    """Return a block as the template takes it."""
    if isinstance(block, Prose):
        return {"kind": "prose", "html": _Safe(as_html(block.markdown))}
    if isinstance(block, Lines):
        return {"kind": f"lines {block.kind}", "texts": block.texts, "look": block.kind}
    if isinstance(block, Tiles):
        return {"kind": "tiles", "tiles": block.tiles}
    if isinstance(block, Drawing):
        return {"kind": "drawing", "html": _Safe(block.figure.inline(f"picture-{block.name}")), "figure": block.figure}
    return _grid(block, page)


def _grid(block: Grid, page: Page) -> dict[str, Any]:
    heads = [
        {
            "text": one.header,
            "meaning": one.meaning,
            "look": LOOKS.get(one.look, "text"),
            "number": one.look in NUMBERS,
            "folded": one.header in block.folded,
        }
        for one in block.fields
    ]
    return {
        "kind": "grid", "name": block.name, "title": block.title, "heads": heads, "note": block.note,
        "rows": list(_rows(block, page.language)), "tools": block.tools,
    }  # fmt: skip


def _rows(block: Grid, language: str) -> Iterator[dict[str, Any]]:
    for row in block.rows:
        cells = [cell(field, value, language) for field, value in zip(block.fields, row.cells, strict=True)]
        yield {"ruled": row.ruled, "cells": cells}
