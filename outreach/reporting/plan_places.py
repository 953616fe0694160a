"""The places that a plan may choose from, what a post costs there, and which of them are left out, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.files.money import Money
from outreach.keys import platform_of
from outreach.likes import find_resource, resource_key, same_keys
from outreach.messages import message
from outreach.reporting.closed_places import CLOSED_BY, closed_places
from outreach.sheet.facts import own_words
from outreach.sheet.price import price_in
from outreach.words.ways_in import way_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from outreach.campaign.ledger import Placement
    from outreach.likes import Likes
    from outreach.messages import Message
    from outreach.owners.book import Book
    from outreach.ranking import Choice
    from outreach.ranking.followers import Followers
    from outreach.sheet.facts import Fact

__all__ = ["Candidates", "Known", "Place", "candidates"]

COSTLESS_WAYS: Final = frozenset({"post", "submit"})
ASKED: Final = ("quoted", "agreed")
"""Stages of events whose sum is the price of a post."""
MOST_NAMED: Final = 5
UNDER_WAY: Final = ("drafted", "sent", "quoted", "booked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known beside the lists.

    Args:
        today: The day of today.
        placements: Of the campaign's ledger.
        book: The address book; None where there is none.
        facts: Rows of the sheet of places.

    """

    today: date
    placements: Sequence[Placement] = ()
    book: Book | None = None
    facts: Sequence[Fact] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """One of the places: its key, name and address, and how many follow it of how many lists."""

    resource: str
    name: str
    url: str | None
    platform: str
    overlap: int
    listed: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """All places that a plan may choose from: those of the ranking, then those that were tried and nobody follows.

    Args:
        likes: What the customers follow.
        followers: Of the places of the ranking.
        others: Those behind them, with the subscribers that the sheet knows.
        at: Number of each place that ledger, book or sheet name, by key.
        must: Numbers of places that have to be chosen.
        why: Why a place may not be chosen, by number.
        cost: Of a post; NaN is not known.
        currency: Of the costs.
        foreign: What a post costs in another currency, by number.
        under_way: Numbers of places for which a post is drafted, sent or booked.
        platforms: What the columns of ``followers.lists`` are.
        absent: How many of the places that may not be chosen are not there anyway.

    """

    likes: Likes
    followers: Followers
    others: Sequence[tuple[Place, float]]
    at: Mapping[str, int]
    must: tuple[int, ...]
    why: Mapping[int, str]
    cost: NDArray[Any]
    currency: str
    foreign: Mapping[int, Money]
    under_way: frozenset[int]
    platforms: Sequence[str]
    absent: int

    @property
    def out(self) -> NDArray[Any]:
        """Whether each place may not be chosen."""
        import numpy as np

        out = np.zeros(len(self.cost), dtype=bool)
        out[list(self.why)] = True
        return out

    def places(self, numbers: Iterable[int]) -> dict[int, Place]:
        """Return some of the places by their number."""
        numbers = list(numbers)
        ranked = [int(one) for one in numbers if one < self.followers.places]
        rows = self.likes.engine.rows(
            "select p.place, j.resource, j.name, j.platform, j.overlap, j.listed, "
            "coalesce(r.address_key, j.resource) from ranked_places p "
            f"join {self.likes.resources.relation} r using (resource_id) join judged j using (resource) "
            "where p.place in (select unnest(?::integer[]))",
            [ranked],
        )
        from outreach.keys import url_of

        found = {
            number: Place(key, name or own_words(key), url_of(addressed), platform, overlap, listed)
            for number, key, name, platform, overlap, listed, addressed in rows
        }
        return found | {
            one: self.others[one - self.followers.places][0] for one in numbers if one >= self.followers.places
        }

    def left_out(self, *, priced: bool) -> list[Message]:
        """Return what there is to say of places that may not be chosen, the first of each reason by name.

        Args:
            priced: Whether those without a price are left out, as there is a budget.

        """
        import numpy as np

        by: dict[str, list[int]] = defaultdict(list)
        for number, why in sorted(self.why.items()):
            by[why].append(number)
        if priced:
            unknown = np.flatnonzero(np.isnan(self.cost) & ~self.out)
            by["no-price"] = [int(one) for one in unknown]
        named = self.places(one for some in by.values() for one in some[:MOST_NAMED])
        return [
            message(
                f"plan-left-{why}",
                count=len(by[why]),
                places=tuple(named[one].name for one in by[why][:MOST_NAMED])
                if len(by[why]) <= MOST_NAMED
                else message(
                    "and-more",
                    first=tuple(named[one].name for one in by[why][:MOST_NAMED]),
                    more=len(by[why]) - MOST_NAMED,
                ),
                currency=self.currency,
            )
            for why in CLOSED_BY
            if by.get(why)
        ]


