"""What the user wrote around a report: Markdown of which only text, lists, tables and safe links get through."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.patterns import pattern
from outreach.reporting.words import safe_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["as_html", "as_markdown", "read_own_words"]

MOST_BYTES: Final = 200_000
_PICTURE: Final = pattern(r"!\[")
_OTHER_LINK: Final = pattern(r"\](?=\((?!\s*(?:https?://|mailto:)))", re.IGNORECASE)
_OTHER_TARGET: Final = pattern(r"^([\W\d]*)\[(?=[^\]]*\]:(?!\s*(?:https?://|mailto:)))", re.IGNORECASE)


def read_own_words(path: str) -> str:
    """Return the text of a file of own words.

    Raises:
        InputError: It cannot be read, or is no text.

    """
    try:
        with Path(path).open("rb") as file:
            return file.read(MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as err:
        raise InputError("this is not text in UTF-8", where=path, hint="save it as UTF-8") from err
    except (OSError, ValueError) as err:
        raise InputError("the file cannot be read", where=path, hint="check the path and its permissions") from err


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


def as_markdown(markdown: str) -> str:
    r"""Return a text as Markdown in which tags, pictures and links elsewhere than to web or mail are plain text.

    Example:
        >>> print(as_markdown("**Good** month, [see](javascript:alert(1)) <b> ![](https://a.example/x.png)"))
        **Good** month, [see&#93;(javascript:alert(1)) &lt;b> !&#91;](https://a.example/x.png)

    """
    text = markdown.replace("\r\n", "\n").replace("\r", "\n")
    fences = [one.map for one in _parser().parse(text) if one.type == "fence" and not one.level and one.map]
    literal = {at for start, end in fences for at in range(start, end)}
    return "\n".join(line if at in literal else _neutral(line) for at, line in enumerate(text.split("\n")))


def _neutral(line: str) -> str:
    """Return a line with entities in place of signs: a backslash before one cannot bring it back."""
    line = _OTHER_LINK.sub("&#93;", _OTHER_TARGET.sub(r"\1&#91;", line))
    return _PICTURE.sub("!&#91;", line).replace("<", "&lt;")


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # comes with rich

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("image", _image)
    return parser


def _image(_self: Any, tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    """Show the words of a picture: the page asks nobody for anything."""
    return escape(tokens[at].content)
