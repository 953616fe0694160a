"""What stands around the data of a table: names of files, tabs and folders, and rows above the header line."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.keys import platform_named
from outreach.likes.tables.cells import is_unnamed_customer
from outreach.patterns import pattern
from outreach.words.columns import VOCABULARY
from outreach.words.fold import fold_header
from outreach.words.sizes import is_size_header
from outreach.words.vocabulary import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.files.grid import Row
    from outreach.likes.tables.contract import Head
    from outreach.words.columns import Mapped

__all__ = [
    "RESOURCE_ROLES", "TITLE_ROWS", "blank", "cell_at", "customer_of_titles", "either", "is_role", "may_be_handle",
    "places_in", "platform_of_titles", "tells_followers", "tells_sizes", "top_rows", "whose",
]  # fmt: skip

TITLE_ROWS: Final = 20
"""So many rows, blank ones not counted, may stand above the header line."""

RESOURCE_ROLES: Final = ("url", "handle", "resource", "name")

ALSO_WORDS: Final = frozenset({"web", "other", "medium", "ok", "x", "meetup", "slack", "threads"})  # words too
FOLLOWERS: Final = words_of("titles.followers")
FOLLOWED: Final = words_of("titles.followed")
HANDLE: Final = pattern(r"(?![A-Z][a-z]+$)[A-Za-z0-9._-]{3,}")
WORD: Final = pattern(r"[^\W_]+")
CUT_AFTER: Final = " _-–—([{,;:+&|/·."
CUT_BEFORE: Final = " _-–—)]},;:+&|/·."


def _bare(word: str) -> str:
    return fold_header(word).strip("0123456789 ")


SIZES: Final = words_of("titles.sizes")
GENERIC_WORDS: Final = words_of("titles.generic") | SIZES


@lru_cache(maxsize=1024)
def _is_noise(word: str) -> bool:
    """Whether a word of a title tells nobody's name."""
    return _bare(word) in GENERIC_WORDS or (len(word) > 1 and platform_named(word) is not None)


def customer_of_titles(titles: Sequence[str]) -> str | None:
    """Return the nearest name of a tab, file or folder that can be a customer's label; None where there is none.

    Names of platforms and words such as "subscriptions" or "лист" are no label, and are cut off one.

    Example:
        >>> customer_of_titles(["Telegram", "Анна К. подписки"]), customer_of_titles(["Лист1", "follows", "Customer 3"])
        ('Анна К.', 'Customer 3')
        >>> customer_of_titles(["Sheet1", "export 2026-05-01", "Downloads"]) is None
        True

    """
    return next((label for title in titles if (label := _label(title.strip()))), None)


@lru_cache(maxsize=256)
def _label(title: str) -> str | None:
    if is_unnamed_customer(title):
        return title
    if platform_named(title) is not None:
        return None
    found = [word for word in WORD.finditer(title) if not word[0].isdecimal()]
    long = [word for word in found if len(word[0]) > 1]
    telling = [word for word in long if not _is_noise(word[0])]
    if not telling:
        return title[found[-1].start() :] if found and len(found[-1][0]) == 1 else None  # "Client A"
    before = [word for word in long if word.end() <= telling[0].start()]
    after = [word for word in long if word.start() >= telling[-1].end()]
    label = title[before[-1].end() if before else 0 : after[0].start() if after else len(title)]
    label = label.lstrip(CUT_BEFORE) if before else label
    if after:
        cut = label.rstrip(CUT_AFTER)
        initial = label[len(cut) : len(cut) + 1] == "." and re.search(r"(?:^|\W)\w$", cut)
        label = f"{cut}." if initial else cut
    return label.strip() or None


def platform_of_titles(titles: Sequence[str]) -> str | None:
    """Return the platform that the nearest name of a tab, file or folder tells; None where none does.

    Example:
        >>> platform_of_titles(["Подписки ВКонтакте"]), platform_of_titles(["Sheet1", "anna_telegram"])
        ('vk', 'telegram')
        >>> platform_of_titles(["Other"]), platform_of_titles(["other customers", "final ok"])
        ('other', None)
        >>> platform_of_titles(["threads_following"]), platform_of_titles(["reading threads"])
        ('threads', None)

    """
    return next((platform for title in titles if (platform := _platform(title.strip()))), None)


def _platform(title: str) -> str | None:
    if (platform := platform_named(title)) is not None:
        return platform
    words = {platform_named(word) for word in WORD.findall(title) if len(word) > 1}
    told = words - ALSO_WORDS - {None}
    if not told and not FOLLOWED.isdisjoint(fold_header(title).split()):  # "threads_following": no talk of threads
        told = words - {None}
    return told.pop() if len(told) == 1 else None


def tells_followers(title: str) -> bool:
    """Return whether a file's name says that people who follow the account are in it.

    Example:
        >>> [tells_followers(title) for title in ("anna followers", "подписчики", "anna following", "Анна")]
        [True, True, False, False]

    """
    words = set(fold_header(title).split())
    return not words.isdisjoint(FOLLOWERS) and words.isdisjoint(FOLLOWED)


def tells_sizes(title: str) -> bool:
    """Return whether the name of a tab or a file says that sizes of places are in it, and is nobody's.

    Example:
        >>> [tells_sizes(title) for title in ("Sizes", "Размеры групп", "Anna sizes", "Groups")]
        [True, True, False, False]

    """
    return customer_of_titles([title]) is None and not SIZES.isdisjoint(fold_header(title).split())


def places_in(mapped: Mapped) -> list[int]:
    """Return the columns that tell the places, the one that counts for the key first."""
    return [mapped.positions[role] for role in RESOURCE_ROLES if role in mapped.positions]


def may_be_handle(text: str) -> bool:
    """Return whether a text can be a handle without its ``@``; a first name with a capital is rather a name.

    Example:
        >>> [may_be_handle(text) for text in ("riga_news", "rigasmammas", "RigaNews", "Ilze", "Anna K.", "Žurnāls")]
        [True, True, True, False, False, False]

    """
    return HANDLE.fullmatch(text) is not None and not is_unnamed_customer(text)


def whose(head: Head) -> str | None:
    """Return the customer whom the names around a table tell, or whom the user named; None where none does."""
    if head.customer is not None:
        return head.customer
    if head.customer_is == "column":
        return None
    if head.customer_is is not None:
        return head.title_of(head.customer_is)
    return customer_of_titles(head.titles)


def either(label: str) -> InputError:
    """Return the refusal of a list whose first line may be a customer as well as a place."""
    return InputError(
        "the first line may be a customer or a place",
        where=label,
        hint='end a customer\'s name with a colon ("Anna:"); if all places are of one customer, give a place its '
        "address and name the file or its folder after the customer",
    )


def blank(cells: Sequence[str]) -> bool:
    """Return whether a row holds nothing but white space."""
    return not "".join(cells).strip()


def cell_at(cells: Sequence[str], position: int) -> str:
    """Return a cell without white space around it; empty beyond the end of the row."""
    return cells[position].strip() if position < len(cells) else ""


def top_rows(head: Head) -> Iterator[tuple[Row, Sequence[Row]]]:
    """Yield the rows that can be the header line, each with the rows below it that are not blank."""
    rows = head.filled
    for at, row in enumerate(rows[:TITLE_ROWS]):
        yield row, rows[at + 1 :]


@lru_cache(maxsize=4096)
def is_role(text: str) -> bool:
    """Return whether a header is a known one, whatever it says.

    Example:
        >>> is_role("Подписчики"), is_role("Анна")
        (True, False)

    """
    header = fold_header(text)
    return any(header in known for known in VOCABULARY.values()) or is_size_header(text)
