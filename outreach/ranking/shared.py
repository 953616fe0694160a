"""Which places share more customers than chance explains, and which communities they form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.likes import find_resource
from outreach.ranking import Choice, rank
from outreach.ranking.followers import followers_of
from outreach.sheet.facts import own_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from outreach.likes import Likes
    from outreach.ranking import Ranking
    from outreach.ranking.followers import Followers

__all__ = [
    "FALSE_HINTS", "FALSE_TIES", "LIMIT", "MOST_PLACES", "Community", "MapPlace", "SharedMap", "Tie", "map_of",
    "map_places", "shared_customers", "shared_map", "tail", "ties_of",
]  # fmt: skip

MOST_PLACES: Final = 300
LIMIT: Final = 400
"""Places that a map takes; more are neither readable nor laid out in a moment."""
FALSE_TIES: Final = 0.05
"""Share of the proven ties that may be of chance, on average."""
FALSE_HINTS: Final = 0.5
"""The same of all ties, hints included: with ten customers hardly any tie can be proven."""
MOST_BY_CHANCE: Final = 0.1
"""A hint is less likely than this by chance, among however many."""
SIGMAS: Final = 3.0
"""Standard deviations by which hints have to be more than chance gives: a few of them are always there."""
COUNTED_EXACTLY: Final = 200
"""Customers up to which it is counted how often chance reaches a level; above, it reaches all of them."""
FEWEST_SHARED: Final = 2
STRONGEST: Final = 3
"""Ties of each place that the backbone keeps: those that chance explains least."""
NAMED_AFTER: Final = 2
"""Places that a community is named after."""
EXACT: Final = 20
"""Counts up to here have classes of their own; of larger ones those within 5 % share one."""
CLASS_WIDTH: Final = 1.05
ROUNDS: Final = 1000
CLOSE: Final = 1e-7
AT_ONCE: Final = 1 << 22
DENSE: Final = 1 << 22


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A place of the map.

    Args:
        resource: Its key.
        name: What it is called; None is unknown.
        platform: Where it is.
        url: Its address.
        overlap: Customers who follow it.
        listed: Customers of whom there is a list of its platform.
        subscribers: None is unknown.
        community: Number of its community, from 1; None for a place without ties.

    """

    resource: str
    name: str | None
    platform: str
    url: str | None
    overlap: int
    listed: int
    subscribers: int | None
    community: int | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """Two places that share more customers than chance explains.

    Args:
        first: Position of one of them among the places of the map.
        second: Position of the other, which is larger.
        shared: Customers who follow both.
        expected: How many would, if each customer chose without regard to what places have in common.
        p: Chance that as many or more would.
        proven: Whether at most 5 % of such ties are of chance; else it is a hint, of which half may be.

    """

    first: int
    second: int
    shared: int
    expected: float
    p: float
    proven: bool = True


@dataclass(frozen=True, slots=True)
class Community:
    """Places that are tied to one another more than to others.

    Args:
        number: From 1, that with the most places first.
        name: After its places with the most customers, or as it was named.
        places: Their positions on the map, those with the most customers first.

    """

    number: int
    name: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SharedMap:
    """Places, how they are tied by shared customers, and the communities that they form.

    Args:
        places: In the order of the ranking.
        ties: The backbone, by the positions of its places: of all ties those that are among the three least likely
            ones of either place.
        communities: Of all ties; the largest first.
        all_ties: How many ties there are.
        proven: How many of them are proven.
        by_chance: How many of them chance alone would show on average, at most.
        customers: Of whom any list is known.
        left_out: Places with fewer customers, which are not looked at.

    """

    places: tuple[MapPlace, ...]
    ties: tuple[Tie, ...]
    communities: tuple[Community, ...]
    all_ties: int
    proven: int
    by_chance: float
    customers: int
    left_out: int

    @property
    def isolated(self) -> int:
        """Number of places that share no more customers with others than chance explains."""
        return sum(place.community is None for place in self.places)


def shared_map(
    likes: Likes, choice: Choice | None = None, *, most: int = MOST_PLACES, names: Mapping[str, str] | None = None
) -> SharedMap:
    """Return the map of the places that a ranking by overlap shows; the ranking stays in the engine.

    Args:
        likes: What the customers follow.
        choice: Which places count.
        most: Places on the map at most, those with the most customers.
        names: Address of a place to the name of the community that it belongs to.

    Raises:
        InputError: A community is named by a place that is not on the map or has no ties, or two names are of one.

    """
    ranked = rank(likes, replace(choice or Choice(), by="overlap", top=None))
    followers = followers_of(likes, choice.since if choice else None)
    found = map_of(followers, map_places(ranked, most))
    return _renamed(found, likes, followers, names or {})