def candidates(
    likes: Likes,
    followers: Followers,
    choice: Choice,
    known: Known,
    *,
    must: Sequence[str] = (),
    without: Sequence[str] = (),
    tried: Iterable[str] = (),
    currency: str = "",
    bare_currency: str = "",
    cool_down: int | None = None,
) -> Candidates:
    """Return what a plan may choose from.

    Args:
        likes: What the customers follow.
        followers: Of the places of the ranking.
        choice: How it was filtered.
        known: Ledger, address book, sheet.
        must: Addresses or names of places that have to be chosen.
        without: Addresses or names of places that may not.
        tried: Keys of places with results.
        currency: Of the budget, or the campaign's; empty where it is not known.
        bare_currency: Of prices that name none.
        cool_down: Days between two posts in one place.

    Raises:
        InputError: A place that has to be chosen is followed by nobody, hidden by a filter, or closed.

    """
    import numpy as np

    others = _others(likes, choice, tried, known)
    at = _numbers(likes, followers, known, [one.resource for one, _ in others])
    why = _closed(likes, followers, at, known, cool_down)
    unwanted = [_meant(likes, followers, at, text) for text in without]
    why |= {number: "not" for number in unwanted if number is not None}
    numbers = tuple(dict.fromkeys(_needed(likes, followers, at, why, text) for text in must))
    prices = {
        number: replace(one, currency=one.currency or bare_currency or None)
        for number, one in _prices(at, known).items()
    }  # fmt: skip
    currency = currency or _usual_currency(prices.values())
    cost = np.full(followers.places + len(others), np.nan)
    foreign = {}
    for number, price in prices.items():
        if price.currency in {None, currency} or not price.amount:
            cost[number] = price.amount
        else:
            foreign[number] = price
    under_way = frozenset(at[one.resource] for one in _open(known) if one.resource in at)
    sets = [text for (text,) in likes.engine.rows("select platforms from ranked_platforms order by column_number")]
    return Candidates(
        likes, followers, others, at, numbers, why, cost, currency, foreign, under_way, sets, unwanted.count(None)
    )


def _open(known: Known) -> list[Placement]:
    return [one for one in known.placements if one.status in UNDER_WAY]


def _others(likes: Likes, choice: Choice, tried: Iterable[str], known: Known) -> list[tuple[Place, float]]:
    """Return places with results that none of the customers follows; no filter of the ranking saw them."""
    same = same_keys(likes, tried)
    keys = sorted(set(same.values()))
    followed = {
        key
        for (key,) in likes.engine.rows(
            f"select resource from {likes.resources.relation} where resource in (select unnest(?::varchar[]))", [keys]
        )
    }
    left_out = {resource_key(likes, one) for one in (*choice.own, *choice.exclude)}
    facts = {same_keys(likes, [one.key])[one.key]: one for one in known.facts}
    names = {same.get(one.resource, one.resource): one.name for one in known.placements if one.name}
    found = []
    for key in keys:
        fact = facts.get(key)
        if key in followed or key in left_out or (fact is not None and fact.excluded):
            continue
        if choice.platforms and platform_of(key) not in choice.platforms:
            continue
        name = (fact.name if fact else None) or names.get(key) or own_words(key)
        size = float(fact.subscribers) if fact and fact.subscribers else float("nan")
        found.append((Place(key, name, None, platform_of(key), 0, 0), size))
    return found


