"""What a row says about the resource: up to three identifiers, a name, a platform; one key."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from outreach.files.contract import reason
from outreach.files.encodings import damaged
from outreach.keys import identify, is_name, name_key, platform_named, platform_of, strength, subreddits_in
from outreach.keys.aliases import Alias
from outreach.likes.tables.answers import is_unsaid
from outreach.likes.tables.interface import is_button
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outreach.messages import Message

__all__ = ["HEADER_AGAIN", "Address", "Addresses", "Answer"]

NO_RESOURCE: Final = message("no-resource")
HEADER_LENGTH: Final = 24  # no header of an address column is longer, and few addresses are shorter
SEVERAL: Final = message("several-addresses")
UNSAID: Final = message("answer-names-nothing")
BUTTON: Final = message("button-of-page")
DAMAGED: Final = message("letters-lost")
HEADER_AGAIN: Final = message("header-again")


class Address(NamedTuple):
    """What a row says about the resource, as found."""

    url: str | None
    handle: str | None
    resource: str | None
    name: str | None
    platform: str | None


class Answer(NamedTuple):
    """What an address leads to: a key, or a platform whose list is empty, or the reason for neither.

    A cell that is a list of addresses leads to ``more`` keys.
    """

    key: str | None = None
    empty_list: str | None = None
    reason: Message | None = None
    more: tuple[str, ...] = ()


class Addresses:
    """Gives addresses their keys and collects the aliases that the rows tell.

    Args:
        assume_platform: The platform of handles that come without one.
        headers: Texts of header lines, to recognise one that is repeated among the rows.

    Example:
        >>> addresses = Addresses()
        >>> addresses.answer(Address("https://vk.com/club7", "smm", None, "SMM", None)).key
        'vk:club7'
        >>> addresses.aliases
        {Alias(key='vk:smm', same_as='vk:club7', why='same row')}

    """

    def __init__(self, *, assume_platform: str | None = None, headers: Iterable[str] = ()) -> None:
        self.assume_platform: Final = assume_platform
        self.headers: Final = frozenset(_plain(header) for header in headers)
        self.aliases: Final[set[Alias]] = set()
        self.conflicts: Final[set[Alias]] = set()
        self.lists: Final[list[int]] = []  # numbers of addresses that are lists of addresses
        self.names: frozenset[str] = frozenset()  # texts that look like sites and are names

    def answers(self, numbered: Iterable[Sequence[Any]]) -> tuple[list[int], list[str], list[tuple[int, Answer]]]:
        """Return what many addresses lead to.

        Args:
            numbered: Addresses with a number behind each.

        Returns:
            Numbers of the addresses that have a key, their keys, and the answers of the others with their numbers.
            An address that is a list has several keys.

        """
        numbers: list[int] = []
        keys: list[str] = []
        others: list[tuple[int, Answer]] = []
        assumed, names = self.assume_platform, self.names
        platforms = cache(_platform)
        for url, handle, resource, name, word, number in numbered:
            key = None
            if resource is not None and url is None and handle is None and name is None and word is None:
                key = identify(resource, assumed)[0]  # most tables, and half a million times: kept short
                if names and resource in names:
                    key = name_key(resource, assumed)
            elif word is not None and (text := _only(url, handle, resource)) and (known := platforms(word)):
                key = self._plain_key(text, known)  # lists of platforms, as long
                if key is not None:
                    numbers.append(number)
                    keys.append(key)
                    continue
            if key is None or ((assumed or ":name/" in key) and self._suspect(resource, key)):
                answer = self.answer(Address(url, handle, resource, name, word))
                if answer.key is None:
                    others.append((number, answer))
                    continue
                key = answer.key
                if answer.more:
                    self.lists.append(number)
                    numbers += [number] * len(answer.more)
                    keys += answer.more
            numbers.append(number)
            keys.append(key)
        return numbers, keys, others

    def _plain_key(self, text: str, platform: str) -> str | None:
        """Return the key of a row's only identifier; None where :meth:`answer` must look closer."""
        key = identify(text, platform)[0]
        if key is None or ":name/" in key or text in self.names or is_button(text):
            return None
        return None if self.headers and _plain(text) in self.headers else key

    def _suspect(self, resource: str, key: str) -> bool:
        """Whether a second look may show that a cell names no resource."""
        if len(resource) < HEADER_LENGTH and (_plain(resource) in self.headers or is_button(resource)):
            return True
        return ":name/" in key and (_lost(resource) or is_unsaid(resource) or _several(resource))

    def answer(self, address: Address) -> Answer:
        """Return what an address leads to: of the identifiers of a row the best, the others become aliases."""
        word = _word(address.platform or "")
        platform = platform_named(word) if word else self.assume_platform
        stranger = word if word and platform is None else ""  # a platform that we do not know
        texts = [text for text in (address.url, address.handle, address.resource) if text is not None and text.strip()]
        name = (address.name or "").strip()
        if not texts and not name:
            empty_list = (platform or f"other:{stranger}") if word else None
            return Answer(empty_list=empty_list) if empty_list else Answer(reason=NO_RESOURCE)
        keys, why = self._keys(texts, platform, stranger)
        if not texts:
            key = name_key(f"{stranger}/{name}" if stranger else name, platform)
            keys = [key] if key else []
        if odd := self._odd(texts, name, platform, by_name=not keys or is_name(keys[0])):
            return odd
        if not keys:
            joined = subreddits_in(texts[0]) if len(texts) == 1 else ()
            return self._all(joined, platform) if joined else Answer(reason=why or NO_RESOURCE)
        self._note_aliases(keys)
        return Answer(keys[0])

    def _odd(self, texts: Sequence[str], name: str, platform: str | None, *, by_name: bool) -> Answer | None:
        """Return what texts lead to that name no resource though they have a key; None where they are not odd."""
        if any(_plain(text) in self.headers for text in texts):
            return Answer(reason=HEADER_AGAIN)
        if texts and all(is_button(text) for text in texts):
            return Answer(reason=BUTTON)
        if by_name and any(map(is_unsaid, texts or [name])):
            return Answer(reason=UNSAID)
        if by_name and any(_several(text) for text in texts):
            return self._list(texts, platform)
        return Answer(reason=DAMAGED) if by_name and any(_lost(text) for text in texts or [name]) else None

    def _list(self, texts: Sequence[str], platform: str | None) -> Answer:
        """Return what a list in the one cell of an address leads to."""
        return self._all(_parts(texts[0]), platform) if len(texts) == 1 else Answer(reason=SEVERAL)

    def _all(self, parts: Iterable[str], platform: str | None) -> Answer:
        """Return what several addresses in the place of one lead to, if each of them leads to a resource."""
        keys = [identify(part, platform)[0] for part in parts]
        first, *more = dict.fromkeys(keys)
        if first is None or None in more or any(is_name(key) for key in keys if key):
            return Answer(reason=SEVERAL)
        return Answer(first, more=tuple(key for key in more if key))

    def _keys(self, texts: Sequence[str], platform: str | None, stranger: str) -> tuple[list[str], Message | None]:
        """Return the keys of the identifiers, names last, and why the first one that has none has none."""
        keys: list[str] = []
        refused = ""
        for text in texts:
            known = platform or next((platform_of(key) for key in keys if not is_name(key)), None)
            key, why = (name_key(text, known), "") if text in self.names else identify(text, known)
            if key is not None and is_name(key) and stranger:
                key = name_key(f"{stranger}/{text}", None)
            if key is None:
                refused = refused or why
            elif key not in keys:
                keys.append(key)
        return sorted(keys, key=is_name), reason("sentence", text=refused) if refused else None

    def _note_aliases(self, keys: Sequence[str]) -> None:
        """Two identifiers of one platform in one row are one resource, unless both are handles of one kind."""
        for other in keys[1:]:
            if platform_of(other) == platform_of(keys[0]) and not is_name(other):
                alias = Alias(other, keys[0], "same row")
                (self.aliases if _may_be_one(*alias[:2]) else self.conflicts).add(alias)


