"""What a table says of a place beside its address: where the link goes, which deal, which language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.messages import message
from outreach.sheet.grid import map_sheet
from outreach.words.accepting import SIGNS, WORDS
from outreach.words.fold import fold_header
from outreach.words.vocabulary import meanings_of, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.messages import Message

__all__ = ["PlaceCells", "extra_columns", "names_customers", "place_cells"]

FROM_LINKS: Final[tuple[str, ...]] = ("language", "deal", "promo")
FROM_SHEET: Final[tuple[str, ...]] = (
    "rules", "link_place", "owner", "price", "exclude", "way_in", "accepts_posts",
)  # fmt: skip
KEPT: Final = ("rules", "owner", "promo")
DASHES: Final = frozenset("-–—−")


CUSTOMER: Final = words_of("headers.customers")
LINK_PLACES: Final = meanings_of("link_places")
NO_PRICE: Final = words_of("accepting.ask") | words_of("prices.unknown")
"""What stands in the place of a price that is not known yet."""

BUYING: Final = words_of("ways_in.buy") | words_of("ways_in.exchange")


def extra_columns(header: Sequence[str]) -> dict[str, int]:
    """Return which column tells what beside the place.

    Example:
        >>> extra_columns(["resource", "Правила", "Место ссылки", "Язык", "deal"])
        {'rules': 1, 'link_place': 2, 'language': 3, 'deal': 4}

    """
    from outreach.campaign.ledger.words import map_links

    sheet, links = map_sheet(header), map_links(header)
    found: dict[str, int] = {name: sheet[name] for name in FROM_SHEET if name in sheet}
    found.update((name, links[name]) for name in FROM_LINKS if name in links)
    return found


def names_customers(header: Sequence[str]) -> bool:
    """Whether a table tells who follows what; then a name in it may be a customer's.

    Example:
        >>> names_customers(["Клиент", "Канал"]), names_customers(["place", "customers", "key"])
        (True, False)

    """
    return any(fold_header(cell) in CUSTOMER for cell in header)


@dataclass(frozen=True, slots=True)
class PlaceCells:
    """What the cells of a row mean.

    Args:
        values: By the names of a target.
        excluded: Whether the place is to be left out.
        doubts: Why some of its cells cannot be used.

    """

    values: Mapping[str, str] = field(default_factory=dict)
    excluded: bool = False
    doubts: tuple[Message, ...] = ()


def place_cells(cells: Mapping[str, str]) -> PlaceCells:
    """Return what the cells of a row mean.

    Args:
        cells: The filled ones, by the names that :func:`extra_columns` gives.

    Example:
        >>> place_cells({"rules": "no links", "accepts_posts": "платно", "link_place": "в комментарии"}).values
        {'rules': 'no links', 'accepts_posts': 'paid', 'link_place': 'comment', 'deal': 'paid'}

    """
    filled = {name: " ".join(text.split()) for name, text in cells.items() if text.strip() not in DASHES}
    doubts: list[Message] = []
    values = {name: text for name, text in filled.items() if name in KEPT}
    if "accepts_posts" in filled:
        values["accepts_posts"] = _meaning(filled["accepts_posts"])
    if "link_place" in filled:
        values |= _known("link_place", _place(filled["link_place"]), doubts)
    if "language" in filled:
        values |= _known("language", _language(filled["language"]), doubts)
    price = filled.get("price", "")
    if price and not _deal_named(price) and fold_header(price) not in NO_PRICE:
        values["price"] = price
    if deal := _deal(filled, values.get("accepts_posts", ""), doubts):
        values["deal"] = deal
    excluding = _meaning(filled.get("exclude", "no"))
    if excluding not in {"yes", "no"}:
        doubts.append(message("exclude-unclear"))
    return PlaceCells(values, excluding == "yes", tuple(doubts))


def _known(name: str, value: str, doubts: list[Message]) -> dict[str, str]:
    if not value:
        doubts.append(message("word-not-known", column=name))
    return {name: value} if value else {}


def _meaning(text: str) -> str:
    """Return yes, no, paid, ask or no reply, or the marketer's own words in lower case."""
    lower = text.casefold()
    return SIGNS.get(lower) or next((meaning for meaning, words in WORDS.items() if fold_header(lower) in words), lower)


def _place(text: str) -> str:
    return LINK_PLACES.get(fold_header(text), "")


def _language(text: str) -> str:
    from outreach.files.toml_values import language

    try:
        return language(text)
    except InputError:
        return ""


def _deal(filled: Mapping[str, str], accepts: str, doubts: list[Message]) -> str:
    """Return the deal that a row names, in whatever column; who takes posts for money only is paid."""
    if "deal" in filled:
        return _known("deal", _deal_named(filled["deal"]), doubts).get("deal", "")
    for name in ("price", "accepts_posts"):
        if deal := _deal_named(filled.get(name, "")):
            return deal
    return "paid" if accepts == "paid" or fold_header(filled.get("way_in", "")) in BUYING else ""


def _deal_named(text: str) -> str:
    """Return the deal that a word means; a price of nothing is free."""
    from outreach.campaign.ledger.words import deal_named
    from outreach.files.money import money

    found = money(text)
    return "free" if found and not found.amount else deal_named(text) or ""