def _numbers(likes: Likes, followers: Followers, known: Known, others: Sequence[str]) -> dict[str, int]:
    """Return the numbers of all places that are named outside of the lists, by every key that they have there."""
    named = {one.resource for one in known.placements} | {one.key for one in known.facts}
    if known.book:
        named |= {one.resource for one in known.book.places()}
        named |= {key for one in known.book.people() for key in one.places}
    same = same_keys(likes, sorted(named))
    rows = likes.engine.rows(
        f"select r.resource, p.place from ranked_places p join {likes.resources.relation} r using (resource_id) "
        "where r.resource in (select unnest(?::varchar[]))",
        [sorted(set(same.values()))],
    )
    there = {key: int(place) for key, place in rows} | {
        key: followers.places + place for place, key in enumerate(others)
    }
    return there | {key: there[one] for key, one in same.items() if one in there}


def _closed(
    likes: Likes, followers: Followers, at: Mapping[str, int], known: Known, cool_down: int | None
) -> dict[int, str]:
    """Return why places are left out, by number: what the sheet or the lists say counts after ledger and book."""
    refusing = likes.engine.rows(
        f"select p.place from ranked_places p join {likes.resources.relation} r using (resource_id) "
        "where r.accepts_posts = 'no' order by p.place"
    )
    why = {int(number): "takes-no-posts" for (number,) in refusing}
    why |= {
        at[one.key]: "takes-no-posts"
        for one in known.facts
        if one.accepts_posts == "no" and at.get(one.key, 0) >= followers.places
    }
    closed = closed_places(known.placements, known.book, today=known.today, cool_down=cool_down)
    for key, reason in closed.items():
        if key in at:
            number = at[key]
            why[number] = min(reason, why.get(number, reason), key=CLOSED_BY.index)
    return why


def _meant(likes: Likes, followers: Followers, at: Mapping[str, int], text: str) -> int | None:
    """Return the number of a place that was named, None where it is none of the candidates."""
    import numpy as np

    resource_id = find_resource(likes, text)
    if resource_id is not None:
        places = np.flatnonzero(followers.resource_ids == resource_id)
        return int(places[0]) if len(places) else None
    return at.get(resource_key(likes, text))


def _needed(likes: Likes, followers: Followers, at: Mapping[str, int], why: Mapping[int, str], text: str) -> int:
    number = _meant(likes, followers, at, text)
    if number is None:
        hidden = find_resource(likes, text) is not None
        raise InputError(
            "a place that has to be in the plan is hidden by a filter" if hidden
            else "a place that has to be in the plan is followed by none of the customers",
            where=text,
            hint="outreach rank shows what the filters hide" if hidden else "outreach who ADDRESS shows who follows it",
        )  # fmt: skip
    if number in why:
        raise InputError(
            "a place that has to be in the plan must not be",
            where=text,
            hint=f"reason: {why[number].replace('-', ' ')}",
        )
    return number


def _prices(at: Mapping[str, int], known: Known) -> dict[int, Money]:
    """Return what a post costs, by number: by the sheet, else the address book, else the last post there."""
    found: dict[int, Money] = {}
    for one in sorted(known.placements, key=lambda one: one.id or 0, reverse=True):
        if one.resource in at and one.cost is not None and one.deal == "paid":
            found.setdefault(at[one.resource], Money(one.cost, one.currency))
    for event in sorted(known.book.events() if known.book else (), key=lambda one: (one.at, one.recorded_at)):
        if event.resource in at and event.amount is not None and event.stage in ASKED:
            found[at[event.resource]] = Money(event.amount, event.currency or None)
    texts = [(one.resource, one.price, one.way) for one in (known.book.places() if known.book else ())]
    texts += [
        (one.key, one.cells.get("price", ""), way_of(one.cells.get("way_in", "")))
        for one in known.facts
        if "price" not in one.nothing
    ]
    for key, text, way in texts:
        if key not in at:
            continue
        if (price := price_in(text)) is not None:
            found[at[key]] = price
        elif way in COSTLESS_WAYS and not text:
            found[at[key]] = Money(0.0, None)
    return found


def _usual_currency(prices: Iterable[Money]) -> str:
    """Return the currency of most prices, of equally many the first by name."""
    counts = Counter(one.currency for one in prices if one.currency)
    return min(counts, key=lambda name: (-counts[name], name), default="")
