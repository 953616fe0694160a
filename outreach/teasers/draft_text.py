"""Drafts as plain text to paste, a file a place: the text first, then the first comment and the link on their own.

A line below each holds what it is of and a hash of the rest, so that a file that a person edited is never lost.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.keys import platform_of
from outreach.tables import DRAFT
from outreach.teasers.draft_files import WHERE, Kept, edited, is_ours, kept_in
from outreach.teasers.slugs import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.teasers.drafts import Draft

__all__ = ["drafts_in", "holds_drafts", "is_edited", "is_plain", "plain_edited", "plain_kept_in", "plain_page"]

SHORTEST_BAR: Final = 4
COMMENT: Final = "First comment"
TITLE: Final = "Title"
LINK: Final = "Link, "
ANY: Final = "any"
SEAL: Final = 8

_BAR: Final = re.compile(r"^=+", re.MULTILINE)
_END: Final = re.compile(
    rf"^(?P<bar>={{4,}}) {DRAFT} (?P<campaign>\S+), (?P<resource>\S+), variant (?P<variant>\S+), "
    r"round (?P<round>[0-9]{1,6}), longest (?P<limit>[0-9]{1,9}|any), link (?P<seal>\w+), (?P<hash>\w+) (?P=bar)"
    r"[^\S\n]*$",
    re.MULTILINE,
)


def plain_page(drafts: Sequence[Draft]) -> str:
    """Return the file of a place.

    Args:
        drafts: Of one place, one for each variant.

    """
    texts = (text for one in drafts for text in (one.text, one.comment, one.title, one.link))
    longest = max((len(found) for text in texts for found in _BAR.findall(text)), default=0)
    bar = "=" * max(SHORTEST_BAR, longest + 1)  # no text of it holds such a bar
    return "\n".join(_block(one, bar) for one in drafts)


def is_plain(text: str) -> bool:
    """Tell whether a file holds drafts of ours as plain text, edited or not."""
    return _END.search(_tidy(text)) is not None


def plain_edited(text: str) -> bool:
    r"""Tell whether a person changed a file after it was written; line ends and a BOM do not count.

    Example:
        >>> plain_edited("my own notes\n")
        True

    """
    blocks = list(_blocks(text))
    rest = _END.split(_tidy(text))[-1]
    return not blocks or bool(rest.strip()) or any(digest(body, SEAL) != end["hash"] for body, end in blocks)


def plain_kept_in(text: str) -> list[Kept]:
    """Return the drafts of a file; none where it is no file of ours."""
    return [_kept(body, end) for body, end in _blocks(text)]


def drafts_in(text: str) -> list[Kept]:
    """Return the drafts of a file, Markdown or plain text; none where it is no file of ours."""
    return plain_kept_in(text) if is_plain(text) and not is_ours(text) else kept_in(text)


def holds_drafts(text: str) -> bool:
    """Tell whether a file holds drafts of ours, Markdown or plain text, edited or not."""
    return is_ours(text) or is_plain(text)


def is_edited(text: str) -> bool:
    """Tell whether a person changed a file, Markdown or plain text, after it was written."""
    return plain_edited(text) if is_plain(text) and not is_ours(text) else edited(text)


def _block(one: Draft, bar: str) -> str:
    parts = [(COMMENT, one.comment), (TITLE, one.title), (f"{LINK}{WHERE[one.link_place]}", one.link)]
    body = "\n\n".join([one.text, *(f"{bar} {name} {bar}\n{text}" for name, text in parts if text)])
    about = f"{one.campaign}, {one.resource}, variant {one.variant}, round {one.round}"
    limit = ANY if one.limit is None else one.limit
    seals = f"link {digest(one.link, SEAL)}, {digest(body.strip(), SEAL)}"
    return f"{body}\n\n{bar} {DRAFT} {about}, longest {limit}, {seals} {bar}\n"


def _tidy(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _blocks(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield what stands above each line that ends a draft, and that line."""
    text, start = _tidy(text), 0
    ends = list(_END.finditer(text))
    for end in ends:
        if end["bar"] == ends[-1]["bar"]:  # a shorter one stands in the text of a draft
            yield text[start : end.start()].strip(), end
            start = end.end()


def _kept(body: str, end: re.Match[str]) -> Kept:
    """Return a draft as it stands there now."""
    bar = re.escape(end["bar"])
    first, *others = re.split(rf"^{bar} ([^=\n]+) {bar}[^\S\n]*$", body, flags=re.MULTILINE)
    parts = {name: text.strip() for name, text in zip(others[::2], others[1::2], strict=True)}
    where, link = next(((name[len(LINK) :], text) for name, text in parts.items() if name.startswith(LINK)), ("", ""))
    return Kept(
        campaign=end["campaign"],
        resource=end["resource"],
        platform=platform_of(end["resource"]),
        variant=end["variant"],
        round=int(end["round"]),
        sealed=digest(link, SEAL) == end["seal"],
        link=link,
        link_place=next((place for place, words in WHERE.items() if words == where), "text"),
        limit=None if end["limit"] == ANY else int(end["limit"]) or None,
        picture=False,
        text=first.strip() or None,
        comment=parts.get(COMMENT, ""),
    )
