"""What the user wrote around a report: Markdown of which only text, lists, tables and safe links get through."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from outreach.reporting.words import safe_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["as_html"]


def as_html(markdown: str) -> str:
    r"""Return a text as HTML; tags in it are shown as they stand, and links lead to web or mail addresses only.

    Headings stand two levels lower: the page has its own above them.

    Example:
        >>> as_html("**Good** month, [see](javascript:alert(1)) <b>")
        '<p><strong>Good</strong> month, [see](javascript:alert(1)) &lt;b&gt;</p>\n'

    """
    parser = _parser()
    tokens = parser.parse(markdown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"
        for one in token.children or ():
            if one.type == "link_open":
                address = str(one.attrGet("href") or "")
                safe = address if address.startswith("mailto:") else safe_address(address)
                one.attrs = {"href": safe, "rel": "noopener noreferrer"} if safe else {}
    return str(parser.renderer.render(tokens, parser.options, {}))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # comes with rich

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("image", _image)
    return parser


def _image(_self: Any, tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    """Show the words of a picture: the page asks nobody for anything."""
    return escape(tokens[at].content)
