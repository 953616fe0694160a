"""Who follows the places of a ranking, as arrays: what estimates of sets, of their coverage and stability need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from outreach.likes import Likes

__all__ = [
    "Followers",
    "expected_share",
    "followers_of",
    "may_be_first",
    "parts",
    "pattern_hashes",
    "share_of",
    "size_positions",
]

HALF_A_FOLLOWER: Final = 0.5
SIZE_WEIGHT: Final = 0.9
"""Followers that the largest place has more than the smallest, if as many of the sample follow both."""
LEAST: Final = 0.05
PSEUDO_CUSTOMERS: Final = 4
SPREADS: Final = 6
"""Standard deviations below the last of the first places; what has fewer customers is never among them."""
FEWEST_CANDIDATES: Final = 60
MOST_CANDIDATES: Final = 400
EVERYBODY: Final = frozenset({"web", "other"})
"""Platforms of which every customer's list counts as known."""


@dataclass(frozen=True, slots=True)
class Followers:
    """Who follows which of the places that a ranking shows.

    Places are numbered in the order of the ranking, customers from those who follow nothing upwards, by what they
    follow; so labels and the order of rows decide nothing, and no label is here.

    Args:
        resource_ids: Of each place, its number in ``tables.RESOURCES``.
        overlap: Of each place, how many customers follow it; 1 or more.
        sizes: Of each place, its subscribers; NaN is unknown.
        listed: Of each place, of how many customers there is a list of its platform.
        platforms: Of each place, the column of ``lists`` that it belongs to.
        starts: Where the customers of each place begin, and one more number, where the last ones end.
        customers: The customers of all places, one place after another, ascending in each.
        lists: Of each customer, whether there is a list of his for the platform (bool, customers x platforms).

    """

    resource_ids: NDArray[Any]
    overlap: NDArray[Any]
    sizes: NDArray[Any]
    listed: NDArray[Any]
    platforms: NDArray[Any]
    starts: NDArray[Any]
    customers: NDArray[Any]
    lists: NDArray[Any]

    @property
    def places(self) -> int:
        """Number of places."""
        return len(self.overlap)

    @property
    def everybody(self) -> int:
        """Number of customers of whom any list is known, also those who follow none of the places."""
        return len(self.lists)

    def of(self, place: int) -> NDArray[Any]:
        """Return the customers who follow a place, ascending."""
        return self.customers[self.starts[place] : self.starts[place + 1]]

    def of_several(self, places: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the customers of some places, one place after another, and how many each has."""
        return parts(self.starts, self.customers, places)


def followers_of(likes: Likes, since: datetime | None = None) -> Followers:
    """Return who follows the places that were ranked last in the engine of these likes.

    Every place that passes the filters is there, also those behind the first ``top``.

    Args:
        likes: What was ranked, by :func:`outreach.ranking.rank`.
        since: As it was ranked: likes known to be older do not count.

    """
    import numpy as np

    engine = likes.engine
    engine.run(
        "create or replace table ranked_places as "
        "select (row_number() over (order by j.rank, j.resource) - 1)::integer as place, r.resource_id, r.platforms, "
        f"j.subscribers, j.overlap, j.listed from judged j join {likes.resources.relation} r using (resource) "
        "where j.hidden_by is null"
    )
    engine.run(
        "create or replace table numbered_customers as select customer, (row_number() over () - 1)::integer as number "
        f"from (select distinct customer from {likes.lists.relation})"
    )
    sets = [text for (text,) in engine.rows("select distinct platforms from ranked_places order by 1")]
    engine.run("create or replace table ranked_platforms (platforms varchar, column_number integer)")
    engine.append("ranked_platforms", [sets, list(range(len(sets)))])
    places = engine.arrays(
        "select resource_id, overlap::bigint as overlap, coalesce(subscribers::double, 'nan'::double) as size, "
        "listed::bigint as listed, column_number from ranked_places join ranked_platforms using (platforms) "
        "order by place"
    )
    moment = since.replace(tzinfo=None).isoformat(" ") if since is not None else None
    recent = "" if moment is None else f"where l.followed_at is null or l.followed_at >= timestamp '{moment}'"
    pairs = engine.arrays(
        f"select p.place, c.number from {likes.likes.relation} l join ranked_places p using (resource_id) "
        f"join numbered_customers c using (customer) {recent}"
    )
    everybody = int(engine.rows("select count(*) from numbered_customers")[0][0])
    lists = _lists(likes, sets, everybody)
    number = _numbers_by_pattern(pairs["place"], pairs["number"], lists)
    customers = number[pairs.pop("number")]
    order = np.lexsort((customers, pairs.pop("place")))
    return Followers(
        resource_ids=places["resource_id"],
        overlap=places["overlap"],
        sizes=places["size"],
        listed=places["listed"],
        platforms=places["column_number"],
        starts=np.concatenate(([0], np.cumsum(places["overlap"]))),
        customers=customers[order],
        lists=lists[np.argsort(number)],
    )


def _lists(likes: Likes, sets: Sequence[str], everybody: int) -> NDArray[Any]:
    """Return of which numbered customers a list is known for each set of platforms."""
    import numpy as np

    lists = np.zeros((everybody, len(sets)), dtype=bool)
    platforms = [text.split(",") for text in sets]
    lists[:, [not EVERYBODY.isdisjoint(several) for several in platforms]] = True
    likes.engine.run("create or replace table platform_columns (platform varchar, column_number integer)")
    each = [(name, column) for column, several in enumerate(platforms) for name in several]
    likes.engine.append("platform_columns", [list(column) for column in zip(*each, strict=True)])
    known = likes.engine.arrays(
        f"select c.number, p.column_number from {likes.lists.relation} l "
        "join numbered_customers c using (customer) join platform_columns p using (platform)"
    )
    lists[known["number"], known["column_number"]] = True
    return lists


def _numbers_by_pattern(places: NDArray[Any], customers: NDArray[Any], lists: NDArray[Any]) -> NDArray[Any]:
    """Return a new number for each customer: those with fewer places first, then by a hash of the places and lists.

    Customers whose hashes are equal follow the same places: whichever of them comes first changes nothing.
    """
    import numpy as np

    everybody = len(lists)
    order = np.lexsort((pattern_hashes(places, customers, lists), np.bincount(customers, minlength=everybody)))
    number = np.empty(everybody, dtype=np.int32)
    number[order] = np.arange(everybody)
    return number


def pattern_hashes(places: NDArray[Any], customers: NDArray[Any], lists: NDArray[Any]) -> NDArray[Any]:
    """Return a number for each customer that is the same for those who follow the same places and have the same lists.

    Args:
        places: Of each pair, the place.
        customers: Of each pair, the customer.
        lists: Of each customer, whether there is a list for the platform.

    """
    import numpy as np

    draw = np.random.default_rng(0)
    of_platform = draw.integers(0, 2**62, lists.shape[1], dtype=np.uint64)
    of_place = draw.integers(0, 2**62, int(places.max(initial=-1)) + 1, dtype=np.uint64)
    hashes: NDArray[Any] = (lists * of_platform).sum(axis=1, dtype=np.uint64)
    np.add.at(hashes, customers, of_place[places])
    return hashes


def expected_share(followers: Followers) -> NDArray[Any]:
    """Return of each place the expected share of the customers outside the sample who follow it.

    With x followers among the n customers with a list, and t the position of its size among the places that as many
    follow (:func:`size_positions`), ``max(x - 0.5 + 0.9 (t - 0.5), 0.05) / (n + 4)``.

    Returns:
        One number for each place, above 0 and below 1.

    """
    position = size_positions(followers.overlap, followers.sizes)
    return share_of(followers.overlap, followers.listed, position)


def share_of(overlap: NDArray[Any], listed: NDArray[Any], position: NDArray[Any]) -> NDArray[Any]:
    """Return expected shares from counts; see :func:`expected_share`."""
    import numpy as np

    expected = overlap - HALF_A_FOLLOWER + SIZE_WEIGHT * (position - 0.5)
    return np.asarray(np.maximum(expected, LEAST) / (listed + PSEUDO_CUSTOMERS))


def size_positions(overlap: NDArray[Any], sizes: NDArray[Any]) -> NDArray[Any]:
    """Return where the size of each place lies among those of the places that as many follow.

    Args:
        overlap: How many follow each place; with a second axis, in each of several draws.
        sizes: Subscribers of each place; NaN is unknown, and below all known sizes.

    Returns:
        Between 0 (the smallest) and 1 (the largest), in the shape of ``overlap``: the middle of its part of that range;
        equal sizes share theirs, and a place alone has 1/2.

    Example:
        >>> import numpy
        >>> size_positions(numpy.array([2, 1, 1]), numpy.array([10, 500, numpy.nan])).tolist()
        [0.5, 0.75, 0.25]

    """
    import numpy as np

    size = np.unique(np.nan_to_num(sizes, nan=-1.0), return_inverse=True)[1]
    draws = np.arange(overlap[0].size if overlap.ndim > 1 and len(overlap) else 1)
    most = int(overlap.max(initial=0)) + 1
    group = (draws * most + overlap).ravel()
    key = group * (int(size.max(initial=0)) + 1) + np.repeat(size, len(draws))
    order = np.argsort(key, kind="stable")
    rank = np.empty(len(order))
    rank[order] = _middles(key[order])
    sorted_group = group[order]
    first = np.searchsorted(sorted_group, group, "left")
    last = np.searchsorted(sorted_group, group, "right") - 1
    return np.asarray(((rank - first + 0.5) / (last - first + 1)).reshape(overlap.shape))


def may_be_first(overlap: NDArray[Any], k: int) -> int:
    """Return how many of some places may be among the first k in another sample; the others have far too few customers.

    Args:
        overlap: How many customers follow each, the most first.
        k: How many places are the first ones.

    Returns:
        Between 60 and 400, however many places there are.

    Example:
        >>> import numpy
        >>> may_be_first(numpy.array([400] * 80 + [200] * 80), 5)
        80

    """
    import numpy as np

    last = overlap[:k].min(initial=overlap.max(initial=0))
    close = int((overlap >= last - SPREADS * np.sqrt(last)).sum())
    return max(FEWEST_CANDIDATES, min(close, MOST_CANDIDATES))


def parts(starts: NDArray[Any], values: NDArray[Any], wanted: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return some parts of values that stand one part after another, and how long each is.

    Args:
        starts: Where each part begins, and one more number, where the last one ends.
        values: Of all parts.
        wanted: Numbers of parts.

    Example:
        >>> import numpy
        >>> [found.tolist() for found in parts(numpy.array([0, 2, 3]), numpy.array([7, 8, 9]), numpy.array([1, 0]))]
        [[9, 7, 8], [1, 2]]

    """
    import numpy as np

    lengths = starts[wanted + 1] - starts[wanted]
    ends = np.cumsum(lengths)
    within = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - lengths, lengths)
    return values[np.repeat(starts[wanted], lengths) + within], lengths


def _middles(values: NDArray[Any]) -> NDArray[Any]:
    """Return the middle position of each of sorted values among its equals, counted from 0."""
    import numpy as np

    starts = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1])))[: len(values)]
    ends = np.append(starts[1:], len(values)) - 1
    return np.repeat((starts + ends) / 2, ends - starts + 1)