def map_places(ranked: Ranking, most: int = MOST_PLACES) -> list[MapPlace]:
    """Return what is known of the first places of a ranking by overlap."""
    return [
        MapPlace(row["resource"], row["name"], row["platform"], row["url"], int(row["overlap"]),
                 int(row["listed"]), None if row["subscribers"] is None else int(row["subscribers"]))
        for row in ranked.table.head(most)
    ] if most else []  # fmt: skip


def map_of(followers: Followers, places: Sequence[MapPlace]) -> SharedMap:
    """Return the map of the first places of a ranking.

    Args:
        followers: Who follows which place.
        places: What is known of the first ones, in the same order.

    """
    ties, by_chance = ties_of(followers, len(places))
    groups = _communities(len(places), ties)
    number = {place: at for at, some in enumerate(groups, start=1) for place in some}
    return SharedMap(
        tuple(replace(place, community=number.get(at)) for at, place in enumerate(places)),
        tuple(_backbone(ties)),
        tuple(Community(at, _name(some, places), some) for at, some in enumerate(groups, start=1)),
        len(ties),
        sum(tie.proven for tie in ties),
        by_chance,
        followers.everybody,
        followers.places - len(places),
    )


def ties_of(followers: Followers, most: int = MOST_PLACES) -> tuple[list[Tie], float]:
    """Return which of the first places share more customers than chance explains.

    Chance is this: every place keeps its number of customers, every customer the number of places, both on average,
    and nobody follows a place of a platform of which there is no list of his. Of all such data those with the largest
    entropy give each customer a chance to follow each place, and two places an expected number of shared customers m.
    With a and b customers they are compared as if drawn from ``a b / m`` customers (rounded down), by the upper tail of
    the hypergeometric distribution; where all customers follow equally many places, that is Fisher's exact test.

    Of so many pairs some share much by chance: Benjamini and Hochberg's rule keeps the share of false ties at 5 % on
    average among proven ties. Pairs too small to stand out whatever they share are not counted among the tests
    (Gilbert), and one shared customer ties nothing. With ten customers hardly anything can be proven; hints are the
    pairs up to the largest p, at most 0.1, of which chance alone gives no more than half.

    Args:
        followers: Who follows which place.
        most: Places, from the first.

    Returns:
        The ties by the positions of their places, and how many of them chance alone would show on average, at most.

    Source:
        Tumminello et al., "Statistically validated networks in bipartite complex systems" (2011); Saracco et al.,
        "Inferring monopartite projections of bipartite networks: an entropy-based approach" (2017); Gilbert, "A
        modified false discovery rate multiple-comparisons procedure for discrete data" (2005).

    """
    import numpy as np

    count = int((followers.overlap[:most] >= FEWEST_SHARED).sum())  # ranked by overlap: the first ones
    if count < 2:
        return [], 0.0
    overlap = followers.overlap[:count].astype(np.int64)
    first, second, shared = shared_customers(followers, count)
    kind, expected, population = _chance(followers, count)
    left, right = np.triu_indices(count, 1)

    def among(one: NDArray[Any], other: NDArray[Any]) -> NDArray[Any]:
        """Return the population of pairs; that of a class may be below the largest of its places."""
        return np.asarray(np.maximum(population[kind[one], kind[other]], np.maximum(overlap[one], overlap[other])))

    least = np.zeros((count, count))
    least[left, right] = _least(overlap[left], overlap[right], among(left, right))
    some = shared >= FEWEST_SHARED
    first, second, shared = first[some], second[some], shared[some]
    p = tail(shared, overlap[first], overlap[second], among(first, second))
    reachable, all_least = least[first, second], least[left, right]
    proven = _discoveries(p, reachable, all_least, FALSE_TIES)
    pairs = np.stack([overlap[left], overlap[right], among(left, right)], axis=1)
    level, by_chance = _hint_level(p, pairs)
    kept = np.flatnonzero(proven | (p <= level))
    mean = expected[kind[first], kind[second]]
    ties = [
        Tie(int(first[at]), int(second[at]), int(shared[at]), float(mean[at]), float(p[at]), bool(proven[at]))
        for at in kept.tolist()
    ]
    return ties, max(by_chance, FALSE_TIES * int(proven.sum()))


