"""Which places together have the most customers: chosen one after another, in the sample or in many draws at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from outreach.ranking.followers import parts, pattern_hashes, share_of, size_positions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from outreach.ranking.followers import Followers

__all__ = ["DIGITS", "MOST_AT_ONCE", "Chosen", "Draws", "Limits", "Patterns", "choose", "patterns_of"]

SHRINKAGE: Final = 15
"""Customers that redundancy seen in a place's followers is shrunk by: 12 to 20 do, below 10 sizes no longer count."""
DIGITS: Final = 12
"""Gains that differ behind these digits are equal: sums in another order are."""
MOST_AT_ONCE: Final = 500_000
"""Numbers of one array: what fits the caches, and no more memory than the ranking itself takes."""
COSTLESS: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Patterns:
    """Places with the distinct sets of them that customers follow.

    Args:
        sizes: Of each place, its subscribers; NaN is unknown.
        platforms: Of each place, the column of ``lists``.
        starts: Where the patterns of each place begin, and one more number, where the last ones end.
        members: The patterns of all places, one place after another.
        counts: Of each pattern, how many customers have it.
        lists: Of each pattern, whether there is a list for the platform (bool, patterns x platforms).

    """

    sizes: NDArray[Any]
    platforms: NDArray[Any]
    starts: NDArray[Any]
    members: NDArray[Any]
    counts: NDArray[Any]
    lists: NDArray[Any]

    @property
    def places(self) -> int:
        """Number of places."""
        return len(self.sizes)

    def sums(self, values: NDArray[Any], places: NDArray[Any]) -> NDArray[Any]:
        """Return for each place the sum of the values of its patterns, in each draw (patterns x draws)."""
        import numpy as np

        if not len(places):
            return np.zeros((0, values.shape[1]))
        members, lengths = self.members_of(places)
        found = np.zeros((len(places), values.shape[1]))
        some = lengths > 0
        begins = (np.cumsum(lengths) - lengths)[some]
        if len(begins):
            found[some] = np.add.reduceat(values[members], begins, axis=0)
        return found

    def members_of(self, places: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the patterns of some places, one place after another, and how many each has."""
        return parts(self.starts, self.members, places)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a choice has to keep to.

    Args:
        posts: Most places.
        must: Places that come first, in this order.
        out: Of each place, whether it may not be chosen; None is none.
        cost: Of each place, what a post costs; NaN is not known, and then it is not chosen. None without a budget.
        budget: What all of them may cost together.
        by_cost: Whether a gain is divided by its cost.

    """

    posts: int
    must: tuple[int, ...] = ()
    out: NDArray[Any] | None = None
    cost: NDArray[Any] | None = None
    budget: float = 0.0
    by_cost: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """One more place in each draw.

    Args:
        places: Of each draw, the place; -1 is none, for nothing is left.
        gains: The expected share of customers who are in it and in none chosen before.
        shares: The expected share of customers who are in it.
        rows: Patterns that follow it, for the draws in ``columns``.
        columns: The draws of these patterns.

    """

    places: NDArray[Any]
    gains: NDArray[Any]
    shares: NDArray[Any]
    rows: NDArray[Any]
    columns: NDArray[Any]


class Draws:
    """Draws of customers from a sample, or the sample itself, while places are chosen in each.

    Args:
        patterns: Who follows what.
        weights: How many customers of each pattern each draw has (patterns x draws); it is written over.
        shares: Expected shares of the places (places x draws), where they are known; else they are computed.

    """

    def __init__(self, patterns: Patterns, weights: NDArray[Any], shares: NDArray[Any] | None = None) -> None:
        import numpy as np

        every = np.arange(patterns.places)
        self.patterns: Final = patterns
        self.left: Final = weights
        """How many customers of each pattern are expected to be in none of the chosen places."""
        self.lists: Final = patterns.lists.T.astype(float)
        self.everybody: Final = weights.sum(axis=0)
        self.listed: Final = self._by_list()[patterns.platforms]
        self.overlap: Final = np.concatenate(
            [patterns.sums(weights, some) for some in self.in_parts(every)] or [np.zeros((0, weights.shape[1]))]
        )
        if shares is None:
            position = size_positions(self.overlap.astype(np.int64), patterns.sizes)
            shares = share_of(self.overlap, self.listed, position)
        self.shares: Final = shares

    @property
    def draws(self) -> int:
        """Number of draws."""
        return int(self.left.shape[1])

    def in_parts(self, places: NDArray[Any]) -> list[NDArray[Any]]:
        """Return places in parts whose patterns, in all draws, are not too many at once."""
        import numpy as np

        lengths = self.patterns.starts[places + 1] - self.patterns.starts[places] + 1
        part = (np.cumsum(lengths) * self.draws) // MOST_AT_ONCE
        return np.split(places, np.flatnonzero(np.diff(part)) + 1) if len(places) else []

    def _by_list(self) -> NDArray[Any]:
        import numpy as np

        return np.asarray(
            np.einsum("lp,pd->ld", self.lists, self.left)
        )  # the threads of a product would wait for each other

    def listed_left(self) -> NDArray[Any]:
        """Return how many customers with a list of each platform are left in each draw, and below these all of them."""
        import numpy as np

        return np.vstack((self._by_list(), self.left.sum(axis=0)))

    def gains(self, places: NDArray[Any], listed_left: NDArray[Any]) -> NDArray[Any]:
        """Return the share of customers whom each place would add (places x draws).

        Args:
            places: Which.
            listed_left: What :meth:`listed_left` returns now.

        """
        import numpy as np

        listed = listed_left[:-1][self.patterns.platforms[places]]
        among = SHRINKAGE * listed + self.listed[places] * self.patterns.sums(self.left, places)
        unlisted = listed_left[-1] - listed
        gained = among / (SHRINKAGE + self.overlap[places]) + unlisted
        return np.asarray(self.shares[places] * gained / self.everybody)

    def without(self, place: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]:
        """Return the chance of each pattern not to be in a place of each draw; and who follows it, as rows, columns.

        Returns:
            The chance (patterns x draws), the patterns that follow it, the draws of these, the chance of these.

        """
        import numpy as np

        columns = np.arange(self.draws)
        share, overlap = self.shares[place, columns], self.overlap[place, columns]
        listed = self.listed[place, columns]
        known = self.patterns.lists[:, self.patterns.platforms[place]]
        each = share / (SHRINKAGE + overlap)
        chance = np.where(known, 1 - SHRINKAGE * each, 1 - share)
        members, lengths = self.patterns.members_of(place)
        follows = np.maximum(0.0, 1 - (SHRINKAGE + listed) * each)
        return chance, members, np.repeat(columns, lengths), np.repeat(follows, lengths)


def choose(draws: Draws, limits: Limits) -> Iterator[Chosen]:
    """Yield one more place for each draw, as often as posts are wanted, the one that adds most customers.

    A customer i is in place r with chance ``min(1, p_r (15 + n [i follows r]) / (15 + x_r))``, of n customers with a
    list, x followers and the expected share p (:func:`outreach.ranking.followers.expected_share`); with chance p where
    there is no list of his from that platform. The gain of a place is the mean over the customers of this chance and
    of that to be in none chosen before. Ties: the place that comes first.

    Gains only fall: a place whose last known gain is below the best one need not be asked again.

    Args:
        draws: Fresh; what is chosen is noted there.
        limits: What to keep to.

    """
    import numpy as np

    gains = draws.shares.copy()
    gains[draws.overlap == 0] = 0.0  # in that draw it would not be known
    if limits.out is not None:
        gains[limits.out] = 0.0
    money = np.full(draws.draws, float(limits.budget))
    for number in range(max(limits.posts, len(limits.must))):
        if limits.cost is not None:
            gains[limits.cost[:, None] > money + COSTLESS] = 0.0
            gains[np.isnan(limits.cost)] = 0.0
        if number < len(limits.must):
            place = np.full(draws.draws, limits.must[number])
            gains[place[:1]] = draws.gains(place[:1], draws.listed_left())
            at = gains[place, np.arange(draws.draws)]
        else:
            place, at = _best(draws, gains, limits)
        found = _add(draws, place, at)
        if found is None:
            return
        if limits.cost is not None:
            money -= np.nan_to_num(limits.cost[place])
        gains[place, np.arange(draws.draws)] = 0.0
        yield found


def _best(draws: Draws, gains: NDArray[Any], limits: Limits) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the place with the largest gain in each draw, and that gain; renew the gains that have to be known."""
    import numpy as np

    cost = np.ones((len(gains), 1))
    if limits.by_cost and limits.cost is not None:
        cost = np.maximum(np.nan_to_num(limits.cost, nan=np.inf), COSTLESS)[:, None]
    best = np.zeros(draws.draws)
    waiting = np.flatnonzero((gains > 0).any(axis=1))
    scores = np.round(gains / cost, DIGITS)
    waiting = waiting[np.argsort(-scores[waiting].max(axis=1), kind="stable")]
    size, listed_left = _first_part(draws), draws.listed_left()
    while len(waiting):
        first, waiting = waiting[:size], waiting[size:]
        for some in draws.in_parts(first):
            known = gains[some] > 0
            gains[some] = np.where(known, draws.gains(some, listed_left), 0.0)
            scores[some] = np.round(gains[some] / cost[some], DIGITS)
            best = np.maximum(best, scores[some].max(axis=0))
        waiting = waiting[(scores[waiting] >= best).any(axis=1)]
        size *= 2
    place = scores.argmax(axis=0)
    at = gains[place, np.arange(draws.draws)]
    return np.where(at > 0, place, -1), at


def _first_part(draws: Draws) -> int:
    """Return how many places to ask at first: few where one is expensive."""
    each = max(1, len(draws.patterns.members) // max(1, draws.patterns.places)) * draws.draws
    return max(8, MOST_AT_ONCE // 8 // each)


def _add(draws: Draws, place: NDArray[Any], gains: NDArray[Any]) -> Chosen | None:
    """Note one more place in each draw; None where nothing is left in any."""
    import numpy as np

    found = place >= 0
    if not found.any():
        return None
    chance, rows, columns, follows = draws.without(np.maximum(place, 0))
    chance[rows, columns] = follows
    if not found.all():
        chance[:, ~found] = 1.0
        rows, columns = rows[found[columns]], columns[found[columns]]
    draws.left[:] *= chance
    shares = draws.shares[place, np.arange(draws.draws)]
    return Chosen(place, gains, shares, rows, columns)


def patterns_of(followers: Followers, places: NDArray[Any]) -> tuple[Patterns, NDArray[Any]]:
    """Return the distinct sets of some places that customers follow, and of each customer the number of his."""
    import numpy as np

    customers, lengths = followers.of_several(places)
    place = np.repeat(np.arange(len(places), dtype=np.int32), lengths)
    hashes = pattern_hashes(place, customers, followers.lists)
    _, first, number, counts = np.unique(hashes, return_index=True, return_inverse=True, return_counts=True)
    speaks = np.zeros(followers.everybody, dtype=bool)  # one customer for all with the same pattern
    speaks[first] = True
    once = speaks[customers]
    patterns = Patterns(
        sizes=followers.sizes[places],
        platforms=followers.platforms[places],
        starts=np.concatenate(([0], np.cumsum(np.bincount(place[once], minlength=len(places))))),
        members=number.astype(np.int32)[customers[once]],
        counts=counts,
        lists=followers.lists[first],
    )
    return patterns, number