def _word(text: str) -> str:
    """Return what a row calls the platform."""
    return text.strip().removeprefix("other:")


def _platform(text: str) -> str | None:
    """Return the platform that a row names, None where we do not know it."""
    return platform_named(word) if (word := _word(text)) else None


def _only(url: str | None, handle: str | None, resource: str | None) -> str | None:
    """Return the identifier of a row that has one, None where it has none or several."""
    if url is None:
        return resource if handle is None else handle if resource is None else None
    return url if handle is None and resource is None else None


def _lost(text: str) -> bool:
    """Whether more question marks than letters are left of a name: those of "Die drei ???" belong to it."""
    return damaged(text) and text.count("?") >= sum(map(str.isalpha, text))


def _several(text: str) -> bool:
    """Whether a text is a list of addresses."""
    parts = [part for part in _parts(text) if "/" in part or part.startswith("@")]
    return len(parts) > 1 and sum(_leads_somewhere(part) for part in parts) > 1


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"[,;|\s]+", text) if part]


def _leads_somewhere(text: str) -> bool:
    key = identify(text)[0]
    return key is not None and (not is_name(key) or text.startswith("@"))


def _plain(text: str) -> str:
    """Return a header as it is compared with a cell."""
    return text.strip().casefold()


def _may_be_one(key: str, other: str) -> bool:
    """Whether two keys of one row may be one resource."""
    return strength(key) == 0 or strength(other) == 0 or _kind(key) != _kind(other)


def _kind(key: str) -> str:
    """Return the kind of a handle: ``@``, ``c``, ``groups`` or bare."""
    rest = key.partition(":")[2]
    return "@" if rest.startswith("@") else rest.rpartition("/")[0]
