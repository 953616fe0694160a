"""A picture: shown in a notebook, put into a page, or saved."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError, OptionError
from outreach.figures.drawing import element, text
from outreach.figures.style import LIGHT, STYLE, TITLE, literal

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FORMS", "Figure", "policy"]

FORMS: Final = (".svg", ".png", ".html")
MARGIN: Final = 16.0
READABLE: Final = 0.95
"""Of its width that a picture keeps on a narrow screen, where its region scrolls: its small letters stay 10 pixels."""
HEADING: Final = 40.0
PIXELS: Final = 2
"""Pixels of a PNG for each of the picture: sharp on paper and on good screens."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as SVG.

    Args:
        body: Its elements, in a coordinate system of ``width`` and ``height``.
        title: What it is.
        description: What is seen in it, in sentences with numbers: read out instead of it.
        width: In pixels.
        height: In pixels.
        language: Of its texts.
        script: That makes it answer to pointer and keys, for a page of its own; empty for none.
        beside: HTML that stands below it on a page of its own, like a table of the same.

    """

    body: str
    title: str
    description: str
    width: float
    height: float
    language: str = "en"
    script: str = ""
    beside: str = ""

    @property
    def svg(self) -> str:
        """The picture as a file of its own, with its title above and its colours inside."""
        return self._whole(STYLE, ground=False)

    def inline(self, name: str, kind: str = "") -> str:
        """Return the picture for a page that carries ``figures.STYLE`` and says its title itself.

        Args:
            name: No other element of the page has it as its id.
            kind: More classes.

        """
        inner = element("title", escape(self.title), id=f"{name}-title")
        inner += element("desc", escape(self.description), id=f"{name}-desc")
        return element(
            "svg", inner + self.body, class_=f"figure {kind}".strip(), role="group" if self.script else "img",
            viewBox=_view(self.width, self.height), width=self.width, height=self.height, lang=self.language,
            aria_labelledby=f"{name}-title {name}-desc", id=name,
        )  # fmt: skip

    def _whole(self, style: str, *, ground: bool) -> str:
        width, height = self.width + 2 * MARGIN, self.height + HEADING + 2 * MARGIN
        parts = [
            element("title", escape(self.title)), element("desc", escape(self.description)),
            f"<style>{style}</style>", element("rect", width=width, height=height, class_="ground") if ground else "",
            text(MARGIN, MARGIN + TITLE, self.title, "title", width=self.width, size=TITLE),
            element("g", self.body, transform=f"translate({MARGIN:g} {MARGIN + HEADING:g})"),
        ]  # fmt: skip
        return element(
            "svg", "".join(parts), xmlns="http://www.w3.org/2000/svg", class_="figure", role="img",
            viewBox=_view(width, height), width=width, height=height, **{"xml:lang": self.language},
        )  # fmt: skip

    @property
    def page(self) -> str:
        """The picture as a page of its own, which asks nobody for anything."""
        style = f"{STYLE}{PAGE_STYLE}@media screen{{.picture svg{{min-width:{self.width * READABLE:.0f}px}}}}\n"
        script = f"<script>{self.script}</script>" if self.script else ""
        return (
            f'<!doctype html>\n<html lang="{self.language}"><head><meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="{policy(style, self.script)}">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{escape(self.title)}</title><style>{style}</style></head>"
            f"<body><main><h1>{escape(self.title)}</h1>"
            f'<div class="picture" tabindex="0" role="region" aria-label="{escape(self.title)}">'
            f"{self.inline('picture')}</div>"
            f"<p>{escape(self.description)}</p>{self.beside}</main>{script}</body></html>\n"
        )

    @property
    def png(self) -> bytes:
        """The picture in pixels, two for each of its own.

        Raises:
            InputError: The extra ``outreach[png]`` is not installed.

        """
        try:
            from resvg_py import svg_to_bytes
        except ImportError as err:
            raise InputError(
                "a PNG needs a library that is not installed", hint='pip install "outreach[png]", or save it as .svg'
            ) from err
        return bytes(
            svg_to_bytes(svg_string=self._whole(literal(), ground=True), zoom=PIXELS, background=LIGHT["paper"])
        )

    def save(self, path: str | Path) -> Path:
        """Write the picture, whole or not at all; its ending says how: ``.svg``, ``.png`` or ``.html``.

        Raises:
            OptionError: The ending is another one.
            InputError: A PNG needs the extra ``outreach[png]``.
            OutputError: It cannot be written.

        """
        from outreach.files.output import store_bytes

        path = Path(path)
        store_bytes(path, self.content(path.suffix.lower()))
        return path

    def content(self, form: str) -> bytes:
        """Return what a file of this ending holds.

        Raises:
            OptionError: The ending is another one.
            InputError: A PNG needs the extra ``outreach[png]``.

        """
        if form not in FORMS:
            raise OptionError(
                f"a picture cannot be written as {form or 'a file without an ending'}", hint="use .svg, .png or .html"
            )
        if form == ".png":
            return self.png
        return (self.page if form == ".html" else f"{self.svg}\n").encode()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Mapping[str, str]:
        """Return what a notebook shows."""
        del include, exclude
        return {"image/svg+xml": self.svg, "text/plain": f"{self.title}: {self.description}"}


PAGE_STYLE: Final = """\
:root{color-scheme:light dark}
body{margin:0;background:#fff;color:#1d2426;\
  font:16px/1.5 "Segoe UI","Noto Sans","Noto Sans Armenian","DejaVu Sans",Arial,sans-serif}
main{max-width:64rem;margin:0 auto;padding:1rem}
h1{font-size:1.5rem;line-height:1.25}
.picture{overflow-x:auto}
.picture svg{max-width:100%;height:auto}
table{border-collapse:collapse}
th,td{padding:.25rem .75rem .25rem 0;text-align:left;vertical-align:top;border-bottom:1px solid #c9cfcf}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
@media (prefers-color-scheme:dark){body{background:#1c2324;color:#e8eceb}th,td{border-color:#3f4b4c}}
@media print{body{background:#fff;color:#1d2426}}
"""


def policy(style: str, script: str = "") -> str:
    """Return what a page of ours may do: show its own style, run its own script, and nothing else.

    Example:
        >>> policy("p{}")[:56]
        "default-src 'none'; img-src data:; style-src 'sha256-gG2"

    """
    scripts = f"; script-src '{_hash(script)}'" if script else ""
    return (
        f"default-src 'none'; img-src data:; style-src '{_hash(style)}'{scripts}; base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _view(width: float, height: float) -> str:
    return f"0 0 {width:g} {height:g}"
