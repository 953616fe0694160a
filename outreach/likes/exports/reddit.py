"""Reddit: the data request's table of subscribed subreddits, and answers of ``GET /subreddits/mine/subscriber``.

From documents only. Names of the tables and their headers are those of parsers that others published; the fields of a
listing are those of clients of the interface. Subscribing to ``u_name`` is following an account.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.files.contract import Rejected, Remark
from outreach.likes.exports.base import FileByFile, Like, Listed, other_list
from outreach.likes.exports.values import documents, fields, members, number, resaved, text
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part

__all__ = ["Reddit"]

NO_NAME: Final = message("subreddit-without-name")
OWN: Final = Remark(message("own-profile"))
_TABLE = re.compile(r"(?<![a-z])subscribed_subreddits(?![a-z])[^/]*\.csv$", re.IGNORECASE)
_OTHER_TABLE = re.compile(
    r"(?<![a-z])(?:(moderated|approved_submitter)_subreddits|(friends)|(multireddits)"
    r"|(?:saved_|hidden_)?(?:posts|comments)(?:_headers)?|(?:post|comment|poll)_votes)(?![a-z])[^/]*\.csv$",
    re.IGNORECASE,
)
_HEADERS: Final = ("subreddit", "username,note", "id,display_name", "id,permalink", "post_id,")
_LISTING = re.compile(r'"kind"\s*:\s*"(?:Listing|t5)"')
_NOT_MINE = re.compile(r"(moderator|moderated|contributor)", re.IGNORECASE)
_OWNER = re.compile(r"(?:^|/)export_(.+)_\d{6,8}/")
_OTHERS: Final = ("subreddits-moderated", "reddit-friends", "reddit-own-lists")


class Reddit(FileByFile):
    """Subreddits that a person subscribed to."""

    name = "reddit"
    platform = "reddit"
    reads = "subscribed_subreddits.csv of the data request; answers of /subreddits/mine/subscriber (with sizes)"
    ask = "reddit.com/settings/data-request > Request data (all time); the link to a ZIP comes by message"
    evidence: Evidence = "documents"
    paths = re.compile(
        r"(?:export_[^/]+_\d{6,8}/)?(?<![a-z])(?:subscribed|moderated|approved_submitter)_subreddits[^/]*\.csv$"
        r"|[^/]*(?:reddit|mine_subscriber|mine-subscriber)[^/]*\.json$",
        re.IGNORECASE,
    )

    def identify(self, source: Source) -> bool:
        """Tell by the table's name and header, or by the listing's first words."""
        if _TABLE.search(source.name) or _OTHER_TABLE.search(source.name):
            header = resaved(source.beginning)[0].lstrip().lower().replace('"', "").partition("\n")[0]
            return re.sub("[;\t]", ",", header).startswith(_HEADERS)
        return _is_listing(source)

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield the subreddits of a table or a listing."""
        if _is_listing(source):
            return _listing(source)
        if found := _OTHER_TABLE.search(source.name):
            kind = next((at for at, group in enumerate(found.groups()) if group), None)
            return iter([other_list(source, "reddit-posts" if kind is None else _OTHERS[kind])])
        return _table(source)


def _is_listing(source: Source) -> bool:
    start = source.beginning.lstrip()[:1]
    return start in {"{", "["} and "children" in source.json_keys and _LISTING.search(source.beginning) is not None


def _table(source: Source) -> Iterator[Part]:
    found = _OWNER.search(source.inner)
    own = f"u_{found[1]}".lower() if found else None
    yield Listed("reddit")
    for line, name in _names(source):
        if name.lower() == own:
            yield OWN
        else:
            yield Like("reddit", handle=name, line=line) if name else Rejected(source.label, line, NO_NAME)


def _names(source: Source) -> Iterator[tuple[int, str]]:
    """Yield line and name; blank lines are none."""
    table, delimiter = resaved(source.text)
    rows = csv.reader(io.StringIO(table, newline=""), delimiter=delimiter)
    try:
        head = next(([cell.strip().lower() for cell in row] for row in rows if any(row)), [])
        at = head.index("subreddit") if "subreddit" in head else 0
        for row in rows:
            if any(cell.strip() for cell in row):
                yield rows.line_num, text(row[at]) if at < len(row) else ""
    except csv.Error as err:
        raise InputError("damaged table", where=source.label, line=rows.line_num, hint="download it again") from err


def _listing(source: Source) -> Iterator[Part]:
    if _NOT_MINE.search(source.name):
        yield other_list(source, _OTHERS[0])
        return
    pages = [fields(fields(page).get("data")) for page in documents(source)]
    children = [fields(child) for page in pages for child in members(page.get("children"))]
    if children and not any(child.get("kind") == "t5" for child in children):
        yield other_list(source, "reddit-no-subreddits")
        return
    yield Listed("reddit")
    yield from _subscribed([fields(child.get("data")) for child in children], source.label)
    if pages and text(pages[-1].get("after")):
        yield Remark(message("maybe-more"))


def _subscribed(subreddits: Sequence[dict[str, Any]], label: str) -> Iterator[Like | Rejected | Remark]:
    not_joined = 0
    for line, data in enumerate(subreddits, start=1):
        name = text(data.get("display_name"))
        if data.get("user_is_subscriber") is False:
            not_joined += 1
        elif data.get("subreddit_type") == "user" and data.get("user_is_moderator") is True:
            yield OWN
        elif name:
            title, size = text(data.get("display_name_prefixed")), number(data.get("subscribers"))
            yield Like("reddit", handle=name, name=title, subscribers=size, line=line)
        else:
            yield Rejected(label, line, NO_NAME)
    if not_joined:
        yield Remark(message("not-subscribed-left-out", subreddits=not_joined))