def _hint_level(p: NDArray[Any], pairs: NDArray[Any]) -> tuple[float, float]:
    """Return up to which p pairs are tied, hints at least, and how many chance alone would tie; -1 for none.

    It is the largest up to ``MOST_BY_CHANCE`` of which chance gives at most the share ``FALSE_HINTS``, and far more are
    there than chance gives. Counts are whole: few customers can reach a level by few numbers only, so it is counted how
    often they do.

    Args:
        p: Of the pairs that share enough.
        pairs: Of all pairs, the smaller overlap, the larger, and the population.

    """
    import numpy as np

    levels = np.unique(p[p <= MOST_BY_CHANCE])
    if not len(levels):
        return -1.0, 0.0
    kinds, many = np.unique(np.stack([pairs[:, :2].min(axis=1), pairs[:, :2].max(axis=1), pairs[:, 2]], axis=1),
                            axis=0, return_counts=True)  # fmt: skip
    chance = np.zeros(len(levels))
    for (small, large, population), number in zip(kinds, many, strict=True):
        if population > COUNTED_EXACTLY:
            chance += number * levels
            continue
        shared = np.arange(FEWEST_SHARED, small + 1)
        one, other, of = (np.full(len(shared), value) for value in (small, large, population))
        reached = np.sort(np.append(tail(shared, one, other, of), 0.0))
        chance += number * reached[np.searchsorted(reached, levels * (1 + CLOSE), "right") - 1]
    found = np.searchsorted(np.sort(p), levels * (1 + CLOSE), "right")
    enough = np.flatnonzero((chance <= FALSE_HINTS * found) & (found - chance >= SIGMAS * np.sqrt(chance)))
    if not len(enough):
        return -1.0, 0.0
    return float(levels[enough[-1]]) * (1 + CLOSE), float(chance[enough[-1]])


def _discoveries(p: NDArray[Any], least: NDArray[Any], all_least: NDArray[Any], false_ties: float) -> NDArray[Any]:
    """Return which pairs are ties.

    Args:
        p: Of the pairs that share enough.
        least: The smallest that each of them can reach.
        all_least: The same of all pairs.
        false_ties: Share of false ties.

    """
    import numpy as np

    bound = _bound(all_least, false_ties)
    tests = int((all_least <= bound).sum())
    candidates = np.flatnonzero(least <= bound)
    ascending = np.sort(p[candidates])
    passed = np.flatnonzero(ascending * tests <= false_ties * np.arange(1, len(ascending) + 1))
    found = np.zeros(len(p), dtype=bool)
    if len(passed):
        found[candidates] = p[candidates] <= ascending[passed[-1]]
    return found


