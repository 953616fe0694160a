"""For which places teasers are made: named on the command line, or taken from a table that came before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError, UnknownResourceError
from outreach.keys import identify, platform_of, url_of
from outreach.messages import describe, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from outreach.messages import Message
    from outreach.teasers.target_rows import Place

__all__ = ["Chosen", "Target", "choose", "targets"]

STDIN: Final = "-"
MOST_SHOWN: Final = 20
LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class Target:
    """A place that gets a teaser; None and an empty text are not known.

    Args:
        resource: Key.
        platform: Of the key.
        name: What it is called.
        url: Public address.
        subscribers: People.
        overlap: Customers who follow it.
        listed: Customers of whom a list from there is known.
        rules: What it asks of posts, as the marketer wrote it.
        link_place: ``text``, ``comment``, ``button``, ``bio`` or ``sticker``, where the table says so.
        owner: Who decides there.
        accepts_posts: ``yes``, ``no``, ``paid``, ``ask``, or as the marketer wrote it.
        deal: ``free``, ``barter`` or ``paid``; ``paid`` too where posts are only taken for money.
        price: What a post costs, as the marketer wrote it.
        language: Of the teaser there, a code, where the table says so.
        promo: Its own promotion code.

    """

    resource: str
    platform: str
    name: str = ""
    url: str = ""
    subscribers: int | None = None
    overlap: int | None = None
    listed: int | None = None
    rules: str = ""
    link_place: str = ""
    owner: str = ""
    accepts_posts: str = ""
    deal: str = ""
    price: str = ""
    language: str = ""
    promo: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The places, and what there is to say about the table.

    Args:
        targets: In the order of the table, or of the keys where those were given.
        remarks: What there is to say.

    """

    targets: tuple[Target, ...]
    remarks: tuple[Message, ...] = ()


def targets(keys: Sequence[str] = (), table: str | Path | None = None, top: int | None = None) -> list[Target]:
    """Return the places that get a teaser; see :func:`choose`.

    Example:
        >>> [(one.resource, one.url) for one in targets(["t.me/smm_riga"])]
        [('telegram:smm_riga', 'https://t.me/smm_riga')]

    """
    return list(choose(keys, table, top).targets)


def choose(keys: Sequence[str] = (), table: str | Path | None = None, top: int | None = None) -> Chosen:
    """Choose the places that get a teaser.

    Args:
        keys: Keys, addresses, or names of places in the table; only these are chosen, whether they are in the table
            or not.
        table: A ranking, a resources sheet, or a list with an address a line; ``-`` is standard input.
        top: How many places of the table, from its beginning; None is all. It does not cut ``keys``.

    Returns:
        Each place once. Rows with a yes under ``exclude`` are left out of what the table gives; where nothing is left
        there are no targets, and that is a remark.

    Raises:
        UnknownResourceError: A key is none.
        InputError: The table cannot be read, names no place, or nothing was given.

    """
    if not keys and table is None:
        raise InputError("no places given", hint="give one, like telegram:smm_riga, or --from ranking.csv --top 5")
    if table is None:
        return Chosen(tuple(dict.fromkeys(_bare_target(key) for key in map(_key, keys))))
    remarks: list[Message] = []
    places = _read(table, remarks)
    if keys:
        return _named(keys, list(places), remarks)
    chosen = tuple(islice((_target(place) for place in places if not place.excluded), top))
    if not chosen and remarks:
        raise InputError(f"{_label(table)}: it has no places to write for", hint=describe(remarks[0]))
    return Chosen(chosen, _shortened(remarks) if chosen else (message("no-place-left", file=_label(table)),))


def _label(table: str | Path) -> str:
    return "stdin" if str(table) == STDIN else str(table)


def _shortened(remarks: Sequence[Message]) -> tuple[Message, ...]:
    """Return the first remarks, and how many there are more."""
    more = len(remarks) - MOST_SHOWN
    return (*remarks[:MOST_SHOWN], *([message("more-remarks", remarks=more)] if more > 0 else []))


def _read(table: str | Path, remarks: list[Message]) -> Iterator[Place]:
    """Yield the places of a table, each once."""
    from outreach.files.streams import read_once
    from outreach.teasers.target_rows import places_of

    with read_once(table) as file:
        yield from _once(places_of(file, _label(table), remarks), remarks, _label(table))


def _once(places: Iterable[Place], remarks: list[Message], label: str) -> Iterator[Place]:
    """Yield each place the first time that it comes."""
    seen: set[str] = set()
    for place in places:
        if place.key in seen:
            remarks.append(message("row-of-sheet", file=label, row=place.row, reason=message("place-further-up")))
        else:
            seen.add(place.key)
            yield place


def _named(keys: Sequence[str], places: Sequence[Place], remarks: list[Message]) -> Chosen:
    """Return the places that were named, with what the table says about them."""
    known = {place.key: place for place in places}
    chosen = []
    for text in keys:
        place = known.get(identify(text).key or "") or _by_name(text, places)
        chosen.append(_target(place) if place else _bare_target(_key(text)))
    return Chosen(tuple(dict.fromkeys(chosen)), _shortened(remarks))


def _by_name(text: str, places: Sequence[Place]) -> Place | None:
    """Return the one place that is called so; None where none is, or an address was given.

    Raises:
        UnknownResourceError: Several are.

    """
    wanted = " ".join(text.split()).casefold()
    found = [place for place in places if wanted and wanted == " ".join(place.name.split()).casefold()]
    if len(found) > 1:
        named = ", ".join(place.key for place in found[:5])
        raise UnknownResourceError(f"{len(found)} places of the table have this name", hint=f"give the key: {named}")
    return found[0] if found else None


def _key(text: str) -> str:
    """Return the key of what a person typed.

    Raises:
        UnknownResourceError: It names no place for sure.

    """
    key, why = identify(text)
    if key is None or (key.startswith("other:") and not text.lstrip().startswith("other:")):
        shown = text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]}…"
        raise UnknownResourceError(f"{shown}: this is not a place: {why}", hint="outreach key ADDRESS shows more")
    return key


def _bare_target(key: str) -> Target:
    return Target(key, platform_of(key), url=url_of(key) or "")


def _target(place: Place) -> Target:
    """Return a place of a table as a target."""
    bare = _bare_target(place.key)
    return replace(
        bare,
        name=place.name if len(place.name) <= LONGEST_NAME else f"{place.name[:LONGEST_NAME]}…",
        url=bare.url or place.url,
        subscribers=place.subscribers,
        overlap=place.overlap,
        listed=place.listed,
        **place.more,
    )
