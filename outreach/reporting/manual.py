"""The manual as parts of pages: its chapters are Markdown, of which only text, links and tables get through."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["CONTENTS", "Chapter", "anchor", "chapter", "chapters", "sources"]

CONTENTS: Final = "index"
"""The first chapter of the manual, and of each part of it."""
WITHOUT: Final = frozenset({"reference/python"})
"""Chapters that are made out of the code when the manual is built."""
DIRECTIVE: Final = re.compile(r"\{(\w+)\}")
TARGET: Final = re.compile(r"(?P<file>[^#:?]+\.md)?(?:#(?P<part>.*))?$")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter, ready for a page.

    Args:
        name: Its path in the manual, ``howto/app``.
        language: Of its text.
        title: Its first heading.
        parts: Anchor and text of each heading of the second level.
        html: The whole of it.

    """

    name: str
    language: str
    title: str
    parts: Sequence[tuple[str, str]]
    html: str


def sources() -> Path | None:
    """Return the folder of the chapters: in the wheel, or in the checkout; None where there is neither."""
    package = Path(__file__).parents[1]
    folders = (package / "_manual", package.parent / "docs")
    return next((folder for folder in folders if (folder / f"{CONTENTS}.md").is_file()), None)


@cache
def chapters() -> Mapping[str, Path]:
    """Return the file of each chapter by its path in the manual."""
    folder = sources()
    found = folder.rglob("*.md") if folder else ()
    named = {path.relative_to(folder).with_suffix("").as_posix(): path for path in found} if folder else {}
    return {name: path for name, path in sorted(named.items()) if name not in WITHOUT and not name.startswith("_")}


def chapter(name: str, address_of: Callable[[str], str]) -> Chapter | None:
    """Return a chapter, None where there is none of this name.

    Args:
        name: Its path in the manual.
        address_of: Gives the address of the page of a chapter.

    """
    file = chapters().get(name)
    if file is None:
        return None
    parser = _parser()
    tokens = parser.parse(file.read_text("utf-8"))
    parts: list[tuple[str, str]] = []
    title = name
    taken: dict[str, int] = {}
    for token, inner in pairwise(tokens):
        if token.type == "heading_open":
            text = "".join(one.content for one in inner.children or () if one.type in {"text", "code_inline"})
            found = anchor(text)
            taken[found] = taken.get(found, -1) + 1
            token.attrSet("id", f"{found}-{taken[found]}" if taken[found] else found)
            if token.tag == "h1":
                title = text
            elif token.tag == "h2":
                parts.append((str(token.attrGet("id")), text))
        for one in token.children or ():
            if one.type == "link_open":
                _lead(one, name, address_of)
    html = parser.renderer.render(tokens, parser.options, {})
    return Chapter(name, "ru" if name.startswith("ru/") else "en", title, parts, html)


def anchor(heading: str) -> str:
    """Return what stands behind ``#`` in a link to a heading, as Sphinx and code hosts make it.

    Example:
        >>> anchor("What else can see it"), anchor("`[utm]`, and why")
        ('what-else-can-see-it', 'utm-and-why')

    """
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def _lead(link: Token, name: str, address_of: Callable[[str], str]) -> None:
    """Turn a link between files into one between pages; what cannot be followed becomes text."""
    given = str(link.attrGet("href") or "")
    if given.startswith(("https://", "http://")):
        link.attrs |= {"rel": "noopener noreferrer", "target": "_blank"}
        return
    found = TARGET.match(given)
    file = found["file"] if found else None
    wanted = normpath(join(dirname(name), file)).removesuffix(".md") if file else name
    if found is None or wanted not in chapters():
        link.attrs = {}
        return
    part = f"#{found['part']}" if found["part"] else ""
    link.attrs = {"href": part if part and not file else address_of(wanted) + part}


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # comes with rich

    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    parser.core.ruler.before("inline", "definitions", _define)
    rules = {
        "html_block": _nothing, "html_inline": _nothing, "image": _nothing, "fence": _fence, "code_block": _fence,
        "table_open": _table_open, "table_close": _table_close,
    }  # fmt: skip
    for kind, rule in rules.items():
        parser.add_render_rule(kind, rule)
    return parser


def _nothing(*_: Any) -> str:
    """Leave out what is no text: raw HTML (the comments of what writes the chapters), pictures."""
    return ""


def _fence(_self: Any, tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    """Show a block of code; of what only Sphinx makes pages of, show the glossary."""
    token = tokens[at]
    if directive := DIRECTIVE.match(token.info.strip()):
        return _glossary(token.content) if directive[1] == "glossary" else ""
    return f'<pre tabindex="0"><code>{escape(token.content)}</code></pre>\n'


def _glossary(text: str) -> str:
    """Return a glossary: a word on a line of its own, what it means below it."""
    parser = _parser()
    parts = []
    for entry in re.split(r"\n{2,}(?=\S)", text.strip()):
        word, _, meaning = entry.partition("\n")
        shown = parser.renderInline(" ".join(meaning.split()))
        parts.append(f'<dt id="{escape(anchor(word))}">{escape(word)}</dt><dd>{shown}</dd>')
    return f"<dl>{''.join(parts)}</dl>\n"


def _table_open(*_: Any) -> str:
    return '<div class="scroll" tabindex="0"><table>\n'


def _table_close(*_: Any) -> str:
    return "</table></div>\n"


def _define(state: Any) -> None:
    """Make a definition of a paragraph whose second line begins with a colon."""
    from markdown_it.token import Token

    made: list[Token] = []
    for token in state.tokens:
        if token.type != "inline" or "\n: " not in token.content or made[-1].type != "paragraph_open":
            made.append(token)
            continue
        word, _, meaning = token.content.partition("\n: ")
        made[-1].type, made[-1].tag = "dl_open", "dl"
        for tag, content in (("dt", word), ("dd", meaning)):
            inner = Token("inline", "", 0, content=content, children=[])
            made += [Token(f"{tag}_open", tag, 1), inner, Token(f"{tag}_close", tag, -1)]
    closing = iter(made)
    for token in closing:
        if token.type == "dl_open":
            end = next(one for one in closing if one.type == "paragraph_close")
            end.type, end.tag = "dl_close", "dl"
    state.tokens = made