def shared_customers(followers: Followers, most: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return the pairs of the first places that share any customer, and how many: the product of who follows what.

    Each customer's places are laid side by side, and shifted against themselves by one, by two and so on.

    Args:
        followers: Who follows which place.
        most: Places, from the first.

    Returns:
        The smaller position, the larger one, the number of customers; ascending.

    """
    import numpy as np

    sums: NDArray[Any] = np.zeros(most * most if most * most <= DENSE else 0, dtype=np.int64)
    keys, counts = np.zeros(0, np.int64), np.zeros(0, np.int64)
    for some in _pairs(followers, most):
        if len(sums):
            sums += np.bincount(some, minlength=len(sums))
        else:
            found, times = np.unique(some, return_counts=True)
            keys, counts = _added(np.concatenate((keys, found)), np.concatenate((counts, times)))
    if len(sums):
        keys = np.flatnonzero(sums)
        counts = sums[keys]
    return keys // most, keys % most, counts


def _pairs(followers: Followers, most: int) -> Iterator[NDArray[Any]]:
    """Yield ``smaller * most + larger`` for every two of the first places that one customer follows, in parts."""
    import numpy as np

    last = int(followers.starts[most])
    places = np.repeat(np.arange(most), np.diff(followers.starts[: most + 1]))
    customers = followers.customers[:last]
    degree = np.bincount(customers, minlength=followers.everybody)
    # Customers with the most places first: then those who have any pair left are always at the beginning.
    turn = np.argsort(-degree, kind="stable")
    position = np.empty(len(turn), dtype=np.int64)
    position[turn] = np.arange(len(turn))
    places = places[np.argsort(position[customers], kind="stable")]
    degrees = degree[turn]
    ends = np.cumsum(degrees)
    begin = np.repeat(ends - degrees, degrees)
    place_in = np.arange(last) - begin
    remaining = np.repeat(degrees, degrees) - place_in  # places of the customer from here on
    waiting: list[NDArray[Any]] = []
    size = 0
    for step in range(1, int(degrees.max(initial=0))):
        reach = int(ends[np.searchsorted(-degrees, -step, "left") - 1])  # customers with more than step places
        here = np.flatnonzero(remaining[:reach] > step)
        waiting.append(places[here] * most + places[here + step])
        size += len(here)
        if size >= AT_ONCE:
            yield np.concatenate(waiting)
            waiting, size = [], 0
    if waiting:
        yield np.concatenate(waiting)


def _added(keys: NDArray[Any], counts: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    import numpy as np

    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[first], np.add.reduceat(counts, first)


def _chance(followers: Followers, most: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return the class of each of the first places, and for two classes the expected shared customers and population.

    The population is how many equal customers would share as many by chance.
    """
    import numpy as np

    degree = np.bincount(followers.customers, minlength=followers.everybody)
    some = degree > 0
    patterns, pattern = np.unique(followers.lists[some], axis=0, return_inverse=True)
    customer_kind, customers, follows = _classes(degree[some], pattern.ravel())
    place_kind, places, followed = _classes(followers.overlap, followers.platforms)
    listed = patterns[pattern.ravel()[_firsts(customer_kind, len(customers))]]
    known = listed.T[followers.platforms[_firsts(place_kind, len(places))]].astype(float)
    chance = _entropy(followed, places, follows, customers, known)
    kinds = place_kind[:most]
    used = int(kinds.max(initial=-1)) + 1
    expected = (chance[:used] * customers) @ chance[:used].T
    both = (known[:used] * customers) @ known[:used].T  # customers with lists of both platforms
    apart = np.maximum(followed[:used, None], followed[None, :used])
    product = np.outer(followed[:used], followed[:used])
    population = np.floor(np.divide(product, expected, out=both.copy(), where=expected > 0) + CLOSE)
    population = np.maximum(np.minimum(population, np.maximum(both, 1)), np.ceil(apart))
    return kinds, expected, population.astype(np.int64)


def _classes(counts: NDArray[Any], group: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return the class of each count by its size and group, numbered as they come, their sizes and mean counts."""
    import numpy as np

    sizes = np.where(counts <= EXACT, counts, EXACT + 1 + np.log(np.maximum(counts, 1) / EXACT) // np.log(CLASS_WIDTH))
    both = sizes.astype(np.int64) * (int(group.max(initial=0)) + 1) + group
    _, first, kind, many = np.unique(both, return_index=True, return_inverse=True, return_counts=True)
    turn = np.argsort(first, kind="stable")
    number = np.empty(len(turn), dtype=np.int64)
    number[turn] = np.arange(len(turn))
    kind = number[kind.ravel()]
    many = many[turn].astype(float)
    return kind, many, np.bincount(kind, weights=counts, minlength=len(many)) / many


def _firsts(kind: NDArray[Any], count: int) -> NDArray[Any]:
    """Return the first member of each class."""
    import numpy as np

    found = np.zeros(count, dtype=np.int64)
    found[kind[::-1]] = np.arange(len(kind))[::-1]
    return found


def _entropy(
    followed: NDArray[Any], places: NDArray[Any], follows: NDArray[Any], customers: NDArray[Any], known: NDArray[Any]
) -> NDArray[Any]:
    """Return the chance of customers of each class to follow places of each class, with the largest entropy.

    Args:
        followed: Mean customers of the classes of places.
        places: Places of each.
        follows: Mean places of the classes of customers.
        customers: Customers of each.
        known: Whether there is a list of these customers for the platform of these places (0 or 1).

    """
    import numpy as np

    root = np.sqrt(float(followed @ places))
    x, y = followed / root, follows / root
    chance = known * 0.0
    for _ in range(ROUNDS):
        x = followed / np.maximum((known * (customers * y) / (1 + np.outer(x, y))).sum(axis=1), 1e-12)
        y = follows / np.maximum((known * (places * x)[:, None] / (1 + np.outer(x, y))).sum(axis=0), 1e-12)
        odds = np.outer(x, y)
        chance = known * odds / (1 + odds)
        if float(np.abs(chance @ customers / followed - 1).max()) < CLOSE * 100:
            break
    return chance


def tail(shared: NDArray[Any], first: NDArray[Any], second: NDArray[Any], population: NDArray[Any]) -> NDArray[Any]:
    """Return the chance that two places share so many customers or more, 1 where they share no more than expected.

    Args:
        shared: Customers who follow both.
        first: Customers of the one.
        second: Customers of the other.
        population: All customers.

    Example:
        >>> import numpy
        >>> one = numpy.array([5])
        >>> round(float(tail(numpy.array([4]), one, one, numpy.array([10]))[0]), 6)  # (5 * 5 + 1) / 252
        0.103175

    """
    import numpy as np

    p = np.ones(len(shared))
    at = np.flatnonzero(shared * population > first * second)
    x, a, b, n = shared[at], first[at], second[at], population[at]
    start = _log_chance(x, a, b, n)
    total, term = np.ones(len(at)), np.ones(len(at))
    running = np.arange(len(at))
    step = 0
    while len(running):
        now = x[running] + step
        term[running] *= (
            (a[running] - now) * (b[running] - now) / ((now + 1) * (n[running] - a[running] - b[running] + now + 1))
        )
        total[running] += term[running]
        running = running[term[running] > 1e-15 * total[running]]
        step += 1
    p[at] = np.minimum(1.0, np.exp(start + np.log(total)))
    return p


def _log_chance(x: NDArray[Any], a: NDArray[Any], b: NDArray[Any], n: NDArray[Any]) -> NDArray[Any]:
    """Return the logarithm of the hypergeometric probability."""
    import numpy as np

    factorial = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, int(n.max(initial=1)) + 1)))))

    def choose(of: NDArray[Any], some: NDArray[Any]) -> NDArray[Any]:
        return np.asarray(factorial[of] - factorial[some] - factorial[of - some])

    return np.asarray(choose(a, x) + choose(n - a, b - x) - choose(n, b))


def _least(first: NDArray[Any], second: NDArray[Any], population: NDArray[Any]) -> NDArray[Any]:
    """Return the smallest chance that two places can reach: that of sharing all customers of the smaller one."""
    import numpy as np

    small, large = np.minimum(first, second), np.maximum(first, second)
    return np.asarray(np.exp(_log_chance(small, small, large, population)))


def _bound(least: NDArray[Any], false_ties: float) -> float:
    """Return ``false_ties / k``, with k the first number such that at most k pairs can reach that."""
    import numpy as np

    numbers = np.arange(1, len(least) + 1)
    can = np.searchsorted(np.sort(least), false_ties / numbers, "right")
    return false_ties / int(numbers[np.flatnonzero(can <= numbers)[0]])


def _backbone(ties: Sequence[Tie]) -> list[Tie]:
    """Return the ties that are among the least likely ones of either of their places."""
    found: list[int] = []
    of_place: dict[int, int] = {}
    for at in sorted(range(len(ties)), key=lambda one: (ties[one].p, -ties[one].shared, one)):
        ends = (ties[at].first, ties[at].second)
        if any(of_place.get(place, 0) < STRONGEST for place in ends):
            found.append(at)
        for place in ends:
            of_place[place] = of_place.get(place, 0) + 1
    return [ties[at] for at in sorted(found)]


def _communities(places: int, ties: Sequence[Tie]) -> list[tuple[int, ...]]:
    """Return the communities by Louvain's method, whose weight is how many more customers are shared than expected."""
    if not ties:
        return []
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    tied = {place for tie in ties for place in (tie.first, tie.second)}
    graph.add_nodes_from(place for place in range(places) if place in tied)
    for tie in ties:
        graph.add_edge(tie.first, tie.second, weight=round(tie.shared - tie.expected, 6))
    found = [tuple(sorted(some)) for some in nx.community.louvain_communities(graph, seed=0)]
    return sorted(found, key=lambda some: (-len(some), some))


def _name(community: Sequence[int], places: Sequence[MapPlace]) -> str:
    return ", ".join(places[at].name or own_words(places[at].resource) for at in community[:NAMED_AFTER])


def _renamed(found: SharedMap, likes: Likes, followers: Followers, names: Mapping[str, str]) -> SharedMap:
    """Return the map with communities named by what is said of one of their places."""
    position = {int(one): at for at, one in enumerate(followers.resource_ids[: len(found.places)])}
    given: dict[int, str] = {}
    for address, name in names.items():
        resource_id = find_resource(likes, address)
        at = position.get(resource_id) if resource_id is not None else None
        number = None if at is None else found.places[at].community
        if number is None:
            raise InputError(f"{address}: no community of the map has this place", hint="name one that has ties")
        if given.setdefault(number, name) != name:
            raise InputError(f"{address}: its community has another name already", hint="remove one of the lines")
    return replace(
        found, communities=tuple(replace(one, name=given.get(one.number, one.name)) for one in found.communities)
    )
