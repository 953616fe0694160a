"""Placements from a table of links that somebody tagged by hand, or from one that the ledger wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlsplit

from outreach.campaign.ledger.linkfile import LinkFile, read_link_file
from outreach.campaign.ledger.placement import Placement, checked
from outreach.campaign.ledger.words import deal_named, status_named
from outreach.errors import InputError
from outreach.files.contract import Rejected, sentence
from outreach.files.dates import day_first, moment
from outreach.files.money import currency_of, money
from outreach.files.paths import shown_path
from outreach.keys import identify, name_key, platform_named, platform_of
from outreach.messages import describe, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from outreach.messages import Message, Value

__all__ = ["TAGS", "Linked", "Unusable", "read_links", "tags_of", "untagged"]

TAGS: Final = ("utm_source", "utm_medium", "utm_campaign", "utm_content")
OURS: Final = re.compile(r"(?P<place>.+)(?:--|__)(?P<variant>.+)[-_][0-9a-hjkmnp-tv-z]{5}")
"""How ``utm_content`` of our own links is made; both separators may be in use."""
MOST_SIGNS: Final = 8192  # no browser takes a longer address
TELEGRAM: Final = ("t.me", "telegram.me")  # whose links carry no tags
VERBATIM: Final = ("short_url", "comment", "post_url", "promo", "language", "text", "created_at")


class Unusable(Exception):  # noqa: N818 - a reason, not an error
    """Why a row cannot be used.

    Args:
        code: Of the reason.
        values: What its sentence names.

    """

    def __init__(self, code: str, **values: Value) -> None:
        super().__init__(code)
        self.reason = message(code, **values)

    def __str__(self) -> str:
        return describe(self.reason)


@dataclass(frozen=True, slots=True)
class Linked:
    """What a table of links says.

    Args:
        placements: In the order of the rows.
        bad: Rows that cannot be used.
        notes: What was taken for granted.

    """

    placements: tuple[Placement, ...]
    bad: tuple[Rejected, ...]
    notes: tuple[Message, ...]


def read_links(
    path: str | Path,
    *,
    today: date,
    campaign: str | None = None,
    encoding: str | None = None,
    known: Iterable[Placement] = (),
) -> Linked:
    """Read a table of tagged links: a workbook or a delimited text, columns by their headers, in any of five languages.

    Args:
        path: Where it lies.
        today: What ``yesterday`` counts from.
        campaign: Of links that name none.
        encoding: Of a text; None finds out.
        known: What the ledger holds: a link that is there keeps its variant and round.

    Raises:
        InputError: It cannot be read, or no column holds links.

    """
    file = read_link_file(path, encoding)
    dates = day_first(cells["published_at"] for _, cells in file.rows if "published_at" in cells)
    found: list[tuple[int, Placement, bool]] = []
    label = shown_path(path)
    bad = [Rejected(label, row, message("formula-without-value")) for row in file.formulas]
    guessed = 0
    for line, cells in file.rows:
        try:
            placement, from_tag = _placement(file, cells, campaign, today, day_first=dates)
        except Unusable as err:
            bad.append(Rejected(label, line, err.reason))
            continue
        except InputError as err:
            bad.append(Rejected(label, line, sentence(err.what)))
            continue
        guessed += from_tag
        found.append((line, placement, "round" in cells))
    placements, twice = _numbered(found, known, label)
    without = sum("status" not in cells for _, cells in file.rows)
    notes = [message("places-from-utm-content", places=guessed)] if guessed else []
    if without and placements:
        notes.append(message("rows-without-status", rows=without))
    return Linked(placements, tuple(sorted([*bad, *twice], key=lambda row: row.line or 0)), tuple(notes))


def tags_of(link: str) -> dict[str, str]:
    """Return the tags of a link.

    Raises:
        Unusable: One of them stands twice.

    Example:
        >>> tags_of("https://x.example/a?id=1&utm_source=vk&UTM_Medium=social#top")
        {'utm_source': 'vk', 'utm_medium': 'social'}

    """
    found: dict[str, str] = {}
    for name, value in parse_qsl(urlsplit(link).query, keep_blank_values=True):
        if (tag := name.lower()) in TAGS:
            if tag in found:
                raise Unusable("tag-twice", tag=tag)
            found[tag] = value
    return found


def _placement(
    file: LinkFile, cells: Mapping[str, str], campaign: str | None, today: date, *, day_first: bool | None
) -> tuple[Placement, bool]:
    """Return what a row says, and whether the place had to be taken from a tag."""
    link = cells.get("final_url", "").strip()
    tags = dict.fromkeys(TAGS, "") | _tags(link, cells, ours=file.ours)
    ours = OURS.fullmatch(tags["utm_content"])
    key, from_tag = _place(cells, tags, ours["place"] if ours else tags["utm_content"])
    values: dict[str, Any] = tags | {name: cells[name] for name in VERBATIM if name in cells}
    cost, currency = _cost(cells)
    called = cells.get("campaign") or tags["utm_campaign"] or campaign
    if not called:
        raise Unusable("no-campaign")
    placement = Placement(
        campaign=called,
        resource=key,
        variant=cells.get("variant") or (ours["variant"] if ours else "a"),
        round=_whole(cells.get("round", "1")),
        url=cells.get("url", "") if file.ours else cells.get("url") or untagged(link),
        final_url=link,
        name=cells.get("name") or _name(cells, key, exact=file.ours),
        status=_word(cells, "status", status_named, "published"),
        deal=_word(cells, "deal", deal_named, "paid" if cost else "free"),
        cost=cost,
        currency=currency,
        published_at=_when(cells, today, first=day_first),
        **values,
    )
    return checked(placement), from_tag


def _tags(link: str, cells: Mapping[str, str], *, ours: bool) -> dict[str, str]:
    """Return the tags, by their columns or, where the ledger did not write these, from the link."""
    try:
        parts = urlsplit(link)
    except ValueError as err:
        raise Unusable("link-no-address") from err
    if not link:
        raise Unusable("no-link")
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or len(link) > MOST_SIGNS:
        raise Unusable("link-no-page")
    given = {tag: cells[tag] for tag in TAGS if tag in cells}
    if ours:
        return given
    found = tags_of(link)
    if not (found or given) and parts.hostname not in TELEGRAM:
        raise Unusable("link-without-tags")
    return found | given


def _place(cells: Mapping[str, str], tags: Mapping[str, str], content: str) -> tuple[str, bool]:
    """Return the key of the place, and whether it was taken from ``utm_content``."""
    platform = platform_named(cells.get("platform", "")) or platform_named(tags["utm_source"])
    if written := cells.get("resource", "").strip():
        found = identify(written, platform)
        key = found.key or (name_key(written, platform) if platform else None)
        if key is None:
            raise Unusable("place-names-nothing", why=found.why)
        return key, False
    if platform and (key := name_key(cells.get("name", ""), platform)):
        return key, False
    if platform and content and (key := name_key(content, platform)):
        return key, True
    raise Unusable("place-unknown")


def _name(cells: Mapping[str, str], key: str, *, exact: bool) -> str | None:
    """Return the name of a place that was given by its name."""
    written = " ".join(cells.get("resource", "").split())
    by_name = key.startswith(f"{platform_of(key)}:name/")
    return written if by_name and written and not exact else None


def _cost(cells: Mapping[str, str]) -> tuple[float | None, str | None]:
    named = cells.get("currency", "")
    currency = currency_of(named) if named else None
    if named and currency is None:
        raise Unusable("currency-unknown")
    if "cost" not in cells:
        return None, currency
    if (found := money(cells["cost"])) is None:
        raise Unusable("cost-no-sum")
    return found.amount, found.currency or currency


def _word(cells: Mapping[str, str], column: str, meaning: Any, otherwise: str) -> str:
    if column not in cells:
        return otherwise
    found: str | None = meaning(cells[column])
    if found is None:
        raise Unusable("word-unknown", column=column)
    return found


def _when(cells: Mapping[str, str], today: date, *, first: bool | None) -> str | None:
    if "published_at" not in cells:
        return None
    if (found := moment(cells["published_at"], today, first=first)) is None:
        raise Unusable("date-unclear")
    return found


def _whole(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text.strip()):
        raise Unusable("round-no-number")
    return int(text)


def untagged(link: str) -> str:
    """Return a link without its tags, everything else as it is."""
    address, mark, fragment = link.partition("#")
    page, question, query = address.partition("?")
    rest = "&".join(part for part in query.split("&") if not part.lower().startswith("utm_"))
    return page + (question + rest if rest else "") + mark + fragment


def _numbered(
    found: Sequence[tuple[int, Placement, bool]], known: Iterable[Placement], label: str
) -> tuple[tuple[Placement, ...], list[Rejected]]:
    """Give another round to another link for the same text and place; a link that is there keeps its own."""
    there = list(known)
    by_link = {(one.campaign, one.resource, one.final_url): one for one in there}
    links = {one.natural: one.final_url for one in there}
    taken = {one.natural for one in there} | {one.natural for _, one, exact in found if exact}
    lines: dict[Any, int] = {}
    placements: list[Placement] = []
    twice: list[Rejected] = []
    for line, one, exact in found:
        same = by_link.get((one.campaign, one.resource, one.final_url))
        if same and links.get(one.natural, one.final_url) != one.final_url:  # written before its key was another one
            one = one._replace(variant=same.variant, round=same.round)  # noqa: PLW2901
        link = one.natural if exact else (one.campaign, one.resource, one.final_url)
        if link in lines:
            twice.append(Rejected(label, line, message("placement-twice", line=lines[link])))
            continue
        lines[link] = line
        if not exact:
            one = one._replace(variant=same.variant, round=same.round) if same else _next(one, taken)  # noqa: PLW2901
            taken.add(one.natural)
        placements.append(one)
    return tuple(placements), twice


def _next(one: Placement, taken: set[Any]) -> Placement:
    """Return a placement with the first round that is free."""
    while one.natural in taken:
        one = one._replace(round=one.round + 1)
    return one
