"""What a post says about money: the words, and what seems to be missing in them.

Nothing here tells that a post is in order; it only reminds.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from outreach.messages import message
from outreach.words.regulated import is_health

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from outreach.messages import Message
    from outreach.teasers.brief import Disclosure

__all__ = ["Market", "disclosed", "doubts", "field_doubts", "market_named"]

WITH_DISCLOSURE: Final = ("barter", "paid")
HEALTH: Final = "health"

_STOPS: Final = ".!?…։"
_ARMENIAN: Final = re.compile("[\u0531-\u0587]")
_LIKE_EU: Final = "AT BE BG CY CZ DE DK EE ES FI FR HR HU IE IT LT LU MT NL PL PT RO SE SI SK"


@dataclass(frozen=True, slots=True)
class Market:
    """What is usual in one market.

    Args:
        name: ``RU``, ``EU`` and so on.
        labels: Beginnings of words, one of which readers look for.
        needs: Fields of the disclosure that the rules want.
        source: Where that is said.
        checked: When that was last looked at.
        closed: Platforms where posts that are paid for are said to be forbidden.
        closed_source: Where that is said.
        doubt: What could not be confirmed.
        fields: Of a regulated field the word that a post needs, where that is said and what is doubtful of it.
        closed_doubts: Of closed platforms about which opinions differ, where that is said and why it is doubtful.

    """

    name: str
    labels: tuple[str, ...]
    needs: tuple[str, ...]
    source: str
    checked: date
    closed: tuple[str, ...] = ()
    closed_source: str = ""
    doubt: str = ""
    fields: Mapping[str, tuple[str, str, str]] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    closed_doubts: Mapping[str, tuple[str, str]] = field(default_factory=lambda: MappingProxyType({}), hash=False)


def market_named(name: str) -> Market | None:
    """Return what is known of a market, None where nothing is.

    Example:
        >>> market_named("ru").needs, market_named("de").name, market_named("Mars")
        (('erid', 'advertiser'), 'EU', None)

    """
    code = name.strip().upper()
    return _markets().get("EU" if code in _LIKE_EU.split() else code)


def disclosed(disclosure: Disclosure, deal: str) -> str:
    """Return the words that a post carries where it is paid for or exchanged; nothing elsewhere.

    Args:
        disclosure: What the brief says.
        deal: ``free``, ``barter`` or ``paid``.

    Example:
        >>> from outreach.teasers.brief import Disclosure
        >>> disclosed(Disclosure("Реклама", "2Vtzqx", "ООО «Пример»"), "paid")
        'Реклама. ООО «Пример». erid: 2Vtzqx'

    """
    if deal not in WITH_DISCLOSURE:
        return ""
    text = disclosure.text.strip()
    parts = [text] if text else []
    if disclosure.advertiser and disclosure.advertiser not in text:
        parts.append(disclosure.advertiser.strip())
    if disclosure.erid and disclosure.erid not in text:
        parts.append(f"erid: {disclosure.erid.strip()}")
    return _joined(parts)


def doubts(disclosure: Disclosure, deal: str, market: str, platform: str = "") -> list[Message]:
    """Return what seems to be missing, or wrong, where a post is paid for or exchanged.

    Example:
        >>> from outreach.teasers.brief import Disclosure
        >>> str(doubts(Disclosure("Реклама", advertiser="ООО «Пример»"), "paid", "RU")[0]).partition(" (")[0]
        'market RU: the disclosure has no erid'
        >>> [str(doubt) for doubt in doubts(Disclosure(), "barter", "")]
        ['barter, but the text does not say so: write a [disclosure]']

    """
    if deal not in WITH_DISCLOSURE:
        return []
    words = disclosed(disclosure, deal)
    found = [] if words else [message("deal-not-disclosed", deal=message(f"deal-{deal}"))]
    known = market_named(market) if market else None
    if market and known is None:
        return [*found, message("market-unknown", market=market)]
    if known and platform in known.closed:
        where = _where(known, *known.closed_doubts.get(platform, (known.closed_source, "")))
        found.append(message("market-closed", market=market, platform=platform, source=where))
    return found + (_missing(disclosure, words, known, market) if known else [])


def field_doubts(text: str, deal: str, market: str, regulated: str) -> list[Message]:
    """Return what a post that is paid for or exchanged lacks in a regulated field, where the market has a rule for it.

    Args:
        text: The post.
        deal: ``free``, ``barter`` or ``paid``.
        market: As the brief names it.
        regulated: The field, as the settings name it.

    Example:
        >>> str(field_doubts("Скидка на брекеты", "paid", "RU", "dental clinic")[0]).partition(" (")[0]
        'market RU, field dental clinic: the post has no word like "противопоказан"'
        >>> field_doubts("Имеются противопоказания.", "paid", "RU", "health")
        []

    """
    known = market_named(market) if market and deal in WITH_DISCLOSURE and is_health(regulated) else None
    if known is None or HEALTH not in known.fields:
        return []
    label, source, doubt = known.fields[HEALTH]
    if label in text.casefold():
        return []
    where = _where(known, source, doubt)
    return [message("field-without-label", market=market, field=regulated, word=label, source=where)]


def _where(market: Market, source: str, doubt: str) -> Message:
    if doubt:
        return message("market-source-doubtful", source=source, checked=str(market.checked), doubt=doubt)
    return message("market-source", source=source, checked=str(market.checked))


def _missing(disclosure: Disclosure, words: str, market: Market, name: str) -> list[Message]:
    where = _where(market, market.source, market.doubt)
    given = {"erid": disclosure.erid or "erid" in words.lower(), "advertiser": disclosure.advertiser}
    found = [
        message("disclosure-lacks", market=name, what=need, source=where) for need in market.needs if not given[need]
    ]
    if words and not _label(market.labels).search(words):
        found.append(message("disclosure-without-label", market=name, source=where))
    return found


@lru_cache(maxsize=16)
def _label(labels: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that finds a label: a short one as a whole word, a long one as the beginning of one."""
    words = [rf"{re.escape(label)}\b" if len(label) < 4 else re.escape(label) for label in labels]
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})", re.IGNORECASE)


def _joined(parts: list[str]) -> str:
    """Return parts as sentences, the last one without a stop of ours."""
    return " ".join([*map(_stopped, parts[:-1]), *parts[-1:]])


def _stopped(part: str) -> str:
    stop = "։" if _ARMENIAN.search(part) else "."
    return part if part.endswith(tuple(_STOPS)) else part + stop


@cache
def _markets() -> dict[str, Market]:
    tables = tomllib.loads(Path(__file__).with_name("data").joinpath("markets.toml").read_text("utf-8"))
    return {name: _market(name, tables[table.get("like", name)] | table) for name, table in tables.items()}


def _market(name: str, table: dict[str, Any]) -> Market:
    return Market(
        name,
        tuple(table["labels"]),
        tuple(table["needs"]),
        table["source"],
        table["checked"],
        tuple(table.get("closed", ())),
        table.get("closed_source", ""),
        table.get("doubt", ""),
        MappingProxyType(
            {name: (one["label"], one["source"], one["doubt"]) for name, one in table.get("fields", {}).items()}
        ),
        MappingProxyType(
            {
                platform: (one["source"], one["doubt"])
                for one in table.get("closed_doubts", ())
                for platform in one["platforms"]
            }
        ),
    )
