"""Values of answers of platforms' interfaces, which may be of any type, as texts; and answers of several pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from outreach.files.json_text import parsed_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from outreach.files.source import Source

__all__ = ["documents", "fields", "members", "number", "records", "resaved", "text"]

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_SEPARATOR = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE).fullmatch
_DIGITS = re.compile("[0-9]{1,15}").fullmatch


def text(value: object) -> str:
    r"""Return what a JSON value says as one line, empty where it is neither a text nor a whole number.

    Example:
        >>> text(" SMM\nRiga "), text(12), text(None), text(True), text(["a"]), text("a\ud83d")
        ('SMM Riga', '12', '', '', '', 'a�')

    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    try:
        return " ".join(_HALF_CHARACTER.sub("\ufffd", str(value)).split())
    except ValueError:  # a number of more digits than Python prints
        return ""


def number(value: object) -> str:
    """Return a count as found, empty where it is none.

    Example:
        >>> number(1969), number("1969"), number(-1), number(None), number(2.5)
        ('1969', '1969', '', '', '')

    """
    found = text(value)
    return found if _DIGITS(found) else ""


def resaved(table: str) -> tuple[str, str]:
    r"""Return a text of a table, and what stands between its columns: Excel of many countries saves semicolons.

    Its first line ``sep=;`` is emptied, so that lines keep their numbers.

    Example:
        >>> resaved("sep=;\nsubreddit;note\n"), resaved("subreddit,note\n")[1]
        (('\nsubreddit;note\n', ';'), ',')

    """
    first, end, rest = table.partition("\n")
    if found := _SEPARATOR(first):
        return end + rest, found[1]
    return table, max(",;\t", key=first.count)


def fields(value: object) -> dict[str, Any]:
    """Return a JSON object, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def members(value: object) -> list[Any]:
    """Return a JSON list, an empty one for anything else."""
    return value if isinstance(value, list) else []


def records(values: Iterable[object]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number the records of a list from 1; what is no object is an empty one.

    Example:
        >>> list(records([{"id": 1}, None]))
        [(1, {'id': 1}), (2, {})]

    """
    return ((at, fields(value)) for at, value in enumerate(values, start=1))


def documents(source: Source) -> Iterator[Any]:
    """Yield the answers of a file: one, or several pages, in a list or one after the other.

    Raises:
        InputError: One of them is cut off, damaged or nested too deep.

    """
    for page in parsed_all(source.label, source.text):
        if isinstance(page, list):
            yield from page
        else:
            yield page
